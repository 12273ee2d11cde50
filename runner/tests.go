package runner

import (
	"context"
	"errors"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// Tests finds out which tests execute which mutant, by dry runs, and judges
// nothing: every mutant that is not settled stays pending. Cancelling behaves as
// in Run.
func Tests(ctx context.Context, o Options) (*report.Report, error) {
	s, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	err = errors.Join(s.reach(ctx), s.close(ctx))
	if s.module == nil {
		return nil, err
	}
	return s.finish(err == nil), err
}

// dryRun makes the dry runs and nothing else.
func (s *session) dryRun(ctx context.Context) error {
	j := s.newJudging(ctx)
	defer j.stop(nil)
	j.flow.packages = nil
	j.dryRuns()
	return j.group.Wait()
}

// reach goes through the stages before the mutants' own.
func (s *session) reach(ctx context.Context) error {
	for _, stage := range []func(context.Context) error{s.loadAll, s.build, s.dryRun} {
		if err := stage(ctx); err != nil || s.idle {
			return err
		}
	}
	policy := s.policy()
	for _, m := range s.subjects {
		if m.Number > 0 {
			p := policy.For(m.key(), m.Func, plan.TestRef{}, s.judges(m.Package))
			m.TestsReaching = s.names(m.Package, p.Reaching)
		}
	}
	return s.compareTree()
}
