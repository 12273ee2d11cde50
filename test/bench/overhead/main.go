// Command overhead measures what instrumented code costs while no mutant is
// active: benchmarks of a module, plain against built with the overlay that a run
// of evilution-go builds with. It is run by hand, on a machine that does nothing
// else:
//
//	go run ./test/bench/overhead [-n N] [-time DURATION] [-max RATIO]
//	go run ./test/bench/overhead [...] MODULE@VERSION|DIRECTORY BENCHMARKS
//
// BENCHMARKS is a regular expression as for go test -bench; they must be in the
// package at the module's root. Without arguments it takes gjson.Get, gjson.Valid
// and semver's check of constraints. The two binaries run in turns, N times each.
// Printed is a markdown table of medians with their ratio, the range of the ratio
// within a turn in brackets, and allocations. The exit code is 1 if a ratio is
// above -max.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

type options struct {
	rounds   int
	duration time.Duration
	max      float64
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "n", 10, "runs of each binary")
	flag.DurationVar(&o.duration, "time", 500*time.Millisecond, "time for each benchmark in each run")
	flag.Float64Var(&o.max, "max", 1.3, "highest ratio that is allowed")
	flag.Parse()
	if err := run(context.Background(), o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "overhead:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, args []string) error {
	subjects := standard
	switch len(args) {
	case 0:
	case 2:
		subjects = []benchmarks{{module: args[0], match: args[1]}}
	default:
		return fmt.Errorf("%d arguments: none, or a module and a regular expression", len(args))
	}
	dir, err := os.MkdirTemp("", "overhead-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%s. Median of %d.\n\n", subject.Machine(), o.rounds)
	fmt.Println("| module | benchmark | plain ns | switched ns | ratio | allocations plain | switched |")
	fmt.Println("|---|---|---:|---:|---:|---:|---:|")
	above := 0
	for _, b := range subjects {
		n, err := b.run(ctx, o, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", b.module, err)
		}
		above += n
	}
	if above > 0 {
		return fmt.Errorf("%d ratios above %v", above, o.max)
	}
	return nil
}
