package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// result is one benchmark in one run.
type result struct{ ns, allocations float64 }

// results are those of all runs of one binary, by benchmark.
type results map[string][]result

// run builds both binaries, lets them run in turns and prints the table's lines.
// It returns how many ratios are above the highest that is allowed.
func (b benchmarks) run(ctx context.Context, o options, dir string) (above int, err error) {
	m := subject.Chosen([]string{b.module}, nil)[0]
	module, err := m.Fetch(dir)
	if err != nil {
		return 0, err
	}
	if b.add != "" {
		if err := os.WriteFile(filepath.Join(module, "evilution_bench_test.go"), []byte(b.add), 0o644); err != nil {
			return 0, err
		}
	}
	plain, switched := module+".plain", module+".switched"
	file, _, err := subject.Overlay(ctx, module, "default", module+".overlay")
	if err != nil {
		return 0, err
	}
	if err := errors.Join(compile(ctx, module, plain), compile(ctx, module, switched, "-overlay", file)); err != nil {
		return 0, err
	}
	before, after := make(results), make(results)
	for range o.rounds {
		err := errors.Join(before.take(ctx, o, module, plain, b.match), after.take(ctx, o, module, switched, b.match))
		if err != nil {
			return 0, err
		}
	}
	return compare(m.Short(), before, after, o.max)
}

// take runs the benchmarks of a binary once.
func (r results) take(ctx context.Context, o options, dir, binary, match string) error {
	cmd := exec.CommandContext(ctx, binary, "-test.run=^$", "-test.bench="+match, "-test.benchmem", "-test.benchtime="+o.duration.String())
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(binary), err, out)
	}
	for line := range strings.Lines(string(out)) {
		if name, one, ok := parse(line); ok {
			r[name] = append(r[name], one)
		}
	}
	return nil
}

// parse reads a line such as "BenchmarkX-2  100  12.5 ns/op  8 B/op  1 allocs/op".
func parse(line string) (name string, r result, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
		return "", result{}, false
	}
	for i, unit := range fields {
		if i == 0 {
			continue
		}
		value, err := strconv.ParseFloat(fields[i-1], 64)
		switch {
		case unit == "ns/op" && err == nil:
			r.ns, ok = value, true
		case unit == "allocs/op" && err == nil:
			r.allocations = value
		}
	}
	name, _, _ = strings.Cut(strings.TrimPrefix(fields[0], "Benchmark"), "-")
	return name, r, ok
}

// compare prints a line for each benchmark.
func compare(module string, before, after results, highest float64) (above int, err error) {
	if len(before) == 0 {
		return 0, errors.New("no benchmark matches")
	}
	var names []string
	for name := range before {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		x, y := before[name], after[name]
		if len(x) != len(y) {
			return 0, fmt.Errorf("%s: %d plain runs and %d others", name, len(x), len(y))
		}
		var turns []float64
		for i := range x {
			turns = append(turns, y[i].ns/x[i].ns)
		}
		ns := func(r result) float64 { return r.ns }
		allocations := func(r result) float64 { return r.allocations }
		ratio := median(y, ns) / median(x, ns)
		if ratio > highest {
			above++
		}
		fmt.Printf("| %s | %s | %.1f | %.1f | %.2f [%.2f to %.2f] | %.0f | %.0f |\n", module, name, median(x, ns), median(y, ns),
			ratio, slices.Min(turns), slices.Max(turns), median(x, allocations), median(y, allocations))
	}
	return above, nil
}

func median(list []result, of func(result) float64) float64 {
	values := make([]float64, len(list))
	for i, r := range list {
		values[i] = of(r)
	}
	return subject.Median(values)
}
