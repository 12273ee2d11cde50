package runner

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/sandbox"
)

// judging is the part of a session that runs tests: dry runs, and the mutants of
// each package once the dry runs that it needs are done.
type judging struct {
	*session
	group  *errgroup.Group
	ctx    context.Context // of the group; errEnough ends it where no more is wanted
	stop   context.CancelCauseFunc
	policy plan.Policy
	slots  chan struct{} // held by each mutant's job

	// The session's lock guards the rest.
	flow     *flow
	started  time.Time     // when the first mutants went on
	before   time.Duration // what dry runs had cost by then
	suspects []*subject    // whose timeout needs a second look
}

// judge decides every mutant that has no status yet: without a process where
// the plan has none, else by a job each. Wall-clock timeouts are run again one
// by one, with nothing else running, before they are believed.
func (s *session) judge(ctx context.Context) error {
	j := s.newJudging(ctx)
	defer j.stop(nil)
	j.advance(func() {})
	j.dryRuns()
	err := j.group.Wait()
	defer j.measure()
	if errors.Is(context.Cause(j.ctx), errEnough) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, m := range j.suspects {
		if err := s.confirm(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// newJudging begins that part of the session. Whoever calls it calls stop.
func (s *session) newJudging(ctx context.Context) *judging {
	j := &judging{session: s, policy: s.policy(), slots: make(chan struct{}, window*s.o.Jobs), flow: s.newFlow()}
	ctx, j.stop = context.WithCancelCause(ctx)
	j.group, j.ctx = errgroup.WithContext(ctx)
	s.enter("dry run", len(s.binaries))
	return j
}

// policy is what bounds the plans of this session.
func (s *session) policy() plan.Policy {
	policy := plan.Default()
	policy.TimeoutFactor, policy.Confirm = s.o.TimeoutFactor, plan.Confirm(s.o.ConfirmSurvivors)
	policy.IgnoreInfection = s.o.NoInfection
	policy.Memory, policy.Jobs = sandbox.MachineMemory(), s.o.Jobs
	return policy
}

// advance takes news of a dry run under the lock and lets those mutants go on
// that waited for nothing else.
func (j *judging) advance(news func()) {
	j.mu.Lock()
	news()
	packages := j.flow.ready()
	j.mu.Unlock()
	for _, pkg := range packages {
		j.group.Go(func() error { return j.run(pkg) })
	}
}

// run decides the mutants of one package. Those that can take longest go first,
// so that none of them is left over when all others have ended.
func (j *judging) run(pkg string) error {
	todo := j.prepareAll(pkg)
	slices.SortStableFunc(todo, func(a, b *subject) int { return cmp.Compare(b.longest(), a.longest()) })
	for _, m := range todo {
		if j.ctx.Err() != nil { // select would take a slot that is free
			return context.Cause(j.ctx)
		}
		select {
		case j.slots <- struct{}{}:
		case <-j.ctx.Done():
			return context.Cause(j.ctx)
		}
		j.group.Go(func() error {
			defer func() { <-j.slots }()
			return j.decide(m)
		})
	}
	return nil
}

// prepareAll decides those of a package's mutants that need no process, and
// returns the others.
func (j *judging) prepareAll(pkg string) (todo []*subject) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.started.IsZero() {
		j.started, j.before = time.Now(), j.busy[job.KindRecord]
		j.stage = Progress{Stage: "mutants", Total: len(j.subjects)}
	}
	for _, m := range j.subjects {
		if m.Package != pkg {
			continue
		}
		if m.Status == "" && j.prepare(j.policy, m) {
			todo = append(todo, m)
			continue
		}
		j.stage.count(m.Status)
		j.o.Mutant(*m.Mutant)
	}
	if j.enough() {
		j.stop(errEnough)
	}
	return todo
}

// decide runs one mutant's job and writes its verdict, unless that needs a second
// look.
func (j *judging) decide(m *subject) error {
	v, err := j.ask(j.ctx, m, false)
	if err != nil {
		return err
	}
	j.step(func(p *Progress) {
		if v.Suspect {
			j.suspects = append(j.suspects, m)
			return
		}
		j.settle(m, v)
		p.count(m.Status)
		if m.Status.Undetected() && j.enough() {
			j.stop(errEnough)
		}
	})
	return nil
}

// measure notes what the mutants took. Dry runs that went on beside them are no
// part of that.
func (j *judging) measure() {
	if j.started.IsZero() {
		return
	}
	beside := (j.busy[job.KindRecord] - j.before) / time.Duration(j.o.Jobs)
	wall := time.Since(j.started) - beside
	j.report.Timing.Mutants = milliseconds(wall)
	j.measureLimit(wall)
}

// longest is about how long the mutant may take at most. One that needs a build
// of its own takes longer than any other.
func (m *subject) longest() (sum time.Duration) {
	if m.Number == 0 {
		return loadLimit
	}
	for _, list := range [][]plan.Process{m.plan.Judge, m.plan.Confirm} {
		for _, p := range list {
			sum += p.Limits.Wall
		}
	}
	return sum
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

// window is how many jobs wait in the queue for each worker: enough that no
// worker waits for the Runner.
const window = 4

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
