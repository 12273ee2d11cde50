package runner

import (
	"context"
	"slices"
	"time"

	"github.com/evilution-go/evilution-go/internal/canary"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
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

// idleStarts measures what a process costs that has nothing to do, with nothing
// beside it. Where that would not pay, the quickest start that was seen stands in,
// which makes the limit lower.
func (s *session) idleStarts(ctx context.Context) error {
	judged := make(map[string]int)
	for _, m := range s.subjects {
		if len(m.TestsRun) > 0 && m.list != nil {
			judged[m.list.Package]++
		}
	}
	for _, b := range s.recorded {
		if judged[b.Package] < startsFrom {
			continue
		}
		place := s.place
		place.Args = nil // as in proveBy
		reply, err := do[job.RecordReply](ctx, s, workqueue.Item{Kind: job.KindRecord, Timeout: 2 * dryRunLimit, Alone: true}, job.RecordRequest{
			Place: place, Binary: s.binaries[b.Package], Clean: true, Wall: dryRunLimit,
			Lists: slices.Repeat([][]string{{canary.Test}}, startRuns),
		})
		if err != nil {
			return err
		}
		b.Start = median(reply.Outcomes)
	}
	return nil
}

// median is what the middle one of some processes took beside its test.
func median(outcomes []isolation.Outcome) time.Duration {
	starts := make([]time.Duration, len(outcomes))
	for i, out := range outcomes {
		starts[i] = out.Beside()
	}
	slices.Sort(starts)
	return starts[len(starts)/2]
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
		var sum time.Duration
		for _, p := range m.plan.Judge {
			b := binaries[p.Package]
			sum += b.Start
			for _, name := range p.Tests {
				sum += b.Took(name)
			}
		}
		return sum
	}
	return 0
}
