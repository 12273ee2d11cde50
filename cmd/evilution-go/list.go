package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner"
)

// list is what the commands that judge nothing have in common: it settles the
// settings, asks the engine, and has the answer written, also where it is only a
// part. The exit code is that of a run without gates.
func (a *app) list(cmd *cobra.Command, args []string, s *sessionFlags, check func() error,
	ask func(context.Context, runner.Options) (*report.Report, error), write func(*report.Report) error) error {
	t, err := a.configured(cmd, args, check)
	if err != nil {
		return err
	}
	o, err := a.options(*s, t)
	if err != nil {
		return err
	}
	return a.interruptible(func(ctx context.Context) error {
		r, err := ask(ctx, o)
		if r == nil || mendable(err) {
			return blame(err)
		}
		r.Dir = t.dir
		a.end.code = report.Gate{}.ExitCode(r, err)
		return blame(cmp.Or(err, write(r)))
	})
}
