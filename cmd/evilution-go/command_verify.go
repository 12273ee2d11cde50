package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/runner"
)

// verifyFlags are the flags of `verify`.
type verifyFlags struct {
	session sessionFlags
	view    viewFlags
	sample  int
	all     bool
	seed    uint64
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify [packages or directories]",
		Short: "Rebuild decided mutants the plain way and compare the verdicts",
		Long: "Judge the mutants, draw some that were decided, write the edits of each into a copy of the\n" +
			"module, run its tests with the ordinary go command, and compare. Exit code 1 on a disagreement.\n\n" +
			"The mutants are drawn evenly over statuses, operators and packages. Each disagreement is shown\n" +
			"with where it comes from and with the commands that judge the mutant again, both ways:\n" +
			"  flaky            the plain tests, repeated, end differently\n" +
			"  instrumentation  without any mutant, the instrumented tests differ from the plain ones\n" +
			"  selection        a test notices that had not been selected\n" +
			"  order            the selected tests differ from a whole run in its order\n" +
			"  bug              none of these: a mistake of evilution-go, please report it",
		Example: "  evilution-go verify --sample 100\n" +
			"  evilution-go verify --sample 40 --seed 7 ./internal/...\n" +
			"  evilution-go verify --all --format json",
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd, &f, args) },
	}
	f.session.add(cmd)
	f.view.add(cmd)
	f.view.addFormat(cmd, textAndJSON())
	cmd.Flags().IntVar(&f.sample, "sample", 20, "how many mutants are drawn; 0 draws all")
	cmd.Flags().BoolVar(&f.all, "all", false, "verify every mutant that was decided")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "which ones: the same seed draws the same mutants")
	return cmd
}

func (f *verifyFlags) check(cmd *cobra.Command) error {
	if f.sample < 0 {
		return fmt.Errorf("--sample %d: must not be negative", f.sample)
	}
	if f.all && cmd.Flags().Changed("sample") {
		return errors.New("--all and --sample exclude each other")
	}
	if f.all {
		f.sample = 0
	}
	return cmp.Or(f.session.check(cmd), f.view.check(textAndJSON()))
}

func (a *app) verify(cmd *cobra.Command, f *verifyFlags, args []string) error {
	t, err := a.configured(cmd, args, func() error { return f.check(cmd) })
	if err != nil {
		return err
	}
	base, err := a.options(f.session, t)
	if err != nil {
		return err
	}
	return a.interruptible(func(ctx context.Context) error {
		show := a.display(f.view.quiet)
		o := runner.VerifyOptions{Options: base, Sample: f.sample, Seed: f.seed}
		o.Progress = show.update
		v, err := a.engine.verify(ctx, o)
		show.close()
		if v == nil || mendable(err) {
			return blame(err)
		}
		v.Dir = t.dir
		for i := range v.Checks {
			if c := &v.Checks[i]; c.Mutant != nil && !c.Agree {
				c.Reproduce = reproduction(cmd.Flags(), t, c)
			}
		}
		a.end.code = v.ExitCode(err)
		if f.view.format == "json" {
			err = cmp.Or(err, v.WriteJSON(a.stdout))
		} else {
			err = cmp.Or(err, v.WriteText(a.stdout, a.textOptions(f.view)))
		}
		return blame(err)
	})
}
