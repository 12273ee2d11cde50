package runner

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// settle writes a verdict into the report. The caller holds the session's lock.
func (s *session) settle(m *subject, v *job.Verdict) {
	m.Status, m.Cause, m.Reason = v.Status, v.Cause, v.Reason
	m.TestsRun = s.names(m.Package, v.Ran)
	m.list = v.List
	m.DurationMS = milliseconds(v.Duration)
	m.Output = v.Output
	if v.KilledBy != nil {
		m.KilledBy, m.killer = name(m.Package, *v.KilledBy), *v.KilledBy
	}
	switch m.Cause {
	case report.CauseIterations:
		s.nameLoop(m, v.Loop)
	case report.CauseWallClock:
		if v.Suspect {
			m.Reason += "; which loop is not known"
		}
	}
	if v.Unsteady != nil {
		m.unsteady = *v.Unsteady
	}
	m.start = v.Start
	if m.Status == mutant.Survived {
		m.Cause, m.Reason = report.CauseAssertion, cmp.Or(v.Reason, survivorReason(m))
		if n := m.plan.Repeats(); n > 0 {
			m.Reason += fmt.Sprintf(" (it works with other values each time, and up to %d more runs of a test passed, too)", n)
		}
	}
	s.o.Mutant(*m.Mutant)
}

// nameLoop says what went round and round.
func (s *session) nameLoop(m *subject, at isolation.LoopPlace) {
	if at.File == "" {
		return
	}
	file := at.File
	if rel, err := filepath.Rel(s.module.Dir, file); err == nil && filepath.IsLocal(rel) {
		file = rel
	}
	m.Loop = fmt.Sprintf("%s:%d", filepath.ToSlash(file), at.Line)
	what := "the loop at"
	if at.Call {
		what = m.Function + " is called again and again at"
	}
	m.Reason += fmt.Sprintf("; %s %s", what, m.Loop)
}

// announce tells of mutants that are found, or settled without a run.
func (s *session) announce(mutants ...*subject) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range mutants {
		s.o.Mutant(*m.Mutant)
	}
}

// survivorReason tells what a survivor's tests did.
func survivorReason(m *subject) string {
	if len(m.TestsReaching) == 0 {
		return "it runs outside of any test, and every test of the package passed with it: an assertion is missing"
	}
	return those(m.TestsReaching) + ", and no assertion noticed: an assertion is missing"
}

// notReached is the reason of a mutant that no test executes but those that are set
// aside.
func notReached(aside []string) string {
	if len(aside) == 0 {
		return "no test executes it"
	}
	return "only tests that are set aside execute it: " + strings.Join(aside, ", ")
}

// those says which tests execute a mutant.
func those(tests []string) string {
	const shown = 3
	switch n := len(tests); {
	case n == 1:
		return tests[0] + " executes it"
	case n <= shown:
		return strings.Join(tests, ", ") + " execute it"
	default:
		return fmt.Sprintf("%s and %d more tests execute it", strings.Join(tests[:shown], ", "), n-shown)
	}
}

// names writes tests as reports do: those of the mutant's own package by name,
// others with their package.
func (s *session) names(pkg string, refs []plan.TestRef) []string {
	list := make([]string, len(refs))
	for i, ref := range refs {
		list[i] = name(pkg, ref)
	}
	return list
}

func name(pkg string, ref plan.TestRef) string {
	if ref.Package == pkg {
		return ref.Test
	}
	return ref.Package + "." + ref.Test
}
