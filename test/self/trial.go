package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// run builds the tool, runs it in a namespace, and prints and judges what it found.
func (t trial) run(ctx context.Context) error {
	b, err := newBox()
	if err != nil {
		return noVerdict{fmt.Errorf("no PID namespace can be had here, and outside of one nothing is run: %w", err)}
	}
	dir, err := os.MkdirTemp("", "self-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := subject.Build(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "report.json")
	begin := time.Now()
	ended := t.judge(ctx, b, tool, path)
	r, err := read(path)
	if err != nil {
		return errors.Join(ended, err)
	}
	show(os.Stdout, r, report.DirSource("."))
	fmt.Printf("%s, -j %d, %.0f s\n", subject.Machine(), t.jobs, time.Since(begin).Seconds())
	return t.verdict(r, ended)
}

// judge runs the tool, which writes its report to path.
func (t trial) judge(ctx context.Context, b box, tool subject.Tool, path string) error {
	if t.limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, t.limit)
		defer cancel()
	}
	cmd, err := tool.Command(ctx, ".", t.arguments(path)...)
	if err != nil {
		return err
	}
	cmd.Stderr = os.Stderr
	err = b.contain(cmd)
	if ctx.Err() != nil {
		return noVerdict{fmt.Errorf("ended early: %w", ctx.Err())}
	}
	return err
}

func (t trial) arguments(path string) []string {
	args := []string{"run", "--tests", "package", "-j", strconv.Itoa(t.jobs), "--format", "json", "--output", path}
	if t.since != "" {
		args = append(args, "--since", t.since)
	}
	return append(args, t.packages...)
}

func read(path string) (*report.Report, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	r := new(report.Report)
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	return r, nil
}

// verdict is nil if r passes. ended is how the tool ended.
func (t trial) verdict(r *report.Report, ended error) error {
	var exit *exec.ExitError
	switch {
	case errors.As(ended, &exit) && exit.ExitCode() == report.ExitTests:
		return noVerdict{errors.New("tests fail without any mutant")}
	case errors.As(ended, &exit) && exit.ExitCode() == report.ExitGate:
		return errors.New("some mutants could not be judged")
	case ended != nil:
		return ended
	case t.since != "":
		return t.gate.changed(r)
	}
	return t.gate.packages(r)
}
