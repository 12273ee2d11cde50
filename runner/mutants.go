package runner

import (
	"context"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// prepare plans a mutant and tells whether it must be run.
func (s *session) prepare(policy plan.Policy, m *subject) bool {
	if why := s.unjudged(m.Package); why != "" {
		m.Status, m.Reason = mutant.Pending, why
		return false
	}
	if m.Number == 0 {
		return true
	}
	m.plan = policy.For(m.key(), m.Func, s.lastKiller(m), s.judges(m.Package))
	m.TestsReaching = s.names(m.Package, m.plan.Reaching)
	if len(m.plan.Judge) > 0 {
		return true
	}
	if len(m.TestsReaching) == 0 {
		m.Status, m.Cause, m.Reason = mutant.NotCovered, report.CauseReach, notReached(s.names(m.Package, m.plan.Aside))
		return false
	}
	m.Status, m.Cause = mutant.Survived, report.CauseInfection
	m.Reason = those(m.TestsReaching) + ", but it never made a difference there: an input is missing"
	return false
}

// recordings are the binaries that are recorded so far.
func (s *session) recordings() []*plan.Binary {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.recorded
}

// judges are the binaries whose tests count for a package; the caller holds the
// lock.
func (s *session) judges(pkg string) []*plan.Binary {
	if s.o.Tests != TestsPackage {
		return s.recorded
	}
	return slices.DeleteFunc(slices.Clone(s.recorded), func(b *plan.Binary) bool { return b.Package != pkg })
}

// unjudged says why the mutants of a package cannot be judged at all.
func (s *session) unjudged(pkg string) string {
	for _, p := range s.report.Packages {
		if p.Path != pkg {
			continue
		}
		switch p.Status {
		case report.PackageTestsFail:
			return "the tests of " + pkg + " fail without any mutant"
		case report.PackageBroken:
			return pkg + " does not compile"
		}
	}
	return ""
}

// confirm runs a mutant whose wall clock ran out once more. It tells whether the
// verdict stands: a second timeout does, unless others were beside it and it was
// not idle.
func (s *session) confirm(ctx context.Context, m *subject, beside company) (sure bool, err error) {
	v, err := s.ask(ctx, m, beside)
	if err != nil || v.Suspect && !v.Idle && beside != nothing {
		return false, err
	}
	s.step(func(p *Progress) {
		s.settle(m, v)
		p.count(m.Status)
	})
	return true, nil
}

// count adds one finished mutant.
func (p *Progress) count(status mutant.Status) {
	p.Done++
	if status.Detected() {
		p.Killed++
	}
	if status == mutant.Survived {
		p.Survived++
	}
}
