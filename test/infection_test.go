package test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// TestInfectionChangesNoVerdict holds runs that leave out what made no difference
// against runs of everything that is executed, mutant for mutant. test/same does
// this on more modules and with more settings.
func TestInfectionChangesNoVerdict(t *testing.T) {
	for _, name := range []string{"infection", "order"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(root, "examples", name)
			with := judged(t, "run", "-j", "2", "--format", "json", dir)
			without := judged(t, "run", "-j", "2", "--no-infection", "--format", "json", dir)
			if len(with) == 0 || len(with) != len(without) {
				t.Fatalf("%d mutants, %d without infection", len(with), len(without))
			}
			for id, m := range with {
				other := without[id]
				if other == nil || m.Status != other.Status {
					t.Errorf("%s, %s:%d: %s, without infection %+v", m.Operator, m.File, m.Line, m.Status, other)
				}
			}
		})
	}
}

// TestNotInfectedIsNotRun keeps the comparison honest: with infection there are
// mutants that are decided without a process, and without it all of them run.
func TestNotInfectedIsNotRun(t *testing.T) {
	dir := filepath.Join(root, "examples", "infection")
	idle := 0
	for _, m := range judged(t, "run", "--format", "json", dir) {
		if m.Cause != report.CauseInfection {
			continue
		}
		idle++
		if m.Status != mutant.Survived || len(m.TestsReaching) == 0 || len(m.TestsRun) > 0 || m.DurationMS > 0 {
			t.Errorf("%s, %s:%d is not infected: %+v", m.Operator, m.File, m.Line, m)
		}
	}
	if idle == 0 {
		t.Error("infection has decided nothing")
	}
	for _, m := range judged(t, "run", "--no-infection", "--format", "json", dir) {
		if m.Cause == report.CauseInfection || m.Status == mutant.Survived && len(m.TestsRun) == 0 {
			t.Errorf("%s, %s:%d was not run: %+v", m.Operator, m.File, m.Line, m)
		}
	}
}

// judged runs the binary and returns the mutants of its JSON by id.
func judged(t *testing.T, args ...string) map[string]*report.Mutant {
	t.Helper()
	var r report.Report
	if err := json.Unmarshal(command(t, args...), &r); err != nil {
		t.Fatal(err)
	}
	mutants := make(map[string]*report.Mutant)
	for _, m := range r.Mutants {
		mutants[m.ID] = m
	}
	return mutants
}
