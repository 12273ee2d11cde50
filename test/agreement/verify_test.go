package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// TestVerify runs the real binary on an example, as the program does on modules.
func TestVerify(t *testing.T) {
	dir := t.TempDir()
	tool, err := subject.Build(dir)
	if err != nil {
		t.Fatal(err)
	}
	tool.Cache = t.TempDir()
	r, err := trial{tool: tool, sample: 6, seed: 1, jobs: 2}.verify(t.Context(), subject.Module{Name: "../../examples/calc"}, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Checks) != 6 || r.Decided <= 6 || !r.Complete {
		t.Errorf("%d of %d checked, complete %v", len(r.Checks), r.Decided, r.Complete)
	}
	if lines := r.disagreements(); len(lines) > 0 {
		t.Errorf("disagreements on an example:\n%s", strings.Join(lines, "\n"))
	}
}

func TestRow(t *testing.T) {
	check := func(s mutant.Status, operator string, agree bool) report.Check {
		m := &report.Mutant{}
		m.ID, m.File, m.Line, m.Status, m.Operator = "id", "f.go", 3, s, operator
		c := report.Check{Mutant: m, Agree: agree}
		if !agree {
			c.Plain.Status, c.Class, c.Why = mutant.Killed, report.ClassOrder, "because"
			c.Reproduce = &report.Commands{Plain: []string{"a", "b"}, Tool: []string{"c"}}
		}
		return c
	}
	r := result{Module: subject.Module{Name: "example.com/m@v1.0.0"}, Verification: report.Verification{Decided: 9, Checks: []report.Check{
		check(mutant.Killed, "x", true), check(mutant.Killed, "y", true), check(mutant.Survived, "x", false),
	}}}
	if got, want := r.row(), "m\t9\t3\t2\t0\t1\t0\t2\t66.6\t0"; got != want {
		t.Errorf("row %q, want %q", got, want)
	}
	want := []string{"id f.go:3 x: survived, plainly killed; order: because", "    a", "    b", "    c"}
	if got := r.disagreements(); !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
	if a, b := strings.Count(heading, "\t"), strings.Count(r.row(), "\t"); a != b {
		t.Errorf("%d columns have a heading, %d a value", a, b)
	}
}

func TestStandardModulesHaveVersions(t *testing.T) {
	for _, m := range standard() {
		if !strings.Contains(m.Name, "@v") {
			t.Errorf("%s is not one of the standard modules", m.Name)
		}
	}
}
