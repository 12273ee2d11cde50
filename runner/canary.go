package runner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/internal/canary"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/runner/plan"
	"github.com/evilution-go/evilution-go/workqueue"
)

// CanaryError says that a mutant with a known verdict was judged otherwise: no
// verdict of the session can be believed.
type CanaryError struct {
	Want, Got mutant.Status
	Detail    string
}

func (e *CanaryError) Error() string {
	return fmt.Sprintf("prove the pipeline: the canary that must be %s is %s%s; no verdict of this run can be believed, so none is shown",
		e.Want, e.Got, e.Detail)
}

// prove judges the canaries by the test binary that starts fastest; where there
// is none, nothing is judged that would have to be believed. It comes after the
// mutants, whose verdicts nobody is told before it has ended well.
func (s *session) prove(ctx context.Context) error {
	if len(s.recorded) == 0 {
		return nil
	}
	b := slices.MinFunc(s.recorded, func(a, b *plan.Binary) int { return cmp.Compare(a.Start, b.Start) })
	return s.proveBy(ctx, b.Package)
}

// proveBy judges the canaries by one of the session's test binaries, from the
// recording on as any mutant is.
func (s *session) proveBy(ctx context.Context, pkg string) error {
	place := s.place
	place.Args = nil // what leaves out the user's tests could leave out the canaries'
	b, err := s.recordCanary(ctx, place, pkg)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, c := range s.module.Canaries {
		g.Go(func() error {
			v, err := s.judgeCanary(ctx, place, b, c)
			if err == nil && v.Status != c.Want {
				err = &CanaryError{Want: c.Want, Got: v.Status, Detail: canaryDetail(v)}
			}
			return err
		})
	}
	return g.Wait()
}

// recordCanary is the dry run of the canaries' test: once as if in its order,
// once alone.
func (s *session) recordCanary(ctx context.Context, place job.Place, pkg string) (*plan.Binary, error) {
	list := []string{canary.Test}
	reply, err := do[job.RecordReply](ctx, s, workqueue.Item{Kind: job.KindRecord, Timeout: 2 * dryRunLimit}, job.RecordRequest{
		Place: place, Binary: s.binaries[pkg], Lists: [][]string{list, list}, Wall: dryRunLimit,
	})
	if err != nil {
		return nil, err
	}
	all := func(names []string) []string { return names }
	for _, out := range reply.Outcomes {
		if out.Verdict != isolation.Passed {
			return nil, &CanaryError{Want: mutant.Survived, Got: mutant.Flaky, Detail: ": without any mutant the test of the canaries ended as " + out.Verdict.String() + ": " + string(out.Output)}
		}
	}
	b := plan.NewBinary(pkg, recording(reply.Outcomes[0], all), false)
	b.AddAlone(canary.Test, recording(reply.Outcomes[1], all), true)
	return b, nil
}

// canaryFloor is more time than any machine needs for a canary: that a machine is
// busy must not stop a run.
const canaryFloor = 2 * time.Minute

// judgeCanary judges one canary as any mutant is judged.
func (s *session) judgeCanary(ctx context.Context, place job.Place, b *plan.Binary, c canary.Canary) (*job.Verdict, error) {
	policy := s.policy()
	policy.TimeoutFloor = canaryFloor
	todo := policy.For(plan.Key{Package: canary.ImportPath, Number: c.Mutant.Number}, c.Mutant.Func, plan.TestRef{}, []*plan.Binary{b})
	if len(todo.Judge) == 0 {
		return &job.Verdict{Status: mutant.NotCovered, Reason: "its dry run did not see it"}, nil
	}
	v, err := do[job.Verdict](ctx, s, workqueue.Item{Kind: job.KindMutant, Timeout: judgeSlack + 3*canaryFloor}, job.MutantRequest{
		Place: place, Package: canary.ImportPath, Number: c.Mutant.Number,
		Binaries: map[string]job.Binary{b.Package: s.binaries[b.Package]}, Judge: todo.Judge, Confirm: todo.Confirm,
	})
	return s.blame(v, err)
}

// canaryDetail is what is known about a canary's wrong verdict.
func canaryDetail(v *job.Verdict) string {
	if v.Reason == "" {
		return ""
	}
	return " (" + v.Reason + ")"
}
