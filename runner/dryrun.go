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

// dryRun records every test binary: the whole list in its order, and each test
// alone.
func (s *session) dryRun(ctx context.Context) error {
	s.enter("dry run", len(s.binaries))
	start := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	for path, binary := range s.binaries {
		g.Go(func() error {
			d := &dryRun{session: s, pkg: path, binary: binary, aside: make(map[string]bool)}
			recorded, err := d.run(ctx)
			if err != nil {
				return fmt.Errorf("dry run of %s: %w", path, err)
			}
			s.step(func(p *Progress) {
				p.Done++
				if recorded != nil {
					s.recorded = append(s.recorded, recorded)
				}
			})
			return nil
		})
	}
	err := g.Wait()
	slices.SortFunc(s.recorded, func(a, b *plan.Binary) int { return cmp.Compare(a.Package, b.Package) })
	s.report.Timing.Setup.DryRun = milliseconds(time.Since(start))
	s.report.Timing.Setup.Total = milliseconds(time.Since(s.start))
	return err
}

// dryRun is the dry run of one binary.
type dryRun struct {
	*session
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
	b := plan.NewBinary(d.pkg, recording(*out, d.judging), len(d.aside) > 0)
	b.Start = startOf(*out)
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
				b.Start = quicker(b.Start, startOf(out))
				b.AddAlone(batch[i], recording(out, d.judging), out.Verdict == isolation.Passed)
			}
			return nil
		})
	}
	return g.Wait()
}

// startOf is what a process took beside its tests.
func startOf(out isolation.Outcome) time.Duration {
	rest := out.Wall
	for _, t := range out.Tests {
		rest -= t.Wall
	}
	return rest
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
	return do[job.RecordReply](ctx, d.session, workqueue.Item{Kind: job.KindRecord, Timeout: limit}, r)
}

// judging leaves out the tests that the user skips. Patterns of subtests stay
// with the testing package.
func (d *dryRun) judging(names []string) []string {
	if d.o.Skip == "" || strings.Contains(d.o.Skip, "/") {
		return names
	}
	skip := regexp.MustCompile(d.o.Skip)
	return slices.DeleteFunc(slices.Clone(names), skip.MatchString)
}
