package runner

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// Bounds of the dry runs.
const (
	// dryRunLimit is the wall clock of one process without a mutant; go test's own
	// default limit.
	dryRunLimit = 10 * time.Minute
	// aloneBudget is always spent on recording each test alone; more only where it
	// saves more.
	aloneBudget = 5 * time.Second
	// startCost is about what a process costs beside its tests.
	startCost = 10 * time.Millisecond
	// aloneBatch is how many tests one job records.
	aloneBatch = 8
)

// dryRuns records every test binary: the whole list in its order, and each test
// alone.
func (j *judging) dryRuns() {
	start := time.Now()
	for path, binary := range j.binaries {
		j.group.Go(func() error {
			d := &dryRun{judging: j, pkg: path, binary: binary, aside: make(map[string]bool)}
			recorded, err := d.run(j.ctx)
			if err != nil {
				return fmt.Errorf("dry run of %s: %w", path, err)
			}
			j.advance(func() { j.finished(path, recorded, start) })
			return nil
		})
	}
}

// finished notes a binary whose dry run is over, nil if it cannot judge; the
// caller holds the lock.
func (j *judging) finished(path string, recorded *plan.Binary, start time.Time) {
	if recorded != nil {
		// A new list each time: plans are being made from the old one.
		j.recorded = slices.SortedFunc(slices.Values(append(slices.Clone(j.recorded), recorded)),
			func(a, b *plan.Binary) int { return cmp.Compare(a.Package, b.Package) })
	}
	j.flow.done(path)
	if j.started.IsZero() {
		j.stage.Done++
	}
	j.report.Timing.Setup.DryRun = milliseconds(time.Since(start))
	j.report.Timing.Setup.Total = milliseconds(time.Since(j.session.start))
}

// dryRun is the dry run of one binary.
type dryRun struct {
	*judging
	pkg    string
	binary job.Binary
	aside  map[string]bool // tests that may not judge
}

// run returns what is known of the binary, nil when its tests cannot judge.
func (d *dryRun) run(ctx context.Context) (*plan.Binary, error) {
	out, err := d.steady(ctx)
	if err != nil || out == nil {
		return nil, err
	}
	d.setPackage(d.pkg, report.PackageOK, "")
	b := plan.NewBinary(d.pkg, recording(*out, d.allowed), len(d.aside) > 0)
	b.Start = out.Beside()
	b.Peak = max(out.Peak.Memory, out.Exit.MaxRSS)
	if len(b.Tests()) == 0 {
		return nil, nil
	}
	if d.worthAlone(b) {
		return b, d.alone(ctx, b)
	}
	b.Whole = true
	d.note("%s: its %d tests were recorded in one run only, because running each alone would cost more than it saves", d.pkg, len(b.Tests()))
	return b, nil
}

// worthAlone tells whether recording each test alone costs less than it can
// save.
func (d *dryRun) worthAlone(b *plan.Binary) bool {
	n := len(b.Tests())
	if n < 2 {
		return true
	}
	cost := time.Duration(n)*startCost + b.Duration()
	return cost < aloneBudget || cost < time.Duration(b.Reached())*b.Duration()/4
}

// alone records each test in a process of its own.
func (d *dryRun) alone(ctx context.Context, b *plan.Binary) error {
	g, ctx := errgroup.WithContext(ctx)
	for batch := range slices.Chunk(b.Tests(), aloneBatch) {
		g.Go(func() error {
			lists := make([][]string, len(batch))
			for i, name := range batch {
				lists[i] = []string{name}
			}
			reply, err := d.ask(ctx, job.RecordRequest{Lists: lists})
			if err != nil {
				return err
			}
			d.mu.Lock()
			defer d.mu.Unlock()
			for i, out := range reply.Outcomes {
				b.Start = quicker(b.Start, out.Beside())
				b.AddAlone(batch[i], recording(out, d.allowed), out.Verdict == isolation.Passed)
			}
			return nil
		})
	}
	return g.Wait()
}

// quicker is the smaller of two durations, of which 0 is unknown.
func quicker(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// record runs one list in one process; no tests means all.
func (d *dryRun) record(ctx context.Context, tests []string) (isolation.Outcome, error) {
	reply, err := d.ask(ctx, job.RecordRequest{Lists: [][]string{tests}})
	if err != nil {
		return isolation.Outcome{}, err
	}
	return reply.Outcomes[0], nil
}

// ask completes a request and hands it to a worker.
func (d *dryRun) ask(ctx context.Context, r job.RecordRequest) (*job.RecordReply, error) {
	r.Place, r.Binary, r.Wall = d.place, d.binary, dryRunLimit
	limit := time.Duration(len(r.Lists)) * (dryRunLimit + time.Minute)
	return do[job.RecordReply](ctx, d.session, workqueue.Item{Kind: job.KindRecord, Timeout: limit, Priority: 1, Progress: d.heard}, r)
}

// heard takes the word of a binary that has begun its first recording.
func (d *dryRun) heard(body []byte) {
	if holds, err := workqueue.Decode[job.Holds](body); err == nil {
		d.advance(func() { d.flow.holds(d.pkg, holds) })
	}
}

// allowed leaves out the tests that the user skips. Patterns of subtests stay
// with the testing package.
func (d *dryRun) allowed(names []string) []string {
	if d.o.Skip == "" || strings.Contains(d.o.Skip, "/") {
		return names
	}
	skip := regexp.MustCompile(d.o.Skip)
	return slices.DeleteFunc(slices.Clone(names), skip.MatchString)
}
