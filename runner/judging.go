package runner

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/sandbox"
)

// window is how many jobs wait in the queue for each worker: enough that no
// worker waits for the Runner.
const window = 4

// judging is the part of a session that runs tests: dry runs, and the mutants of
// each package once the dry runs that it needs are done.
type judging struct {
	*session
	whole  context.Context // of it all; errEnough ends it where no more is wanted
	group  *errgroup.Group
	ctx    context.Context // of the group
	stop   context.CancelCauseFunc
	policy plan.Policy
	slots  chan struct{} // held by each mutant's job

	// The session's lock guards the rest.
	flow     *flow
	suspects []*subject            // whose timeout needs a second look
	late     map[plan.TestRef]bool // tests that were set aside after the first mutant
}

// judge decides every mutant that has no status yet: without a process where
// the plan has none, else by a job each. Wall-clock timeouts are run again one
// by one, with nothing else running, before they are believed.
func (s *session) judge(ctx context.Context) error {
	j := s.newJudging(ctx)
	defer j.stop(nil)
	defer j.tellSandbox()
	defer j.turns.settled.Store(true)
	j.advance(func() {})
	j.dryRuns()
	err := j.guarded(j.group.Wait)
	defer j.measure()
	if errors.Is(context.Cause(j.ctx), errEnough) {
		return nil
	}
	if err != nil {
		return err
	}
	return j.conclude(j.whole)
}

// confirmAll runs the suspects again: first those that did nothing at all, beside
// each other, since what does nothing takes no time from anybody; then, with
// nothing beside it, each of the others and those that were not idle this time.
func (j *judging) confirmAll(ctx context.Context) error {
	var rest []*subject
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(window * j.o.Jobs)
	for _, m := range j.suspects {
		if !m.idle {
			rest = append(rest, m)
			continue
		}
		group.Go(func() error {
			sure, err := j.confirm(inner, m, idlers)
			if err == nil && !sure {
				j.step(func(*Progress) { rest = append(rest, m) })
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, m := range rest {
		if _, err := j.confirm(ctx, m, nothing); err != nil {
			return err
		}
	}
	return nil
}

// newJudging begins that part of the session. Whoever calls it calls stop.
func (s *session) newJudging(ctx context.Context) *judging {
	j := &judging{session: s, policy: s.policy(), slots: make(chan struct{}, window*s.o.Jobs), flow: s.newFlow(), late: make(map[plan.TestRef]bool)}
	j.whole, j.stop = context.WithCancelCause(ctx)
	j.group, j.ctx = errgroup.WithContext(j.whole)
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

// run decides the mutants of one package.
func (j *judging) run(pkg string) error {
	var all []*subject
	for _, m := range j.subjects {
		if m.Package == pkg {
			all = append(all, m)
		}
	}
	return j.decideAll(j.prepareThose(all))
}

// decideAll decides mutants in jobs of the group. Those that can take longest go
// first, so that none of them is left over when all others have ended.
func (j *judging) decideAll(todo []*subject) error {
	slices.SortStableFunc(todo, func(a, b *subject) int { return cmp.Compare(b.longest(), a.longest()) })
	var oneByOne, rest []*subject
	for _, m := range todo {
		if j.turns.gate(j.binariesOf(m)) != nil {
			oneByOne = append(oneByOne, m)
		} else {
			rest = append(rest, m)
		}
	}
	j.group.Go(func() error { return j.decideInOrder(oneByOne) })
	return j.decideInOrder(rest)
}

// decideInOrder decides mutants as far as there are slots.
func (j *judging) decideInOrder(todo []*subject) error {
	for _, m := range todo {
		gate := j.turns.gate(j.binariesOf(m))
		for _, place := range []chan struct{}{gate, j.slots} {
			if j.ctx.Err() != nil { // select would take a slot that is free
				return context.Cause(j.ctx)
			}
			if place == nil {
				continue
			}
			select {
			case place <- struct{}{}:
			case <-j.ctx.Done():
				return context.Cause(j.ctx)
			}
		}
		j.group.Go(func() error {
			defer func() {
				<-j.slots
				if gate != nil {
					<-gate
				}
			}()
			return j.decide(m)
		})
	}
	return nil
}

// prepareThose decides those mutants that need no process, and returns the others.
func (j *judging) prepareThose(all []*subject) (todo []*subject) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.started.IsZero() {
		j.started = time.Now()
		j.stage = Progress{Stage: "mutants", Total: len(j.subjects)}
	}
	for _, m := range all {
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
	v, err := j.ask(j.ctx, m, crowd)
	if err != nil {
		return err
	}
	if v.Unsteady != nil {
		if err := j.foundLate(v.Unsteady.Package, v.Unsteady.Test); err != nil {
			return err
		}
	}
	j.step(func(p *Progress) {
		if v.Suspect {
			m.idle = v.Idle
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
	wall := time.Since(j.started) - j.beside/time.Duration(j.o.Jobs)
	j.report.Timing.Mutants = milliseconds(wall)
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
