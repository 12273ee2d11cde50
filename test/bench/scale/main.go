// Command scale measures how the cost of a run grows with the module. It
// generates a module, runs evilution-go on it, and prints time per mutant and the
// Runner's own peak memory, for a quarter of the size and for the whole. It is run
// by hand, on a machine that does nothing else:
//
//	go run ./test/bench/scale [-packages P] [-mutants M] [-j N] [-limit DURATION]
//	go run ./test/bench/scale -generate DIRECTORY [-packages P] [-mutants M]
//
// Packages and mutants grow together, so that each package stays as it is. The
// Runner's memory is read from the system while it runs; what its workers and the
// go command use is not in it. Each run starts with nothing kept from an earlier
// one. The exit code is 1 if a run fails, makes another number of mutants than
// were asked for (rounded up to whole functions in each package), or if the
// Runner's memory passes -max.
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
	size
	jobs  int
	limit time.Duration
	max   int64 // bytes
}

func main() {
	var o options
	flag.IntVar(&o.packages, "packages", 100, "packages")
	flag.IntVar(&o.mutants, "mutants", 20000, "mutants in all packages together")
	flag.IntVar(&o.jobs, "j", 2, "workers")
	flag.DurationVar(&o.limit, "limit", time.Hour, "time for one run")
	flag.Int64Var(&o.max, "max", 1<<30, "highest memory of the Runner that is allowed, in `bytes`")
	only := flag.String("generate", "", "write the module into this `directory`, which must not exist, and end")
	flag.Parse()
	run := func() error { return measure(context.Background(), o) }
	if *only != "" {
		run = func() error { return o.generate(*only) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "scale-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := subject.Build(dir)
	if err != nil {
		return err
	}
	fmt.Printf("%s. %d workers.\n\n", subject.Machine(), o.jobs)
	fmt.Println("| packages | mutants | load s | build s | dry run s | mutants s | total s | ms per mutant: mutants | total | Runner's peak MiB |")
	fmt.Println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	quarter := size{packages: max(1, o.packages/4), mutants: max(1, o.mutants/4)}
	for _, s := range []size{quarter, o.size} {
		if err := o.row(ctx, tool, dir, s); err != nil {
			return fmt.Errorf("%d packages: %w", s.packages, err)
		}
	}
	return nil
}
