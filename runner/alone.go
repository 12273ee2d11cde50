package runner

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// Bounds of the recordings of single tests.
const (
	// aloneBudget is always spent on recording each test alone; more only where it
	// saves more.
	aloneBudget = 5 * time.Second
	// startCost is about what a process costs beside its tests.
	startCost = 10 * time.Millisecond
	// aloneBatch is how many tests one job records.
	aloneBatch = 8
	// doubtRuns is how often a test is run alone that fails there, before it is
	// believed to depend on others, and one that executes other mutants than in its
	// order: what the tests before it hide may be what makes it fail by chance.
	doubtRuns = 10
	// doubtBudget is what the runs of one such test may take; there are always two.
	// Those after recordBudget are not recorded, which may cost ten times as much.
	doubtBudget  = 2 * time.Second
	recordBudget = 100 * time.Millisecond
)

// solo is what the processes of a single test were like.
type solo struct {
	recordings []plan.Recording
	start      time.Duration
	waited     time.Duration
	passed     bool
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

// recordAlone records each test in processes of its own, unless that is done.
func (d *dryRun) recordAlone(ctx context.Context, b *plan.Binary, inOrder plan.Recording) error {
	todo := slices.DeleteFunc(b.Tests(), func(name string) bool { _, known := d.alone[name]; return known })
	g, ctx := errgroup.WithContext(ctx)
	for batch := range slices.Chunk(todo, aloneBatch) {
		g.Go(func() error {
			firsts, err := d.recordBatch(ctx, batch)
			for i, first := range firsts {
				g.Go(func() error { return d.recordAgain(ctx, batch[i], first, inOrder) })
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, name := range b.Tests() {
		s := d.alone[name]
		b.Start = quicker(b.Start, s.start)
		for _, rec := range s.recordings {
			b.AddAlone(name, rec, s.passed)
		}
	}
	return nil
}

// tellDependent names the tests that need what others have left.
func (d *dryRun) tellDependent(b *plan.Binary) {
	names := slices.DeleteFunc(b.Tests(), func(name string) bool { return d.aside[name] || d.alone[name].passed })
	switch {
	case len(names) == 1:
		d.note("%s: %s fails alone and passes after the tests before it: it judges only in whole runs", d.pkg, names[0])
	case len(names) > 1:
		d.note("%s: %s fail alone and pass after the tests before them: they judge only in whole runs", d.pkg, strings.Join(names, ", "))
	}
}

// recordBatch records each of some tests alone.
func (d *dryRun) recordBatch(ctx context.Context, batch []string) ([]isolation.Outcome, error) {
	lists := make([][]string, len(batch))
	for i, name := range batch {
		lists[i] = []string{name}
	}
	reply, err := d.ask(ctx, job.RecordRequest{Lists: lists})
	if err != nil {
		return nil, err
	}
	return reply.Outcomes, nil
}

// recordAgain records a test alone once more, and more often, if the first time leaves
// doubts, and notes what is known of it then.
func (d *dryRun) recordAgain(ctx context.Context, name string, first isolation.Outcome, inOrder plan.Recording) error {
	s := d.solo(first)
	if err := d.again(ctx, name, first, &s, d.runsOf(name, s, inOrder)); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.alone[name] = s
	return nil
}

// runsOf is how often a test deserves to be run alone, going by the first time.
func (d *dryRun) runsOf(name string, first solo, inOrder plan.Recording) int {
	if !first.passed || d.o.BaselineRuns > 1 && !maps.Equal(hits(name, first.recordings[0]), hits(name, inOrder)) {
		return doubtRuns
	}
	return 1
}

// again runs a test alone until it has been run often enough, or ends otherwise
// than the first time, which sets it aside.
func (d *dryRun) again(ctx context.Context, name string, first isolation.Outcome, s *solo, runs int) error {
	spent := first.Wall
	for i := 1; i < runs && (spent < doubtBudget || i < 2) && first.Verdict != isolation.Timeout; i++ {
		recorded := spent < recordBudget || i < 2
		out, err := d.runAlone(ctx, name, recorded)
		if err != nil {
			return err
		}
		spent += out.Wall
		next := d.solo(out)
		if next.passed != s.passed {
			d.foundFlaky(name, flakyAlone)
			return nil
		}
		if recorded {
			s.recordings = append(s.recordings, next.recordings...)
		}
		s.start = quicker(s.start, next.start)
	}
	return nil
}

// runAlone runs a test in a process of its own.
func (d *dryRun) runAlone(ctx context.Context, name string, recorded bool) (isolation.Outcome, error) {
	if recorded {
		return d.record(ctx, []string{name})
	}
	reply, err := d.ask(ctx, job.RecordRequest{Lists: [][]string{{name}}, Clean: true})
	if err != nil {
		return isolation.Outcome{}, err
	}
	d.time(reply.Outcomes)
	return reply.Outcomes[0], nil
}

func (d *dryRun) solo(out isolation.Outcome) solo {
	return solo{
		recordings: []plan.Recording{recording(out, d.allowed)},
		start:      out.Beside(),
		waited:     waited(out),
		passed:     out.Verdict == isolation.Passed,
	}
}

// hits is what a test executed in a recording.
func hits(name string, rec plan.Recording) map[plan.Key]plan.Hits {
	for _, r := range rec.Runs {
		if r.Test == name {
			return r.Trace.Hits
		}
	}
	return nil
}
