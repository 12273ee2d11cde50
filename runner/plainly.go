package runner

import (
	"context"
	"runtime"
	"slices"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/workqueue"
)

// plainDoubt is what plain runs of a package may take all in all until no more are
// made for the sake of tests that have failed each time.
const plainDoubt = time.Minute

// plainPasses tells whether the package can be judged although some tests always
// fail when instrumented: these are set aside unless some test always fails without
// instrumentation, too, for then the package is marked. Known tells that the tests
// have passed without it.
func (d *dryRun) plainPasses(ctx context.Context, known bool, failing []string, out isolation.Outcome) (bool, error) {
	var p plainly
	if !known {
		var err error
		if p, err = d.plainly(ctx); err != nil {
			return false, err
		}
	}
	switch {
	case p.broken:
		d.setPackage(d.pkg, report.PackageTestsFail, p.message)
	case len(failing) == 0:
		d.setPackage(d.pkg, report.PackageTestsFail, "its tests pass plainly, but not when instrumented: "+out.Detail)
	default:
		for _, name := range p.failed {
			d.foundFlaky(name, flaky)
		}
		for _, name := range failing { // those that are set aside keep their reason
			d.setAside(name, instrumented)
		}
		return true, nil
	}
	return false, nil
}

// busyRuns is how many plain runs there are at most where others keep the machine busy.
const busyRuns = 3 * doubtRuns

// plainly is what the tests of a package do without instrumentation.
type plainly struct {
	failed  []string // tests that have failed, each time or not
	broken  bool     // some test fails each time
	message string   // what the last run that failed said
}

// inDoubt tells whether tests that have failed in each of n plain runs deserve one
// more, with nothing of ours beside it: one that depends on time may fail again and
// again where the machine is busy.
func inDoubt(n int, always []string, spent time.Duration, busy func() bool) bool {
	return len(always) > 0 && spent < plainDoubt && (n < doubtRuns || n < busyRuns && busy())
}

// isBusy tells whether there is more than twice as much to do as there are processors.
func isBusy() bool { return sandbox.MachineLoad() > 2*float64(runtime.NumCPU()) }

// plainly runs the tests without instrumentation, a few times at most, until no
// test is left that has failed each time.
func (d *dryRun) plainly(ctx context.Context) (p plainly, err error) {
	var always []string
	var spent time.Duration
	for i := 0; i < attempts || inDoubt(i, always, spent, isBusy); i++ {
		reply, err := d.askPlainly(ctx, i >= attempts)
		if err != nil || reply.Passed() {
			return p, err
		}
		spent += reply.Duration
		p.message = string(reply.Output)
		p.failed = append(p.failed, reply.Failed...)
		if i == 0 {
			always = slices.Clone(reply.Failed)
		}
		some := len(always) > 0 && len(reply.Failed) > 0
		always = slices.DeleteFunc(always, func(name string) bool { return !slices.Contains(reply.Failed, name) })
		if some && len(always) == 0 {
			return p, nil
		}
		if reply.Outcome != job.PlainFailed {
			break
		}
	}
	p.broken = true
	return p, nil
}

func (d *dryRun) askPlainly(ctx context.Context, alone bool) (*job.PlainReply, error) {
	var tests []string
	if len(d.aside) > 0 {
		tests = slices.DeleteFunc(slices.Clone(d.tests), func(name string) bool { return d.aside[name] })
	}
	return do[job.PlainReply](ctx, d.session, workqueue.Item{Kind: job.KindPlain, Timeout: 2 * dryRunLimit, Alone: alone}, job.PlainRequest{
		Place: d.place, Package: d.pkg, Rel: d.binary.Rel, Tests: tests, Tags: d.o.Tags, Skip: d.o.Skip, Limit: dryRunLimit,
	})
}
