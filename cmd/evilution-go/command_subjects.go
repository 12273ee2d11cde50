package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
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
	t, err := a.configured(cmd, args, func() error { return cmp.Or(f.view.check(textAndJSON()), f.session.checkChoice()) })
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
			return blame(cmp.Or(err, r.WriteSubjectsJSON(a.stdout)))
		}
		return blame(cmp.Or(err, r.WriteSubjects(a.stdout, a.textOptions(f.view))))
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
	t, err := a.configured(cmd, args, func() error { return cmp.Or(f.session.check(cmd), f.view.check(textAndJSON())) })
	if err != nil {
		return err
	}
	o, err := a.options(f.session, t)
	if err != nil {
		return err
	}
	return a.interruptible(func(ctx context.Context) error {
		show := a.display(f.view.quiet)
		o.Progress = show.update
		r, err := a.engine.tests(ctx, o)
		show.close()
		if r == nil || mendable(err) {
			return blame(err)
		}
		r.Dir = t.dir
		a.end.code = report.Gate{}.ExitCode(r, err)
		if f.view.format == "json" {
			return blame(cmp.Or(err, r.WriteSubjectsJSON(a.stdout)))
		}
		return blame(cmp.Or(err, r.WriteTests(a.stdout, a.textOptions(f.view))))
	})
}
