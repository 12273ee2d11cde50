package agent

import "testing"

// entry has the form of generated code: the original body behind the test of its
// function's switch, and a copy with the mutants' switches.
type entry struct {
	p  *Package
	on [4]bool
}

//go:noinline
func (e *entry) less(a, b int) bool {
	if e.on[2] {
		e.p.Tick(2)
		return V1(e.p, 3, a < b, a <= b)
	}
	return a < b
}

//go:noinline
func (e *entry) plainLess(a, b int) bool { return a < b }

// BenchmarkEntryPlain, BenchmarkEntryOff and BenchmarkEntryOn are one comparison
// in a function: as the user wrote it, in an instrumented function that does not
// hold the active mutant, and in the one that does.
func BenchmarkEntryPlain(b *testing.B) {
	e := &entry{p: &Package{}}
	b.ReportAllocs()
	for b.Loop() {
		sink = e.plainLess(1, 2)
	}
}

func BenchmarkEntryOff(b *testing.B) {
	e := &entry{p: &Package{}}
	b.ReportAllocs()
	for b.Loop() {
		sink = e.less(1, 2)
	}
}

func BenchmarkEntryOn(b *testing.B) {
	e := &entry{p: &Package{active: 7}}
	e.on[2] = true
	b.ReportAllocs()
	for b.Loop() {
		sink = e.less(1, 2)
	}
}
