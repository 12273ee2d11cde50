package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/evilution-go/evilution-go/internal/baseline"
	"github.com/evilution-go/evilution-go/internal/report"
)

// mergeFlags are the flags of `merge`.
type mergeFlags struct {
	view    viewFlags
	reports reportFlags
	asked   gateFlags
	gate    report.Gate
	dir     string
}

func (a *app) mergeCommand() *cobra.Command {
	var f mergeFlags
	cmd := &cobra.Command{
		Use:   "merge FILES…",
		Short: "Join the JSON reports of all shards of a session, and apply the gates to the whole",
		Long: "Join the JSON reports of run --shard 1/n to n/n. They must be parts of one session: the same tool,\n" +
			"source, settings and mutants, every mutant exactly once. Exit codes are those of run.",
		Example: "  evilution-go run --shard 1/2 --report json=1.json   # on one machine\n" +
			"  evilution-go run --shard 2/2 --report json=2.json   # on another\n" +
			"  evilution-go merge 1.json 2.json --min-score 80",
		RunE: func(cmd *cobra.Command, args []string) error { return a.merge(cmd, &f, args) },
	}
	f.view.add(cmd)
	f.view.addFormat(cmd, formatNames())
	f.reports.add(cmd)
	f.asked.add(cmd)
	cmd.Flags().StringVar(&f.dir, "dir", "", "`directory` of the module, for its sources and its baseline (default: the module here, if this is one)")
	return cmd
}

func (a *app) merge(cmd *cobra.Command, f *mergeFlags, args []string) error {
	if len(args) == 0 {
		return errors.New("merge: name the JSON reports of all shards")
	}
	dir, accepted, err := a.mergeWhere(f.dir)
	if err != nil {
		return err
	}
	from, err := configure(cmd, dir)
	if err != nil {
		return err
	}
	if err := from.blame(f.check(cmd)); err != nil {
		return err
	}
	var shards []*report.Report
	for _, path := range args {
		r, err := readReport(path)
		if err != nil {
			return err
		}
		shards = append(shards, r)
	}
	r, err := report.Merge(args, shards)
	if err != nil {
		return err
	}
	out, err := f.reports.destinations(&f.view)
	if err != nil {
		return err
	}
	r.Dir = dir
	accepted.part = r.Scope != "" || shards[0].Shard.Session.Settings["operators"] != ""
	accepted.mark(r)
	f.asked.count(r)
	a.end.code = f.gate.ExitCode(r, nil)
	o := a.textOptions(f.view)
	o.Gate, o.Source = f.gate, report.DirSource(dir)
	if err := a.deliver(annotate(out), r, reportView(dir, f.gate.Failures(r), o.Source), o); err != nil {
		return trouble{err}
	}
	return nil
}

func (f *mergeFlags) check(cmd *cobra.Command) error {
	var err error
	if f.gate, err = f.asked.check(cmd); err != nil {
		return err
	}
	return f.view.check(formatNames())
}

// mergeWhere is the module's root with its baseline: that of the named directory,
// or of the one here; where there is none, the directory here without a baseline.
func (a *app) mergeWhere(dir string) (string, *acceptance, error) {
	if dir != "" {
		t, err := a.target([]string{filepath.Clean(dir)})
		if err != nil {
			return "", nil, err
		}
		accepted, err := readAcceptance(t.dir)
		return t.dir, accepted, err
	}
	cwd, err := os.Getwd()
	if err != nil {
		return "", nil, trouble{err}
	}
	root, err := moduleRoot(cwd)
	if err != nil {
		return cwd, &acceptance{file: &baseline.File{}}, nil
	}
	accepted, err := readAcceptance(root)
	return root, accepted, err
}
