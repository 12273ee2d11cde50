// Command targets runs the real binary on real modules and prints what came of
// it as a table. It is run by hand:
//
//	go run ./test/targets [-verify N] [-j N] [-profile P] [-keep DIR] [MODULE@VERSION ...]
//
// For each module it fetches the source with the go command, copies it, runs
// `evilution-go run ./...` there and checks what must hold on any module: the
// run ends by itself, every mutant has exactly one status, none is an error, fewer
// than 0.5 % are invalid, and not a byte of the module changed. With -verify it holds that many verdicts
// against plain rebuilds. The exit code is 1 if anything does not hold.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

func main() {
	verify := flag.Int("verify", 0, "verdicts to verify in each module")
	jobs := flag.Int("j", 2, "workers")
	profile := flag.String("profile", "default", "which mutants: default, strong or all")
	keep := flag.String("keep", "", "directory for the reports; default: none are kept")
	flag.Parse()
	if err := run(trial{jobs: *jobs, verify: *verify, profile: *profile, keep: *keep}, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "targets:", err)
		os.Exit(1)
	}
}

// run runs like on every module that names choose.
func run(like trial, names []string) error {
	dir, err := os.MkdirTemp("", "targets-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := subject.Build(dir)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "module\tmutants\tkilled\ttimeout\tsurvived\tnot covered\tinvalid\tother\tsetup s\ttotal s\tper s\tverified\tproblems")
	bad := 0
	for _, m := range subject.Chosen(names, subject.Standard()) {
		r := like
		r.Module, r.tool, r.dir = m, tool, dir
		if err := r.run(); err != nil {
			r.problem("%v", err)
		}
		r.row(table)
		table.Flush()
		bad += len(r.problems)
	}
	if bad > 0 {
		return fmt.Errorf("%d problems", bad)
	}
	return nil
}

// trial is one module's run.
type trial struct {
	subject.Module
	tool         subject.Tool
	dir          string
	jobs, verify int
	profile      string
	keep         string

	report   report.Report
	verified string
	problems []string
}

func (r *trial) problem(format string, args ...any) {
	r.problems = append(r.problems, strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " "))
}

// run fetches, runs and checks.
func (r *trial) run() error {
	module, err := r.Fetch(r.dir)
	if err != nil {
		return err
	}
	before, err := sandbox.Fingerprint(module)
	if err != nil {
		return err
	}
	output := filepath.Join(r.dir, "report.json")
	if r.keep != "" {
		output = filepath.Join(r.keep, strings.ReplaceAll(r.Name, "/", "_")+"."+r.profile+".json")
	}
	args := append([]string{"run", "-j", strconv.Itoa(r.jobs), "--profile", r.profile, "--format", "json", "--output", output}, r.Flags...)
	if err := r.tool.Run(context.Background(), module, append(args, "./...")...); err != nil {
		r.problem("%v", err)
	}
	text, err := os.ReadFile(output)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &r.report); err != nil {
		return err
	}
	r.check()
	if r.verify > 0 {
		r.verifySome(module)
	}
	changed, err := before.Changed()
	if len(changed) > 0 {
		r.problem("the tree changed: %v", changed)
	}
	return err
}

// check notes what must hold of every report.
func (r *trial) check() {
	if !r.report.Complete {
		r.problem("incomplete")
	}
	known := make(map[mutant.Status]bool)
	for _, s := range mutant.Statuses() {
		known[s] = true
	}
	ids := make(map[string]bool)
	for _, m := range r.report.Mutants {
		if !known[m.Status] {
			r.problem("%s has the status %q", m.ID, m.Status)
		}
		if ids[m.ID] {
			r.problem("%s is there twice", m.ID)
		}
		ids[m.ID] = true
	}
	sum := 0
	for _, n := range r.report.Summary.ByStatus {
		sum += n
	}
	if sum != len(r.report.Mutants) || sum != r.report.Summary.Total {
		r.problem("statuses add up to %d of %d", sum, len(r.report.Mutants))
	}
	if n := r.report.Summary.ByStatus[mutant.Error]; n > 0 {
		r.problem("%d errors", n)
	}
	if n := r.report.Summary.ByStatus[mutant.Invalid]; n*200 >= sum && n > 0 {
		r.problem("%d of %d are invalid", n, sum)
	}
}

// verifySome holds verdicts against plain rebuilds.
func (r *trial) verifySome(module string) {
	args := append([]string{"verify", "-j", strconv.Itoa(r.jobs), "--profile", r.profile, "--sample", strconv.Itoa(r.verify), "--seed", "1"}, r.Flags...)
	start := time.Now()
	if err := r.tool.Run(context.Background(), module, append(args, "./...")...); err != nil {
		r.problem("%v", err)
		r.verified = "no"
		return
	}
	r.verified = fmt.Sprintf("%d in %.0f s", r.verify, time.Since(start).Seconds())
}

// row prints one line of the table.
func (r *trial) row(w *tabwriter.Writer) {
	by := r.report.Summary.ByStatus
	shown := by[mutant.Killed] + by[mutant.Timeout] + by[mutant.Survived] + by[mutant.NotCovered]
	t := r.report.Timing
	rate := 0.0
	if t.Mutants > 0 {
		rate = float64(shown) / t.Mutants * 1000
	}
	problems := "none"
	if len(r.problems) > 0 {
		problems = strings.Join(r.problems, "; ")
	}
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.1f\t%.1f\t%.0f\t%s\t%s\n",
		r.Name, r.report.Summary.Total, by[mutant.Killed], by[mutant.Timeout], by[mutant.Survived], by[mutant.NotCovered],
		by[mutant.Invalid], r.report.Summary.Total-shown-by[mutant.Invalid], t.Setup.Total/1000, t.Total/1000, rate, r.verified, problems)
}
