// Command same runs the real binary on the same module with different settings
// and compares the verdicts, mutant for mutant. It is run by hand:
//
//	go run ./test/same [-settings REGEXP] [-limit DURATION] [MODULE@VERSION | DIRECTORY ...]
//	go run ./test/same -runs 10 [-j 8] [-busy] [MODULE@VERSION | DIRECTORY ...]
//
// Whatever makes a run fast may only make it fast: the number of workers, what
// the dry runs prove (infection), what the last run has shown (history), and, in
// a module of one package, the choice of tests. Without arguments it takes the
// examples and three published modules. Each line of its table is one run ("run"
// counts the mutants that a process was started for), and below stand the mutants
// whose status is another than in the module's first run.
// The exit code is 1 if there are any: also where a module's own tests depend on
// time and the same settings would differ too. To see whether they do, the first
// settings run twice.
//
// With -runs it runs the same settings several times instead, the second half with a
// history, with -busy beside one endless loop for each processor. "flaky" counts the
// tests that were set aside: where that differs, verdicts may, too.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"text/tabwriter"
	"time"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

func main() {
	only := flag.String("settings", "", "run only the settings that match this `regexp`, beside the first")
	limit := flag.Duration("limit", 15*time.Minute, "time for one run")
	runs := flag.Int("runs", 0, "run the same settings so often instead")
	jobs := flag.String("j", "2", "workers of these runs")
	busy := flag.Bool("busy", false, "keep every processor busy meanwhile")
	flag.Parse()
	list := settings
	if *runs > 0 {
		list = again(*runs, *jobs)
	}
	if err := run(list, *only, *busy, *limit, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "same:", err)
		os.Exit(1)
	}
}

func run(list []setting, only string, busy bool, limit time.Duration, names []string) error {
	match, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	if busy {
		stop, err := occupy()
		if err != nil {
			return err
		}
		defer stop()
	}
	dir, err := os.MkdirTemp("", "same-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := subject.Build(dir)
	if err != nil {
		return err
	}
	modules, err := standard()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	bad := 0
	for _, m := range subject.Chosen(names, modules) {
		fmt.Fprintln(table, heading)
		c := comparison{Module: m, settings: list, tool: tool, dir: dir, limit: limit, match: match, table: table}
		if err := c.run(context.Background()); err != nil {
			return err
		}
		table.Flush()
		for _, line := range c.differences {
			fmt.Println("   ", line)
		}
		bad += len(c.differences)
	}
	if bad > 0 {
		return fmt.Errorf("%d differences", bad)
	}
	return nil
}

// standard are the examples with verdicts beside them and the first three of the
// published modules.
func standard() ([]subject.Module, error) {
	files, err := filepath.Glob("examples/*/expected.txt")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no examples: this must run in the repository's root (%v)", err)
	}
	var list []subject.Module
	for _, file := range files {
		list = append(list, subject.Module{Name: filepath.Dir(file)})
	}
	return append(list, subject.Standard()[:3]...), nil
}
