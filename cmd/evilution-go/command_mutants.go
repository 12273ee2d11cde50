package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

// mutantsFlags are the flags of `mutants`.
type mutantsFlags struct {
	session sessionFlags
	view    viewFlags
	diff    bool
}

func (a *app) mutantsCommand() *cobra.Command {
	var f mutantsFlags
	cmd := &cobra.Command{
		Use:   "mutants [packages or directories]",
		Short: "List the mutants without running anything",
		RunE:  func(cmd *cobra.Command, args []string) error { return a.mutants(cmd, &f, args) },
	}
	f.session.addChoice(cmd)
	f.view.addFormat(cmd, textAndJSON())
	f.view.addColor(cmd)
	f.view.addIgnored(cmd)
	cmd.Flags().BoolVar(&f.diff, "diff", false, "show each mutant as a diff")
	return cmd
}

func (a *app) mutants(cmd *cobra.Command, f *mutantsFlags, args []string) error {
	t, err := a.configured(cmd, args, func() error { return cmp.Or(f.session.checkChoice(), f.view.check(textAndJSON())) })
	if err != nil {
		return err
	}
	o, err := a.options(f.session, t)
	if err != nil {
		return err
	}
	return a.interruptible(func(ctx context.Context) error {
		r, err := a.engine.list(ctx, o)
		if r == nil || mendable(err) {
			return blame(err)
		}
		r.Dir = t.dir
		a.end.code = report.Gate{}.ExitCode(r, err)
		if f.view.format == "json" {
			err = cmp.Or(err, r.WriteJSON(a.stdout))
		} else {
			err = cmp.Or(err, r.WriteList(a.stdout, f.diff, a.textOptions(f.view)))
		}
		return blame(err)
	})
}
