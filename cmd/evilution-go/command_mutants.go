package main

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

// mutantsFlags are the flags of `mutants`.
type mutantsFlags struct {
	session sessionFlags
	view    viewFlags
	diff    bool
	overlay string // directory
}

func (a *app) mutantsCommand() *cobra.Command {
	var f mutantsFlags
	cmd := &cobra.Command{
		Use:   "mutants [packages or directories]",
		Short: "List the mutants without running anything",
		Long: "List the mutants without running anything.\n\n" +
			"With --overlay, one mutant is written out, so that the go command can build and test it\n" +
			"without this program: the changed files and the overlay.json that go test -overlay reads.",
		Example: "  evilution-go mutants --diff ./internal/...\n" +
			"  evilution-go mutants --mutant 0123456789ab --overlay /tmp/mutant",
		RunE: func(cmd *cobra.Command, args []string) error { return a.mutants(cmd, &f, args) },
	}
	f.session.addChoice(cmd)
	f.view.addFormat(cmd, textAndJSON())
	f.view.addColor(cmd)
	f.view.addIgnored(cmd)
	cmd.Flags().BoolVar(&f.diff, "diff", false, "show each mutant as a diff")
	cmd.Flags().StringVar(&f.session.scope.mutant, "mutant", "", "only the mutant with this `ID`")
	cmd.Flags().StringVar(&f.overlay, "overlay", "", "write the files of the mutant that --mutant names, and an overlay.json for the go command, into this `directory`")
	return cmd
}

func (f *mutantsFlags) check() error {
	if f.overlay != "" && f.session.scope.mutant == "" {
		return errors.New("--overlay: name the mutant with --mutant")
	}
	return cmp.Or(f.session.checkChoice(), f.view.check(textAndJSON()))
}

func (a *app) mutants(cmd *cobra.Command, f *mutantsFlags, args []string) error {
	t, err := a.configured(cmd, args, f.check)
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
		if f.overlay != "" && err == nil {
			err = writeOverlays(f.overlay, r)
		}
		if f.view.format == "json" {
			err = cmp.Or(err, r.WriteJSON(a.stdout))
		} else {
			err = cmp.Or(err, r.WriteList(a.stdout, f.diff, a.textOptions(f.view)))
		}
		return blame(err)
	})
}
