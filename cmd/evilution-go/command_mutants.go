package main

import (
	"cmp"
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
	return a.list(cmd, args, &f.session, f.check, a.engine.list, func(r *report.Report) (err error) {
		if f.overlay != "" && r.Complete {
			err = writeOverlays(f.overlay, r)
		}
		if f.view.format == "json" {
			return cmp.Or(err, r.WriteJSON(a.stdout))
		}
		return cmp.Or(err, r.WriteList(a.stdout, f.diff, a.textOptions(f.view)))
	})
}
