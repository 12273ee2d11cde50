package runner

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// Run finds the mutants of the packages, runs every test that could notice
// each, and reports the verdicts. When ctx ends early, or the tool cannot go on,
// the report holds what is known, Complete is false, and the error says why; the
// report is nil when nothing was known yet, and when a *CanaryError says that
// nothing can be believed. A *UsageError is the user's to mend.
func Run(ctx context.Context, o Options) (*report.Report, error) {
	s, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	err = s.work(ctx)
	err = errors.Join(err, s.close(ctx))
	if s.module == nil || errors.As(err, new(*CanaryError)) {
		return nil, err
	}
	return s.finish(err == nil), err
}

// List finds the mutants and runs nothing.
func List(ctx context.Context, o Options) (*report.Report, error) {
	s, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	err = s.load(ctx, true)
	err = errors.Join(err, s.close(ctx))
	if s.module == nil {
		return nil, err
	}
	return s.finish(err == nil), err
}

// work goes through the stages.
func (s *session) work(ctx context.Context) error {
	stages := []func(context.Context) error{
		s.loadAll, s.build, s.judge, s.prove, s.limit, s.equivalents,
	}
	for _, stage := range stages {
		if err := stage(ctx); err != nil || s.idle {
			return err
		}
	}
	if err := s.remember(); err != nil {
		s.note("%v", err)
	}
	return s.compareTree()
}

// loadAll loads packages together with the overlay.
func (s *session) loadAll(ctx context.Context) error { return s.load(ctx, false) }

// finish sums up.
func (s *session) finish(complete bool) *report.Report {
	r := s.report
	r.Complete = complete && r.Stopped == ""
	for _, m := range s.subjects {
		if m.Status == "" {
			m.Status, m.Reason = mutant.Pending, cmp.Or(r.Stopped, "not run")
		}
		r.Mutants = append(r.Mutants, m.Mutant)
	}
	r.Timing.Total = milliseconds(time.Since(s.start))
	r.Summarize()
	return r
}
