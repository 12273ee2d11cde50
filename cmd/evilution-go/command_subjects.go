package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner"
)

func (a *app) subjectsCommand() *cobra.Command {
	var f mutantsFlags
	cmd := &cobra.Command{
		Use:   "subjects [packages or directories]",
		Short: "List the functions with the number of their mutants",
		Example: "  evilution-go subjects ./internal/...\n" +
			"  evilution-go subjects --since main --format json",
		RunE: func(cmd *cobra.Command, args []string) error { return a.subjects(cmd, &f, args) },
	}
	f.session.addChoice(cmd)
	f.session.scope.addDiff(cmd)
	f.view.addFormat(cmd, textAndJSON())
	f.view.addColor(cmd)
	return cmd
}

func (a *app) subjects(cmd *cobra.Command, f *mutantsFlags, args []string) error {
	check := func() error { return cmp.Or(f.view.check(textAndJSON()), f.session.checkChoice()) }
	return a.list(cmd, args, &f.session, check, a.engine.list, func(r *report.Report) error {
		if f.view.format == "json" {
			return r.WriteSubjectsJSON(a.stdout)
		}
		return r.WriteSubjects(a.stdout, a.textOptions(f.view))
	})
}

func (a *app) testsCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "tests [packages or directories]",
		Short: "List which tests execute which function",
		Long: "Run the tests without any mutant and list which of them execute the mutants of which function.\n" +
			"A test of another package is written import/path.TestName.",
		Example: "  evilution-go tests --target Parse\n" +
			"  evilution-go tests ./api --format json",
		RunE: func(cmd *cobra.Command, args []string) error { return a.tests(cmd, &f, args) },
	}
	f.session.add(cmd)
	f.view.addFormat(cmd, textAndJSON())
	f.view.addColor(cmd)
	cmd.Flags().BoolVarP(&f.view.quiet, "quiet", "q", false, "no progress")
	return cmd
}

func (a *app) tests(cmd *cobra.Command, f *runFlags, args []string) error {
	check := func() error { return cmp.Or(f.session.check(cmd), f.view.check(textAndJSON())) }
	ask := func(ctx context.Context, o runner.Options) (*report.Report, error) {
		show := a.display(f.view.quiet)
		defer show.close()
		o.Progress = show.update
		return a.engine.tests(ctx, o)
	}
	return a.list(cmd, args, &f.session, check, ask, func(r *report.Report) error {
		if f.view.format == "json" {
			return r.WriteSubjectsJSON(a.stdout)
		}
		return r.WriteTests(a.stdout, a.textOptions(f.view))
	})
}
