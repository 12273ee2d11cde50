package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// of makes mutants with the given statuses.
func of(statuses ...mutant.Status) []*report.Mutant {
	var list []*report.Mutant
	for _, s := range statuses {
		list = append(list, &report.Mutant{Mutant: mutant.Mutant{Status: s}})
	}
	return list
}

func TestSummarize(t *testing.T) {
	for _, test := range []struct {
		name           string
		mutants        []*report.Mutant
		score, covered string
	}{
		{"nothing", nil, "none", "none"},
		{"only what counts for nothing", of(mutant.Invalid, mutant.Ignored, mutant.Equivalent, mutant.Flaky, mutant.Error, mutant.Pending, ""), "none", "none"},
		{"all detected", of(mutant.Killed, mutant.Timeout), "100.0", "100.0"},
		{"none detected", of(mutant.Survived, mutant.NotCovered), "0.0", "0.0"},
		{"only not covered", of(mutant.NotCovered), "0.0", "none"},
		{"two thirds, cut", of(mutant.Killed, mutant.Killed, mutant.Survived), "66.6", "66.6"},
		{"covered differs", of(mutant.Killed, mutant.Survived, mutant.NotCovered, mutant.NotCovered), "25.0", "50.0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := report.Summarize(test.mutants)
			if got := report.Percent(s.Score); got != test.score {
				t.Errorf("score = %s, want %s", got, test.score)
			}
			if got := report.Percent(s.CoveredScore); got != test.covered {
				t.Errorf("covered score = %s, want %s", got, test.covered)
			}
			sum := 0
			for _, status := range mutant.Statuses() {
				n, ok := s.ByStatus[status]
				if !ok {
					t.Errorf("no entry for %s", status)
				}
				sum += n
			}
			if sum != s.Total || s.Total != len(test.mutants) {
				t.Errorf("statuses add up to %d of %d", sum, len(test.mutants))
			}
		})
	}
}

func TestPercentNeverFlatters(t *testing.T) {
	for value, want := range map[float64]string{99.99: "99.9", 100: "100.0", 88.4: "88.4", 0.04: "0.0"} {
		if got := report.Percent(&value); got != want {
			t.Errorf("Percent(%v) = %s, want %s", value, got, want)
		}
	}
}

func TestExitCode(t *testing.T) {
	half, all := 50.0, 100.0
	red := []report.Package{{Path: "p", Status: report.PackageTestsFail}}
	uncompiled := []report.Package{{Path: "p", Status: report.PackageBroken}}
	for _, test := range []struct {
		name     string
		mutants  []*report.Mutant
		packages []report.Package
		min      *float64
		partial  bool
		trouble  error
		want     int
	}{
		{name: "survivors without a gate", mutants: of(mutant.Survived), want: 0},
		{name: "score just met", mutants: of(mutant.Survived, mutant.Killed), min: &half, want: 0},
		{name: "score missed", mutants: of(mutant.Survived, mutant.Killed), min: &all, want: 1},
		{name: "nothing in scope", min: &all, want: 0},
		{name: "no score", mutants: of(mutant.Invalid), min: &half, want: 1},
		{name: "an error", mutants: of(mutant.Killed, mutant.Error), want: 1},
		{name: "tests fail", packages: red, mutants: of(mutant.Pending), want: 3},
		{name: "does not compile", packages: uncompiled, want: 3},
		{name: "tests fail and the gate fails", packages: red, mutants: of(mutant.Survived), min: &half, want: 3},
		{name: "incomplete", mutants: of(mutant.Killed), partial: true, want: 4},
		{name: "trouble above all", packages: red, mutants: of(mutant.Survived), min: &all, trouble: errors.New("no disk"), want: 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &report.Report{Complete: !test.partial, Mutants: test.mutants, Packages: test.packages}
			r.Summarize()
			if got := (report.Gate{MinScore: test.min}).ExitCode(r, test.trouble); got != test.want {
				t.Errorf("exit code = %d, want %d", got, test.want)
			}
		})
	}
}

func TestGateSaysByHowMuch(t *testing.T) {
	minimum := 75.0
	r := &report.Report{Mutants: of(mutant.Killed, mutant.Survived, mutant.Survived, mutant.Survived)}
	r.Summarize()
	failures := report.Gate{MinScore: &minimum}.Failures(r)
	if len(failures) != 1 || !strings.Contains(failures[0], "2 more of 4") {
		t.Errorf("failures = %q, want one that says 2 more of 4", failures)
	}
}

func TestDiffOfAChangedFile(t *testing.T) {
	m := change("m", "arithmetic", "Max", "a > b", "a < b")
	if _, err := report.Diff(&m, func(string) ([]byte, error) { return []byte("package other\n"), nil }); err == nil {
		t.Error("no error for a file that has changed")
	}
}
