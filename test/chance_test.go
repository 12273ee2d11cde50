package test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// In this module chance decides whether a run notices a mutant: of Seven's once in a
// dozen runs of TestSeven, of Rare's once in a hundred million of TestRare. TestOnce
// cannot run twice in a process, and is seldom lucky too. Cold's is noticed in each run of
// TestCold alone, and in one of twenty after TestWarm.
var chanceModule = map[string]string{
	"go.mod": "module example.com/chance\n\ngo 1.22\n",
	"chance.go": `package chance

func Seven(n int) bool {
	next := n + 1
	if next%12 == 8 {
		return true
	}
	return false
}

func Rare(n int) bool {
	next := n + 1
	if next == 8 {
		return true
	}
	return false
}

func Once(n int) bool {
	next := n + 1
	if next == 8 {
		return true
	}
	return false
}

func Cold(n int) bool {
	next := n + 1
	if next > 0 {
		return true
	}
	return false
}
`,
	"chance_test.go": `package chance

import (
	"math/rand"
	"testing"
	"time"
)

func TestSeven(t *testing.T) {
	if n := rand.Intn(120_000_000); Seven(n) != (n%12 == 7) && n%12 == 7 {
		t.Error(n)
	}
}

func TestRare(t *testing.T) {
	if n := rand.Intn(100_000_000); Rare(n) != (n == 7) && n == 7 {
		t.Error(n)
	}
}

var ran bool

func TestOnce(t *testing.T) {
	if ran {
		t.Fatal("for the second time")
	}
	ran = true
	if n := rand.Intn(100_000_000); Once(n) != (n == 7) && n == 7 {
		t.Error(n)
	}
}

var warm bool

func TestWarm(t *testing.T) {
	Cold(rand.Intn(1000))
	warm = true
}

func TestCold(t *testing.T) {
	time.Sleep(3 * time.Millisecond)
	if n := rand.Intn(1000); !Cold(n) && (!warm || n%20 == 0) {
		t.Error(n)
	}
}
`,
}

// TestChance: what a test notices in one of some runs it notices in every session, and
// what fails a second time anyway is no detection.
func TestChance(t *testing.T) {
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(chanceModule)) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(chanceModule[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]mutant.Status{"Seven": mutant.Killed, "Rare": mutant.Survived, "Once": mutant.Survived, "Cold": mutant.Killed}
	for range 3 {
		met := make(map[string]bool)
		for id, m := range judged(t, "run", "--no-history", "--format", "json", dir) {
			if m.Operator != "condition_false" {
				continue
			}
			met[m.Function] = true
			if m.Status != want[m.Function] {
				t.Errorf("%s in %s: %s, want %s: %s", id, m.Function, m.Status, want[m.Function], m.Reason)
			}
			if m.Status == mutant.Survived && m.Cause != report.CauseAssertion {
				t.Errorf("%s in %s: %s", id, m.Function, m.Cause)
			}
		}
		if len(met) != len(want) {
			t.Fatalf("mutants in %v", met)
		}
	}
}
