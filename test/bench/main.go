// Command bench compares evilution-go with gremlins, a mutation tester that runs
// `go test` for every mutant: whole processes, same machine, same modules. It is
// run by hand, on a machine that does nothing else:
//
//	go run ./test/bench [-n N] [-j N] [-limit DURATION] [MODULE@VERSION | DIRECTORY ...]
//
// It installs gremlins with the go command into a temporary directory. The tools take
// turns, N times, and each runs twice in its turn: first with a build cache as
// `go test` and `go test -cover` of the module leave it, then again, with all that it
// has left itself. That is what it has built, for gremlins every mutant; evilution-go
// has its history, too. Printed is a markdown table of medians, with the range of the
// wall clock; first runs are compared with first runs, later with later ones.
//
// CPU is that of the process and of all descendants that were waited for, user
// and system. Mutants are those that the tests had to judge: of gremlins KILLED,
// LIVED, TIMED OUT and NOT VIABLE, which it has built too; of evilution-go killed,
// timeout and survived. Not covered ones cost nothing and count nowhere. The two
// make other mutants and believe other things: this is about the time, not about
// the verdicts.
//
// The folders beside this one measure what needs no other tool: overhead (code
// with all switches off against plain code) and scale (cost and memory by size).
// What single steps cost, the packages' own benchmarks tell:
//
//	go test -run '^$' -bench 'Entry|Is|V1|Tick' ./internal/agent/agent  # a switch: off, on, recording
//	go test -run '^$' -bench 'Write|Next' ./internal/frame              # a frame: written, read
//	go test -run '^$' -bench 'RoundTrip|Dispatch' ./workqueue           # an item: alone, in a stream
//	go test -run '^$' -bench 'StartProcess|Inner|Outer' ./supervisor    # a process: bare, tracked
//	go test -run '^$' -bench 'Run|Plain' ./isolation                    # a child with its scratch and frames, and without
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

func main() {
	var o options
	flag.IntVar(&o.rounds, "n", 5, "runs of each tool on each module")
	flag.IntVar(&o.jobs, "j", 2, "workers of each tool")
	flag.DurationVar(&o.limit, "limit", 30*time.Minute, "time for one run")
	flag.StringVar(&o.gremlins, "gremlins", "v0.6.0", "version of gremlins")
	flag.Parse()
	if err := run(context.Background(), o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	rounds, jobs int
	limit        time.Duration
	gremlins     string
}

func run(ctx context.Context, o options, names []string) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := subject.Build(dir)
	if err != nil {
		return err
	}
	gremlins, err := install(ctx, dir, o.gremlins)
	if err != nil {
		return err
	}
	fmt.Printf("%s. Median of %d, %d workers, range of the wall clock in brackets.\n\n", subject.Machine(), o.rounds, o.jobs)
	fmt.Println("| module | tool | mutants | wall s | CPU s | mutants/s | times gremlins |")
	fmt.Println("|---|---|---:|---:|---:|---:|---:|")
	for _, m := range subject.Chosen(names, subject.Standard()[:3]) {
		module, err := m.Fetch(dir)
		if err != nil {
			return err
		}
		b := bout{Module: m, options: o, dir: dir, module: module, tool: tool, gremlins: gremlins}
		if err := b.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		b.print()
	}
	return nil
}
