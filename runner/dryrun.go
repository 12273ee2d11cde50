package runner

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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
)

// dryRuns records every test binary: the whole list in its order, and each test
// alone.
func (j *judging) dryRuns() {
	start := time.Now()
	for path, binary := range j.binaries {
		j.group.Go(func() error {
			d := &dryRun{judging: j, pkg: path, binary: binary, aside: make(map[string]bool), alone: make(map[string]solo), clean: make(map[string]times), patient: make(map[string]bool)}
			recorded, err := d.run(j.ctx)
			if err != nil {
				return fmt.Errorf("dry run of %s: %w", path, err)
			}
			if recorded != nil && recorded.Whole {
				d.note("%s: its %d tests were recorded in one run only, because running each alone would cost more than it saves", path, len(recorded.Tests()))
			} else if recorded != nil {
				d.tellDependent(recorded)
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
	pkg      string
	binary   job.Binary
	tests    []string         // that may judge, in their order; nil for all
	aside    map[string]bool  // tests that may not; the session's lock guards it
	alone    map[string]solo  // what is known of each test alone; the lock guards it, too
	clean    map[string]times // what each test takes without being recorded; the lock guards it
	failures []plan.Recording // in which some test failed
	patient  map[string]bool  // tests that wait and that a busy machine does not disturb, or are set aside; the lock guards it
	source   string           // names the contents of the package's files
	took     time.Duration    // how long the whole list took while recording
}

// times are the least and the most that a test took; zero: unknown.
type times struct{ least, most time.Duration }

// run returns what is known of the binary, nil when its tests cannot judge. A test
// that is found out late leaves a list that has not been seen to pass: then it
// begins again, with what is known.
func (d *dryRun) run(ctx context.Context) (*plan.Binary, error) {
	if err := d.recall(ctx); err != nil {
		return nil, err
	}
	for {
		d.turns.of(d.binary.Path).later = nil // the list is another one
		out, err := d.steady(ctx)
		if err != nil || out == nil {
			return nil, err
		}
		known := len(d.aside)
		b, err := d.complete(ctx, out)
		if err != nil || len(d.aside) == known {
			return b, err
		}
	}
}

// complete adds the runs that follow the whole recorded one.
func (d *dryRun) complete(ctx context.Context, out *isolation.Outcome) (*plan.Binary, error) {
	d.setPackage(d.pkg, report.PackageOK, "")
	inOrder := recording(*out, d.allowed)
	b := plan.NewBinary(d.pkg, inOrder, len(d.aside) > 0)
	b.Start = out.Beside()
	b.Peak, b.Processes = max(out.Peak.Memory, out.Exit.MaxRSS), out.Peak.Processes
	if len(b.Tests()) == 0 {
		return nil, nil
	}
	known := len(d.aside)
	d.took = out.Wall
	runs, err := d.firstClean(ctx)
	if err != nil || len(d.aside) > known {
		return nil, err
	}
	g, inner := errgroup.WithContext(ctx)
	g.Go(func() error { return d.baseline(inner, d.o.BaselineRuns-1-runs) })
	if d.worthAlone(b) {
		g.Go(func() error { return d.recordAlone(inner, b, inOrder) })
	} else {
		b.Whole = true
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if d.o.BaselineRuns > 1 {
		if err := d.asIfBusy(ctx, b); err != nil {
			return nil, err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(d.aside)) {
		for _, rec := range slices.Concat(d.failures, d.alone[name].recordings) {
			b.AddAside(name, rec)
		}
	}
	for name, took := range d.clean {
		b.AddTimes(name, took.least, took.most)
	}
	return b, nil
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
	r.Place, r.Binary, r.Wall = d.place, d.binary, cmp.Or(r.Wall, dryRunLimit)
	limit := time.Duration(len(r.Lists)) * (r.Wall + time.Minute)
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
