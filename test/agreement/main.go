// Command agreement holds verdicts of the real binary against plain rebuilds, on
// real modules, and prints how far they agree. It is run by hand and every night:
//
//	go run ./test/agreement [-sample N] [-seed N] [-j N] [MODULE@VERSION | DIRECTORY ...]
//
// For each module it runs `evilution-go verify`. A line of the table says how many
// mutants of each status were rebuilt; below stand the disagreements with what
// they come from and how to see them again. The exit code is 1 if there are any.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

func main() {
	var t trial
	flag.IntVar(&t.sample, "sample", 100, "verdicts to verify in each module; 0: all")
	flag.Uint64Var(&t.seed, "seed", 1, "which ones")
	flag.IntVar(&t.jobs, "j", 2, "workers")
	flag.Parse()
	if err := run(context.Background(), t, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "agreement:", err)
		os.Exit(1)
	}
}

// standard are four of the modules that every change is held against. Of the other
// two, one has tests whose outcome depends on time, and one a parser whose loops
// make verifying slow.
func standard() []subject.Module {
	return subject.Chosen([]string{"uuid", "semver", "mux", "cast"}, nil)
}

func run(ctx context.Context, t trial, names []string) error {
	dir, err := os.MkdirTemp("", "agreement-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if t.tool, err = subject.Build(dir); err != nil {
		return err
	}
	fmt.Println(subject.Machine())
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, heading)
	bad := 0
	for _, m := range subject.Chosen(names, standard()) {
		r, err := t.verify(ctx, m, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		fmt.Fprintln(table, r.row())
		table.Flush()
		for _, line := range r.disagreements() {
			fmt.Println("   ", line)
		}
		bad += r.Disagreements()
	}
	if bad > 0 {
		return fmt.Errorf("%d disagreements", bad)
	}
	return nil
}
