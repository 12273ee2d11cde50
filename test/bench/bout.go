package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// sample is what one run took.
type sample struct {
	wall, cpu float64 // seconds
	mutants   int
}

// bout is both tools on one module.
type bout struct {
	subject.Module
	options
	dir, module string
	tool        subject.Tool
	gremlins    string
	warm        string // the build cache as the tests leave it

	theirs, ours pair
}

// pair is what a tool took that finds the build cache as the tests have left it, and
// what it took after that, with all that it has left itself.
type pair struct{ first, again []sample }

// run lets the tools run in turns.
func (b *bout) run(ctx context.Context) error {
	b.tool.Cache, b.warm = filepath.Join(b.dir, "cache"), filepath.Join(b.dir, "warm")
	for _, args := range [][]string{{"test", "./..."}, {"test", "-cover", "./..."}} {
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir, cmd.Env = b.module, append(os.Environ(), "GOCACHE="+b.warm)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("the tests fail: %w\n%s", err, out)
		}
	}
	for range b.rounds {
		if err := b.turn(ctx, b.runTheirs, &b.theirs); err != nil {
			return err
		}
		if err := b.turn(ctx, b.runOurs, &b.ours); err != nil {
			return err
		}
	}
	return nil
}

// turn lets a tool run twice. Both tools keep the build cache of whoever starts them.
func (b *bout) turn(ctx context.Context, run func(context.Context) (sample, error), into *pair) error {
	builds := filepath.Join(b.dir, "builds")
	for _, dir := range []string{b.tool.Cache, builds} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := os.CopyFS(builds, os.DirFS(b.warm)); err != nil {
		return err
	}
	if err := os.Setenv("GOCACHE", builds); err != nil {
		return err
	}
	for _, list := range []*[]sample{&into.first, &into.again} {
		s, err := run(ctx)
		if err != nil {
			return err
		}
		*list = append(*list, s)
	}
	return nil
}

// runOurs is one run of evilution-go.
func (b *bout) runOurs(ctx context.Context) (sample, error) {
	output := filepath.Join(b.dir, "ours.json")
	args := append([]string{"run", "-q", "-j", strconv.Itoa(b.jobs), "--format", "json", "--output", output}, b.Flags...)
	s, err := b.timed(ctx, func(ctx context.Context) (*exec.Cmd, error) {
		return b.tool.Command(ctx, b.module, append(args, "./...")...)
	})
	if err != nil {
		return s, err
	}
	var r report.Report
	if err := decode(output, &r); err != nil {
		return s, err
	}
	by := r.Summary.ByStatus
	s.mutants = by[mutant.Killed] + by[mutant.Timeout] + by[mutant.Survived]
	return s, nil
}

// timed runs a program to its end.
func (b *bout) timed(ctx context.Context, command func(context.Context) (*exec.Cmd, error)) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	cmd, err := command(ctx)
	if err != nil {
		return sample{}, err
	}
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, out[max(0, len(out)-600):])
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return sample{wall: wall.Seconds(), cpu: cpu.Seconds()}, nil
}

func decode(path string, doc any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, doc)
}

// print writes the lines of the table.
func (b *bout) print() {
	first := b.row("gremlins, first run", b.theirs.first, 0)
	again := b.row("gremlins, again", b.theirs.again, 0)
	b.row("evilution-go, first run", b.ours.first, first)
	b.row("evilution-go, again", b.ours.again, again)
}

// row writes one line and returns its mutants per second. base is what they are
// compared with; 0: nothing.
func (b *bout) row(name string, samples []sample, base float64) float64 {
	var walls, cpus, mutants []float64
	for _, s := range samples {
		walls, cpus, mutants = append(walls, s.wall), append(cpus, s.cpu), append(mutants, float64(s.mutants))
	}
	wall, count := subject.Median(walls), subject.Median(mutants)
	rate, times := count/wall, ""
	if base > 0 {
		times = fmt.Sprintf("%.1f", rate/base)
	}
	fmt.Printf("| %s | %s | %.0f | %.2f [%.2f to %.2f] | %.2f | %.1f | %s |\n", b.Short(), name, count,
		wall, slices.Min(walls), slices.Max(walls), subject.Median(cpus), rate, times)
	return rate
}
