package runner

import (
	"context"
	"slices"
	"time"

	"github.com/evilution-go/evilution-go/internal/canary"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// startRuns is how often an idle start is measured, for a binary that had to judge
// at least startsFrom mutants: it takes at most some 5 % of what those took.
const (
	startRuns  = 9
	startsFrom = 100
)

// limit holds the phase that ran the mutants against the least that it could have
// taken.
func (s *session) limit(ctx context.Context) error {
	if err := s.idleStarts(ctx); err != nil {
		return err
	}
	t := &s.report.Timing
	var sum, start time.Duration
	binaries := make(map[string]*plan.Binary)
	for _, b := range s.recorded {
		binaries[b.Package] = b
		start = quicker(start, b.Start)
	}
	for _, m := range s.subjects {
		sum += least(m, binaries)
	}
	t.ProcessStart = milliseconds(start)
	if sum == 0 || t.Mutants == 0 {
		return nil
	}
	t.Floor = milliseconds(sum / time.Duration(s.o.Jobs))
	efficiency := t.Floor / t.Mutants
	t.Efficiency = &efficiency
	return nil
}

// idleStarts measures what a process costs that has nothing to do, with nothing of
// ours beside it: the median, but no more than the median of those that had mutants,
// for somebody else may use the machine meanwhile. Where too few had any, the quickest
// start that was seen stands in, which makes the limit lower.
func (s *session) idleStarts(ctx context.Context) error {
	seen := make(map[string][]time.Duration)
	for _, m := range s.subjects {
		if m.start > 0 {
			seen[m.list.Package] = append(seen[m.list.Package], m.start)
		}
	}
	for _, b := range s.recorded {
		starts := seen[b.Package]
		if len(starts) < startsFrom {
			for _, start := range starts {
				b.Start = quicker(b.Start, start)
			}
			continue
		}
		idle, err := s.idleStart(ctx, b)
		if err != nil {
			return err
		}
		b.Start = min(idle, median(starts))
	}
	return nil
}

// idleStart measures the start of one binary.
func (s *session) idleStart(ctx context.Context, b *plan.Binary) (time.Duration, error) {
	place := s.place
	place.Args = nil // as in proveBy
	reply, err := do[job.RecordReply](ctx, s, workqueue.Item{Kind: job.KindRecord, Timeout: 2 * dryRunLimit, Alone: true}, job.RecordRequest{
		Place: place, Binary: s.binaries[b.Package], Clean: true, Wall: dryRunLimit,
		Lists: slices.Repeat([][]string{{canary.Test}}, startRuns),
	})
	if err != nil {
		return 0, err
	}
	var starts []time.Duration
	for _, out := range reply.Outcomes {
		starts = append(starts, out.Beside())
	}
	return median(starts), nil
}

// median is the middle one, which is one of them.
func median(times []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(times))[len(times)/2]
}

// least is what judging one mutant cannot cost less than: a process, with the
// test that noticed, or with every test that could have.
func least(m *subject, binaries map[string]*plan.Binary) time.Duration {
	switch {
	case len(m.TestsRun) == 0:
		return 0
	case m.Status.Detected() && m.list != nil:
		b := binaries[m.list.Package]
		if m.Cause == report.CauseIterations {
			return b.Start + m.list.Loop(m.killer.Test).Floor
		}
		return b.Start + b.Took(m.killer.Test)
	case m.Status == mutant.Survived:
		return survival(m.plan, binaries)
	}
	return 0
}

// survival is a process of each binary with all of its tests that could notice, each
// once: also those that do not execute the mutant, where a whole run tells whether they
// meet something that it has left behind.
func survival(p plan.Plan, binaries map[string]*plan.Binary) (sum time.Duration) {
	tests := make(map[string]map[string]bool)
	for _, p := range slices.Concat(p.Judge, p.Confirm) {
		if tests[p.Package] == nil {
			tests[p.Package] = make(map[string]bool)
		}
		for _, name := range p.Tests {
			tests[p.Package][name] = true
		}
	}
	for pkg, names := range tests {
		sum += binaries[pkg].Start
		for name := range names {
			sum += binaries[pkg].Took(name)
		}
	}
	return sum
}
