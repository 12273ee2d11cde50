package main

import (
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

func TestDifferences(t *testing.T) {
	of := func(statuses map[string]mutant.Status) *report.Report {
		r := new(report.Report)
		for _, id := range []string{"a", "b", "c", "d"} {
			if status := statuses[id]; status != "" {
				r.Mutants = append(r.Mutants, &report.Mutant{Mutant: mutant.Mutant{ID: id, Status: status}})
			}
		}
		return r
	}
	first := of(map[string]mutant.Status{"a": mutant.Killed, "b": mutant.Survived, "c": mutant.Killed})
	if found := differences(first, first); len(found) > 0 {
		t.Errorf("a report differs from itself: %q", found)
	}
	found := differences(first, of(map[string]mutant.Status{"a": mutant.Killed, "b": mutant.NotCovered, "d": mutant.Killed}))
	want := []string{"b ", "c ", "d "}
	if len(found) != len(want) {
		t.Fatalf("found %q", found)
	}
	for i, id := range want {
		if !strings.HasPrefix(found[i], id) {
			t.Errorf("%q is not about %s", found[i], id)
		}
	}
}
