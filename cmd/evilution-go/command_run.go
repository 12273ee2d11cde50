package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

// runFlags are the flags of `run`.
type runFlags struct {
	session  sessionFlags
	view     viewFlags
	reports  reportFlags
	asked    gateFlags
	gate     report.Gate
	baseline baselineFlags
	serve    string // address; "": no page
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [packages or directories]",
		Short: "Judge every mutant and show those that no test notices",
		Long: "Judge every mutant of the named packages (default ./...) and show those that no test notices.\n" +
			"A directory with a go.mod of its own means that module; in the folder of a go.work\n" +
			"file, ./... means all modules that it joins.\n\n" +
			"Exit codes: 0 gate passed, 1 gate failed, 2 usage, 3 tests fail without any mutant,\n" +
			"4 the tool could not do its work; interrupted: death by that signal.\n\n" + formatHelp(),
		Example: "  evilution-go run ./internal/...\n" +
			"  evilution-go run --report html=mutants.html --report junit=mutants.xml\n" +
			"  evilution-go run -q --report json=- > mutants.json",
		RunE: func(cmd *cobra.Command, args []string) error { return a.run(cmd, &f, args) },
	}
	f.session.add(cmd)
	f.view.add(cmd)
	f.view.addIgnored(cmd)
	f.view.addFormat(cmd, formatNames())
	f.reports.add(cmd)
	flags := cmd.Flags()
	f.asked.add(cmd)
	f.baseline.add(cmd)
	flags.StringVar(&f.session.shard, "shard", "", "judge only part `k/n` of the mutants; evilution-go merge joins the JSON reports of all parts")
	flags.StringVar(&f.serve, "serve", "", "show the report in a browser while the run goes on, at this `address` (--serve alone: a free port of this machine)")
	flags.Lookup("serve").NoOptDefVal = "127.0.0.1:0"
	flags.StringVar(&f.session.scope.mutant, "mutant", "", "judge only the mutant with this `ID`")
	return cmd
}

func (f *runFlags) check(cmd *cobra.Command) error {
	if err := f.session.check(cmd); err != nil {
		return err
	}
	var err error
	if f.gate, err = f.asked.check(cmd); err != nil {
		return err
	}
	if err := f.baseline.check(cmd); err != nil {
		return err
	}
	return f.view.check(formatNames())
}

// run checks everything that can be checked, runs the session, and tells what
// came of it.
func (a *app) run(cmd *cobra.Command, f *runFlags, args []string) error {
	return a.interruptible(func(ctx context.Context) error { return a.runSession(ctx, cmd, f, args) })
}

func (a *app) runSession(ctx context.Context, cmd *cobra.Command, f *runFlags, args []string) error {
	t, err := a.configured(cmd, args, func() error { return f.check(cmd) })
	if err != nil {
		return err
	}
	o, err := a.options(f.session, t)
	if err != nil {
		return err
	}
	accepted, err := readAcceptance(t.dir)
	if err != nil {
		return err
	}
	accepted.part = len(o.Operators) > 0
	if o.FailFast = f.baseline.failFast; o.FailFast > 0 {
		o.Accepted = accepted.ids()
	}
	out, err := f.reports.destinations(&f.view)
	if err != nil {
		return err
	}
	page, err := a.watch(f.serve, t)
	if err != nil {
		return err
	}
	defer page.close()
	show := a.display(f.view.quiet)
	o.Progress = show.update
	page.follow(&o)
	r, err := a.engine.run(ctx, o)
	show.close()
	// Where it was interrupted, what went wrong is the interruption's fault.
	if interrupted := ctx.Err(); interrupted != nil && (r == nil || mendable(err)) {
		r, err = nothingKnown(), interrupted
	}
	if r == nil || mendable(err) {
		return blame(err)
	}
	r.Dir = t.dir
	if f.baseline.update && r.Complete {
		if err := accepted.update(r, report.DirSource(t.dir)); err != nil {
			return trouble{err}
		}
	}
	accepted.mark(r)
	f.asked.count(r)
	a.end.code = f.gate.ExitCode(r, err)
	page.finish(r, reportView(t.dir, f.gate.Failures(r), nil))
	if err := a.tell(f, t, r, out); err != nil {
		return trouble{err}
	}
	return blame(err)
}

// tell writes the reports that were asked for, and the record for `show`.
func (a *app) tell(f *runFlags, t target, r *report.Report, out []destination) error {
	o := a.textOptions(f.view)
	o.Gate = f.gate
	o.Source = report.DirSource(t.dir)
	if err := a.deliver(annotate(out), r, reportView(t.dir, f.gate.Failures(r), o.Source), o); err != nil {
		return err
	}
	if err := saveRecord(t.dir, r, o.Source); err != nil {
		fmt.Fprintf(a.stderr, "evilution-go: show will not know this run: %v\n", err)
	} else if out[0].format.name == "text" && !o.Quiet && r.Summary.Total > 0 {
		fmt.Fprintf(a.stdout, "\nmore on one of them: evilution-go show ID%s\n", t.argument())
	}
	return nil
}

// nothingKnown is the report of a session that was interrupted before it knew any
// mutant.
func nothingKnown() *report.Report {
	r := &report.Report{
		Tool:  report.Tool{Name: "evilution-go", Version: version()},
		Notes: []string{"interrupted before any mutant was known"},
	}
	r.Summarize()
	return r
}
