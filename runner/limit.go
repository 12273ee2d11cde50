package runner

import (
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// measureLimit holds the phase that ran the mutants, which took wall, against
// the least that it could have taken.
func (s *session) measureLimit(wall time.Duration) {
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
	if sum == 0 || wall == 0 {
		return
	}
	floor := sum / time.Duration(s.o.Jobs)
	efficiency := float64(floor) / float64(wall)
	t.Floor, t.Efficiency = milliseconds(floor), &efficiency
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
			return b.Start + m.list.Loop(m.killer).Floor
		}
		return b.Start + b.Took(m.killer)
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
