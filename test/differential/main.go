// Command differential runs the tests of real modules plain and instrumented,
// with no mutant active, and compares which pass and which fail. It is run by
// hand:
//
//	go run ./test/differential [-profile P] [MODULE@VERSION | DIRECTORY ...]
//
// Instrumented tests run twice: "switched" is what a run of evilution-go begins
// with, where every function takes its original body; in "copies" every function
// takes the body with the switches, as in a dry run. A test, fuzz target, example
// or subtest that two plain runs do not agree on is left out, and counted as
// unsteady. Below each line of the table stand the tests that differ; the exit
// code is 1 if there are any.
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
	profile := flag.String("profile", "all", "which mutants: default, strong or all")
	flag.Parse()
	if err := run(context.Background(), *profile, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "differential:", err)
		os.Exit(1)
	}
}

// more are modules beside the standard ones: reflection and the places of callers,
// a parser with large tables, generics, and a module without generics or a go line
// that knows them.
var more = []subject.Module{
	{Name: "github.com/google/go-cmp@v0.7.0"},
	{Name: "github.com/BurntSushi/toml@v1.5.0"},
	{Name: "github.com/google/btree@v1.1.3"},
	{Name: "github.com/julienschmidt/httprouter@v1.3.0"},
}

func run(ctx context.Context, profile string, names []string) error {
	dir, err := os.MkdirTemp("", "differential-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "module\tmutants\ttests\tpass\tfail\tskip\tunsteady\tswitched differs\tcopies differ")
	bad := 0
	for _, m := range subject.Chosen(names, append(subject.Standard(), more...)) {
		c, err := compare(ctx, m, profile, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", m.Short(), c.mutants, len(c.plain),
			c.plain.count("pass"), c.plain.count("fail"), c.plain.count("skip"), c.unsteady, len(c.switched), len(c.copies))
		table.Flush()
		for _, line := range append(c.switched, c.copies...) {
			fmt.Println("   ", line)
		}
		bad += len(c.switched) + len(c.copies)
	}
	if bad > 0 {
		return fmt.Errorf("%d differences", bad)
	}
	return nil
}
