package runner

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// conclude gives second looks until every verdict stands: timeouts are confirmed, the
// suite is checked without a mutant, and what tests have detected that failed there
// is judged again by the others. Each round sets aside at least one test more.
func (j *judging) conclude(ctx context.Context) error {
	for {
		if err := j.confirmAll(ctx); err != nil {
			return err
		}
		if _, err := j.recheck(ctx); err != nil {
			return err
		}
		again := j.takeBack()
		if len(again) == 0 {
			return nil
		}
		err := j.retry(ctx, again)
		if errors.Is(context.Cause(j.ctx), errEnough) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// takeBack makes undecided what tests have detected that are set aside since, and
// returns it.
func (j *judging) takeBack() (again []*subject) {
	j.step(func(p *Progress) {
		for _, m := range j.subjects {
			if m.Status.Detected() && j.late[m.killer] || m.Status == mutant.Flaky && j.late[m.unsteady] {
				p.uncount(m.Status)
				m.forget()
				again = append(again, m)
			}
		}
		if len(again) > 0 {
			j.leaveOut()
		}
	})
	return again
}

// forget takes a verdict back.
func (m *subject) forget() {
	m.Status, m.Cause, m.Reason, m.KilledBy, m.Loop = "", "", "", "", ""
	m.TestsRun, m.TestsReaching, m.Output, m.DurationMS = nil, nil, nil, 0
	m.start = 0
	m.plan, m.list, m.killer, m.unsteady, m.idle = plan.Plan{}, nil, plan.TestRef{}, plan.TestRef{}, false
}

// leaveOut takes the tests that are set aside from the recordings; the caller holds
// the lock.
func (j *judging) leaveOut() {
	left := make([]*plan.Binary, len(j.recorded)) // a new list each time: plans are being made from the old one
	for i, b := range j.recorded {
		left[i] = b.Without(func(test string) bool { return j.late[plan.TestRef{Package: b.Package, Test: test}] })
		if len(left[i].Tests()) == 0 {
			j.markPackage(b.Package, report.PackageTestsFail, noneLeft)
		}
	}
	j.recorded = left
}

// retry judges mutants again whose verdict was taken back.
func (j *judging) retry(ctx context.Context, again []*subject) error {
	j.suspects = nil
	j.group, j.ctx = errgroup.WithContext(ctx)
	todo := j.prepareThose(again)
	return j.guarded(func() error {
		j.group.Go(func() error { return j.decideAll(todo) })
		return j.group.Wait()
	})
}

// uncount takes one finished mutant back.
func (p *Progress) uncount(status mutant.Status) {
	p.Done--
	if status.Detected() {
		p.Killed--
	}
}
