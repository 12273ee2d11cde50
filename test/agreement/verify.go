package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// trial is what is done to each module.
type trial struct {
	tool         subject.Tool
	sample, jobs int
	seed         uint64
}

// result is what came of one module.
type result struct {
	subject.Module
	report.Verification
	took time.Duration
}

// verify runs the tool on a copy of m below dir. A disagreement is no error.
func (t trial) verify(ctx context.Context, m subject.Module, dir string) (*result, error) {
	module, err := m.Fetch(dir)
	if err != nil {
		return nil, err
	}
	args := append([]string{
		"verify", "--format", "json", "-q", "-j", strconv.Itoa(t.jobs),
		"--sample", strconv.Itoa(t.sample), "--seed", strconv.FormatUint(t.seed, 10),
	}, m.Flags...)
	cmd, err := t.tool.Command(ctx, module, append(args, "./...")...)
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	start := time.Now()
	out, err := cmd.Output()
	r := &result{Module: m, took: time.Since(start)}
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == report.ExitGate) {
		return nil, fmt.Errorf("run evilution-go verify: %w", err)
	}
	if err := json.Unmarshal(out, &r.Verification); err != nil {
		return nil, fmt.Errorf("read the verification: %w", err)
	}
	if len(r.Checks) == 0 {
		return nil, errors.New("nothing was verified")
	}
	return r, nil
}

// shown are the statuses that have a column.
var shown = []mutant.Status{mutant.Killed, mutant.Timeout, mutant.Survived, mutant.NotCovered}

const heading = "module\tdecided\tverified\tkilled\ttimeout\tsurvived\tnot covered\toperators\tagree %\ts"

// row is the module's line of the table.
func (r *result) row() string {
	by := make(map[mutant.Status]int)
	operators := make(map[string]bool)
	for _, c := range r.Checks {
		by[c.Mutant.Status]++
		operators[c.Mutant.Operator] = true
	}
	line := fmt.Sprintf("%s\t%d\t%d", r.Short(), r.Decided, len(r.Checks))
	for _, s := range shown {
		line += fmt.Sprintf("\t%d", by[s])
	}
	agree := float64(len(r.Checks)-r.Disagreements()) / float64(len(r.Checks)) * 100
	return line + fmt.Sprintf("\t%d\t%s\t%.0f", len(operators), report.Percent(&agree), r.took.Seconds())
}

// disagreements are lines about each of them.
func (r *result) disagreements() []string {
	var lines []string
	for _, c := range r.Checks {
		if c.Agree {
			continue
		}
		m := c.Mutant
		lines = append(lines, fmt.Sprintf("%s %s:%d %s: %s, plainly %s; %s: %s", m.ID, m.File, m.Line, m.Operator, m.Status, c.Plain.Status, c.Class, c.Why))
		if c.Reproduce != nil {
			for _, command := range slices.Concat(c.Reproduce.Plain, c.Reproduce.Tool) {
				lines = append(lines, "    "+command)
			}
		}
	}
	return lines
}
