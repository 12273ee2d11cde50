package runner

import (
	"fmt"
	"slices"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// population has 80 killed mutants of three operators and two packages, and few
// of anything else.
func population() []*subject {
	var all []*subject
	add := func(n int, status mutant.Status, operator, pkg string) {
		for range n {
			m := &report.Mutant{}
			m.ID = fmt.Sprint(len(all))
			m.Status, m.Operator, m.Package = status, operator, pkg
			all = append(all, &subject{Mutant: m})
		}
	}
	add(70, mutant.Killed, "a", "p")
	add(9, mutant.Killed, "b", "p")
	add(1, mutant.Killed, "c", "q")
	add(9, mutant.Survived, "a", "p")
	add(9, mutant.Survived, "b", "q")
	add(2, mutant.NotCovered, "a", "p")
	return all
}

func ids(list []*subject) []string {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = m.ID
	}
	return names
}

func count(list []*subject, is func(*subject) bool) (n int) {
	for _, m := range list {
		if is(m) {
			n++
		}
	}
	return n
}

func TestSampleIsSpreadEvenly(t *testing.T) {
	for seed := range uint64(20) {
		chosen := sample(population(), 12, seed)
		for status, want := range map[mutant.Status]int{mutant.Killed: 5, mutant.Survived: 5, mutant.NotCovered: 2} {
			if n := count(chosen, func(m *subject) bool { return m.Status == status }); n != want {
				t.Errorf("seed %d: %d of 12 are %s, want %d", seed, n, status, want)
			}
		}
		if n := count(chosen, func(m *subject) bool { return m.Operator == "c" }); n != 1 {
			t.Errorf("seed %d: the only mutant of its operator was drawn %d times", seed, n)
		}
		if n := count(chosen, func(m *subject) bool { return m.Operator == "b" }); n < 4 {
			t.Errorf("seed %d: only %d of 12 are of operator b", seed, n)
		}
		if n := count(chosen, func(m *subject) bool { return m.Package == "q" }); n < 2 {
			t.Errorf("seed %d: only %d of 12 are of package q", seed, n)
		}
	}
}

func TestSampleIsDecidedByItsSeed(t *testing.T) {
	first := ids(sample(population(), 12, 3))
	if again := ids(sample(population(), 12, 3)); !slices.Equal(first, again) {
		t.Errorf("the same seed drew %v and %v", first, again)
	}
	if small := ids(sample(population(), 5, 3)); !slices.Equal(first[:5], small) {
		t.Errorf("a sample of 5 is %v, one of 12 begins with %v", small, first[:5])
	}
	if other := ids(sample(population(), 12, 4)); slices.Equal(first, other) {
		t.Errorf("two seeds drew the same mutants: %v", other)
	}
	if twice := slices.Compact(slices.Sorted(slices.Values(first))); len(twice) != 12 {
		t.Errorf("%v names one twice", first)
	}
}

func TestSampleOfAll(t *testing.T) {
	all := population()
	for _, n := range []int{0, len(all), len(all) + 1} {
		if got := sample(all, n, 1); !slices.Equal(ids(got), ids(all)) {
			t.Errorf("a sample of %d has %d of %d mutants", n, len(got), len(all))
		}
	}
}
