package main

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/report"
)

// runFlags are the flags of `run`.
type runFlags struct {
	session  sessionFlags
	view     viewFlags
	output   string
	minScore float64
	gate     report.Gate
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [packages or directories]",
		Short: "Judge every mutant and show those that no test notices",
		Long: "Judge every mutant of the named packages (default ./...) and show those that no test notices.\n" +
			"A directory with a go.mod of its own means that module.\n\n" +
			"Exit codes: 0 gate passed, 1 gate failed, 2 usage, 3 tests fail without any mutant,\n" +
			"4 the tool could not do its work; interrupted: death by that signal.",
		RunE: func(cmd *cobra.Command, args []string) error { return a.run(cmd, &f, args) },
	}
	f.session.add(cmd)
	f.view.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.output, "output", "", "write the report to this `file`; standard output then has the summary")
	flags.Float64Var(&f.minScore, "min-score", 0, "exit 1 if the score is below this `percentage`")
	flags.StringVar(&f.session.scope.mutant, "mutant", "", "judge only the mutant with this `ID`")
	return cmd
}

func (f *runFlags) check(cmd *cobra.Command) error {
	if err := f.session.check(cmd); err != nil {
		return err
	}
	if cmd.Flags().Changed("min-score") {
		if math.IsNaN(f.minScore) || f.minScore < 0 || f.minScore > 100 {
			return fmt.Errorf("--min-score %v: must be between 0 and 100", f.minScore)
		}
		f.gate.MinScore = &f.minScore
	}
	return f.view.check()
}

// run checks everything that can be checked, runs the session, and tells what
// came of it.
func (a *app) run(cmd *cobra.Command, f *runFlags, args []string) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	t, err := a.target(args)
	if err != nil {
		return err
	}
	o, err := a.options(f.session, t)
	if err != nil {
		return err
	}
	out, err := openOutput(f.output)
	if err != nil {
		return err
	}
	defer out.discard()
	return a.interruptible(func(ctx context.Context) error {
		show := a.display(f.view.quiet)
		o.Progress = show.update
		r, err := a.engine.run(ctx, o)
		show.close()
		if r == nil && ctx.Err() != nil {
			r = nothingKnown()
		}
		if r == nil || mendable(err) {
			return blame(err)
		}
		r.Dir = t.dir
		a.end.code = f.gate.ExitCode(r, err)
		if err := a.tell(f, t, r, out); err != nil {
			return trouble{err}
		}
		return blame(err)
	})
}

// tell writes the report where it was asked for, and the record for `show`.
func (a *app) tell(f *runFlags, t target, r *report.Report, out *output) error {
	o := a.textOptions(f.view)
	o.Gate = f.gate
	o.Source = report.DirSource(t.dir)
	full := func(w io.Writer) error { return r.WriteText(w, o) }
	if f.view.format == "json" {
		full = r.WriteJSON
	}
	if f.output == "" {
		if err := full(a.stdout); err != nil {
			return err
		}
	} else {
		summary := o
		summary.Quiet = true
		o.Color = false // read by full: the file is no terminal
		if err := out.write(full); err != nil {
			return err
		}
		if err := r.WriteText(a.stdout, summary); err != nil {
			return err
		}
	}
	if err := saveRecord(t.dir, r, o.Source); err != nil {
		fmt.Fprintf(a.stderr, "evilution-go: show will not know this run: %v\n", err)
	} else if f.output == "" && f.view.format == "text" && !f.view.quiet && r.Summary.Total > 0 {
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
