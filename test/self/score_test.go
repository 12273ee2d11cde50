package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// sample has two packages: a with 9 of 10 detected, b with 1 of 2, where the
// survivor is accepted.
func sample() *report.Report {
	r := &report.Report{Complete: true, Module: "m", Packages: []report.Package{{Path: "m/a"}, {Path: "m/b"}}}
	add := func(path string, n int, like report.Mutant) {
		for range n {
			m := like
			m.Package = path
			r.Mutants = append(r.Mutants, &m)
		}
	}
	add("m/a", 9, with(mutant.Killed))
	add("m/a", 1, with(mutant.Survived))
	add("m/b", 1, with(mutant.Timeout))
	accepted := with(mutant.NotCovered)
	accepted.Accepted = "nobody can see it"
	add("m/b", 1, accepted)
	return r
}

func with(s mutant.Status) report.Mutant {
	return report.Mutant{Mutant: mutant.Mutant{Status: s, File: "x.go", Line: 7, Operator: "op", ID: "id-" + string(s)}}
}

func TestGate(t *testing.T) {
	for _, test := range []struct {
		name  string
		trial trial
		fails string // part of the error, "" for none
	}{
		{"each package has a half", trial{gate: gate{min: 50}}, ""},
		{"one package is below", trial{gate: gate{min: 51}}, "b has 50.0 %"},
		{"an accepted survivor does not raise a score", trial{gate: gate{min: 90}}, "b has 50.0 %"},
		{"it does among few", trial{since: "x", gate: gate{min: 90}}, ""},
		{"one of twelve is too many", trial{since: "x", gate: gate{min: 92}}, "of 12 mutants on changed lines 11"},
		{"all must be explained", trial{gate: gate{min: 50, explained: true}}, "no test notices 1 mutant,"},
		{"among few, too", trial{since: "x", gate: gate{explained: true}}, "no test notices 1 mutant,"},
	} {
		err := test.trial.verdict(sample(), nil)
		switch {
		case test.fails == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.fails != "" && (!errors.Is(err, errScore) || !strings.Contains(err.Error(), test.fails)):
			t.Errorf("%s: %v, want %s", test.name, err, test.fails)
		case test.fails != "" && code(err) != exitFailed:
			t.Errorf("%s: exit code %d", test.name, code(err))
		}
	}
}

// A change without mutants, such as one of the documentation, passes.
func TestNothingToJudge(t *testing.T) {
	empty := &report.Report{Complete: true}
	for _, tr := range []trial{{gate: gate{min: 85}}, {since: "x", gate: gate{min: 85, explained: true}}} {
		if err := tr.verdict(empty, nil); err != nil {
			t.Error(err)
		}
	}
}

// How the tool ended says more than its numbers.
func TestEndings(t *testing.T) {
	for script, want := range map[string]int{
		"exit 3": exitNoVerdict, "exit 1": exitBroken, "exit 4": exitBroken, "kill -KILL $$": exitBroken,
	} {
		ended := exec.Command("/bin/sh", "-c", script).Run()
		if got := code(trial{}.verdict(sample(), ended)); got != want {
			t.Errorf("%s: exit code %d, want %d", script, got, want)
		}
	}
	if got := code(trial{}.verdict(sample(), noVerdict{errors.New("ended early")})); got != exitNoVerdict {
		t.Errorf("ended early: exit code %d", got)
	}
}

func TestShow(t *testing.T) {
	var out strings.Builder
	r := sample()
	lost := with(mutant.Error)
	lost.Package, lost.Line, lost.Reason = "m/b", 8, "two runs ended differently"
	r.Mutants = append(r.Mutants, &lost)
	show(&out, r, func(string) ([]byte, error) { return nil, errors.New("no source") })
	for _, want := range []string{
		"x.go:7:0  op in ",
		"x.go:8:0  op in ", "\n    two runs ended differently\n",
		"a        10       9         1           0                 0        0      0      90.0 %\n",
		"b        3        1         1           1                 0        1      0      50.0 %\n",
		"all      13       10        2           1                 0        1      0      83.3 %\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, &out)
		}
	}
	if strings.Contains(out.String(), "id-not_covered") {
		t.Error("an accepted survivor is listed")
	}
}
