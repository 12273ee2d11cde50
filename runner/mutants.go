package runner

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/sandbox"
)

// judge decides every mutant that has no status yet: without a process where
// the plan has none, else by a job each. Wall-clock timeouts are run again one
// by one, with nothing else running, before they are believed.
func (s *session) judge(ctx context.Context) error {
	policy := plan.Default()
	policy.TimeoutFactor, policy.Confirm = s.o.TimeoutFactor, plan.Confirm(s.o.ConfirmSurvivors)
	policy.IgnoreInfection = s.o.NoInfection
	policy.Memory, policy.Jobs = sandbox.MachineMemory(), s.o.Jobs
	var todo []*subject
	for _, m := range s.subjects {
		if m.Status == "" && s.prepare(policy, m) {
			todo = append(todo, m)
		} else {
			s.announce(m)
		}
	}
	if s.enough() {
		return nil
	}
	s.enter("mutants", len(todo))
	start := time.Now()
	defer func() {
		s.report.Timing.Mutants = milliseconds(time.Since(start))
		s.measureLimit(time.Since(start))
	}()
	suspects, err := s.runAll(ctx, todo)
	if err != nil || s.enough() {
		return err
	}
	for _, m := range suspects {
		if err := s.confirm(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

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
		m.Status, m.Cause, m.Reason = mutant.NotCovered, report.CauseReach, "no test executes it"
		return false
	}
	m.Status, m.Cause = mutant.Survived, report.CauseInfection
	m.Reason = those(m.TestsReaching) + ", but it never made a difference there: an input is missing"
	return false
}

// judges are the binaries whose tests count for a package.
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

// window is how many jobs wait in the queue for each worker: enough that no
// worker waits for the Runner.
const window = 4

// runAll runs the mutants' jobs at once and returns those whose timeout needs a
// second look. Verdicts are written as they come.
func (s *session) runAll(ctx context.Context, todo []*subject) (suspects []*subject, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(window * s.o.Jobs)
	for _, m := range todo {
		g.Go(func() error {
			v, err := s.ask(ctx, m, false)
			if errors.Is(context.Cause(ctx), errEnough) {
				return nil
			}
			if err != nil {
				return err
			}
			s.step(func(p *Progress) {
				if v.Suspect {
					suspects = append(suspects, m)
					return
				}
				s.settle(m, v)
				p.count(m.Status)
				if m.Status.Undetected() && s.enough() {
					stop(errEnough)
				}
			})
			return nil
		})
	}
	err = g.Wait()
	return suspects, err
}

// confirm runs a mutant whose wall clock ran out once more, alone.
func (s *session) confirm(ctx context.Context, m *subject) error {
	v, err := s.ask(ctx, m, true)
	if err != nil {
		return err
	}
	s.step(func(p *Progress) {
		s.settle(m, v)
		p.count(m.Status)
	})
	return nil
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
