package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/pflag"

	"github.com/evilution-go/evilution-go/internal/report"
)

// Flags of `verify` that decide what a mutant is, and those that decide who
// judges it and how.
var (
	choosing = []string{"profile", "operators", "ignore-calls", "tags"}
	judging  = []string{"skip", "tests", "no-infection", "timeout-factor", "confirm-survivors", "jobs", "sandbox"}
)

// reproduction are the commands that judge the mutant of a check again, with the
// flags that `verify` was given.
func reproduction(flags *pflag.FlagSet, t target, c *report.Check) *report.Commands {
	dir := filepath.Join(os.TempDir(), "mutant-"+c.Mutant.ID)
	write := append([]string{"evilution-go", "mutants", "--mutant", c.Mutant.ID, "--overlay", dir}, given(flags, choosing)...)
	test := []string{"go", "test", "-vet=off", "-count=1", "-overlay=" + filepath.Join(dir, overlayFile)}
	for _, name := range []string{"tags", "skip"} {
		if f := flags.Lookup(name); f != nil && f.Value.String() != "" {
			test = append(test, "-"+name+"="+f.Value.String())
		}
	}
	if len(c.Plain.Tests) > 0 {
		test = append(test, "-run="+exactly(c.Plain.Tests))
	}
	if c.Plain.Package != "" {
		test = append(test, c.Plain.Package)
	}
	run := append([]string{"evilution-go", "run", "--mutant", c.Mutant.ID}, given(flags, choosing)...)
	run = append(run, given(flags, judging)...)
	return &report.Commands{
		Plain: []string{shell(append(write, t.patterns...)), shell(test)},
		Tool:  []string{shell(append(run, t.patterns...))},
	}
}

// exactly is a pattern of go test that matches these tests and no others.
func exactly(tests []string) string {
	names := make([]string, len(tests))
	for i, t := range tests {
		names[i] = regexp.QuoteMeta(t)
	}
	return "^(" + strings.Join(names, "|") + ")$"
}

// given are those of the named flags that were set, as they can be given again.
func given(flags *pflag.FlagSet, names []string) []string {
	var list []string
	for _, name := range names {
		f := flags.Lookup(name)
		if f == nil || !f.Changed {
			continue
		}
		value := f.Value.String()
		if s, ok := f.Value.(pflag.SliceValue); ok {
			value = strings.Join(s.GetSlice(), ",")
		}
		list = append(list, "--"+name+"="+value)
	}
	return list
}

var plainWord = regexp.MustCompile(`^[\w./:=,@%+-]+$`)

// shell writes words as one command line of a POSIX shell.
func shell(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		if quoted[i] = w; !plainWord.MatchString(w) {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}
