package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// setting is one way to run the tool.
type setting struct {
	name string
	args []string
	// cache names the place for what the tool keeps between runs: settings with the
	// same one see what the runs before them have left.
	cache string
	one   bool // only where the module has one package
}

// settings are compared with the first of them.
var settings = []setting{
	{name: "-j 2", args: []string{"-j", "2", "--no-history"}, cache: "a"},
	{name: "-j 2 again", args: []string{"-j", "2", "--no-history"}, cache: "a"},
	{name: "-j 1", args: []string{"-j", "1", "--no-history"}, cache: "a"},
	{name: "-j 8", args: []string{"-j", "8", "--no-history"}, cache: "a"},
	{name: "no infection", args: []string{"-j", "2", "--no-history", "--no-infection"}, cache: "a"},
	{name: "own tests", args: []string{"-j", "2", "--no-history", "--tests", "package"}, cache: "a", one: true},
	{name: "fresh", args: []string{"-j", "2"}, cache: "b"},
	{name: "with history", args: []string{"-j", "2"}, cache: "b"},
}

// comparison is the runs of one module.
type comparison struct {
	subject.Module
	settings []setting
	tool     subject.Tool
	dir      string
	limit    time.Duration
	match    *regexp.Regexp // of settings
	table    io.Writer

	first       *report.Report
	differences []string
}

// run runs all settings. The error is about a run that gave no verdicts.
func (c *comparison) run(ctx context.Context) error {
	module, err := c.Fetch(c.dir)
	if err != nil {
		return err
	}
	for i, s := range c.settings {
		if i > 0 && !c.wants(s) {
			continue
		}
		if err := c.try(ctx, module, s); err != nil {
			return fmt.Errorf("%s, %s: %w", c.Name, s.name, err)
		}
	}
	return nil
}

func (c *comparison) wants(s setting) bool {
	return c.match.MatchString(s.name) && !(s.one && len(c.first.Packages) != 1)
}

// try makes one run and compares it with the first.
func (c *comparison) try(ctx context.Context, module string, s setting) error {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	tool := c.tool
	tool.Cache = filepath.Join(c.dir, "cache-"+s.cache)
	start := time.Now()
	r, err := tool.Judge(ctx, module, append(append(s.args, c.Flags...), "./...")...)
	if err != nil {
		return err
	}
	wall := time.Since(start)
	if c.first == nil {
		c.first = r
	}
	found := differences(c.first, r)
	c.row(s, r, wall, len(found))
	for _, line := range found {
		c.differences = append(c.differences, s.name+": "+line)
	}
	return nil
}

const heading = "module\tsettings\tmutants\tkilled\ttimeout\tsurvived\tnot covered\tother\tflaky\trun\tseconds\tdifferent"

// row prints one line of the table.
func (c *comparison) row(s setting, r *report.Report, wall time.Duration, different int) {
	by := r.Summary.ByStatus
	shown := by[mutant.Killed] + by[mutant.Timeout] + by[mutant.Survived] + by[mutant.NotCovered]
	started := 0
	for _, m := range r.Mutants {
		if m.DurationMS > 0 {
			started++
		}
	}
	fmt.Fprintf(c.table, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.1f\t%d\n", c.Short(), s.name, r.Summary.Total,
		by[mutant.Killed], by[mutant.Timeout], by[mutant.Survived], by[mutant.NotCovered], r.Summary.Total-shown,
		len(r.SetAside), started, wall.Seconds(), different)
}

// differences says which mutants have another status in b than in a, or are in
// one of them only.
func differences(a, b *report.Report) []string {
	others := make(map[string]*report.Mutant)
	for _, m := range b.Mutants {
		others[m.ID] = m
	}
	var list []string
	for _, m := range a.Mutants {
		switch other := others[m.ID]; {
		case other == nil:
			list = append(list, place(m)+": not found")
		case other.Status != m.Status:
			list = append(list, fmt.Sprintf("%s: %s (%s), was %s (%s)", place(m), other.Status, oneLine(other.Reason), m.Status, oneLine(m.Reason)))
		}
		delete(others, m.ID)
	}
	for _, m := range b.Mutants {
		if others[m.ID] != nil {
			list = append(list, place(m)+": new")
		}
	}
	return list
}

func place(m *report.Mutant) string {
	return fmt.Sprintf("%s %s:%d %s", m.ID, m.File, m.Line, m.Operator)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
