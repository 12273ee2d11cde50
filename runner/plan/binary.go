package plan

import (
	"slices"
	"time"
)

// Key names a mutant: its package and its number there.
type Key struct {
	Package string
	Number  int
}

// FuncKey names an instrumented function: its package and its number there.
type FuncKey struct {
	Package string
	Func    int
}

// Trace is what one stretch of execution (a test, an initialisation) touched.
type Trace struct {
	Hits    map[Key]Hits
	Ticks   map[FuncKey]uint64
	Longest map[FuncKey]uint64 // the most ticks between two calls of a function
	Sums    map[FuncKey]uint64 // of the values that the switches of a function saw
}

// Hits counts how often a mutant's site was executed, and how often the mutant
// would have made a difference there.
type Hits struct {
	Reached  uint64
	Infected uint64
}

// Run is one test as one process saw it.
type Run struct {
	Test     string
	Passed   bool
	Duration time.Duration
	Trace    Trace
}

// Recording is one process in record mode.
type Recording struct {
	// Outside is what ran outside of any test: package initialisation, TestMain.
	Outside Trace
	Runs    []Run
}

// Binary is what is known of one test binary without any mutant.
type Binary struct {
	// Package is the import path whose tests these are.
	Package string
	// Whole is true when the tests were not recorded alone: only whole in-order
	// runs judge.
	Whole bool
	// Trimmed tells that tests were set aside, so that even the whole run differs
	// from what was seen to pass.
	Trimmed bool
	// Peak is the most memory that a recording used, in bytes.
	Peak int64
	// Processes are the most that a recording had at the same time.
	Processes int
	// Start is what a process of it costs beside its tests, at least; 0 if unknown.
	Start time.Duration

	tests   []*test // in the binary's order, those set aside left out
	aside   []*test // those, as far as they are recorded
	outside Trace
}

// test is one judging test.
type test struct {
	name     string
	duration time.Duration    // the longest seen
	clean    time.Duration    // the longest without being recorded; 0: unknown
	quickest time.Duration    // the shortest
	work     uint64           // how many places of mutants it executes, at most
	trace    Trace            // the union of all recordings
	runs     int              // recordings
	coupled  bool             // failed alone: depends on what ran before it
	chancy   map[FuncKey]bool // functions that worked with other values in each recording
}

// NewBinary starts from the whole in-order recording, in which every listed test
// passed. Tests that may not judge are left out by the caller; trimmed says that
// there were some.
func NewBinary(pkg string, inOrder Recording, trimmed bool) *Binary {
	b := &Binary{Package: pkg, Trimmed: trimmed, outside: NewTrace()}
	b.outside.add(inOrder.Outside)
	for _, r := range inOrder.Runs {
		t := &test{name: r.Test, trace: NewTrace(), chancy: make(map[FuncKey]bool)}
		t.see(r)
		b.tests = append(b.tests, t)
	}
	return b
}

// AddAlone adds the recording of one test in a process of its own. ok is false
// when that process as a whole failed: then the test depends on what runs before
// it, and what it reached alone is no part of any run that judges.
func (b *Binary) AddAlone(name string, rec Recording, ok bool) {
	i := slices.IndexFunc(b.tests, func(t *test) bool { return t.name == name })
	if i < 0 {
		return
	}
	t := b.tests[i]
	if t.coupled = !ok; t.coupled {
		return
	}
	b.outside.add(rec.Outside)
	for _, r := range rec.Runs {
		if r.Test == name {
			t.see(r)
		}
	}
}

// AddAside adds a recording of a test that may not judge.
func (b *Binary) AddAside(name string, rec Recording) {
	i := slices.IndexFunc(b.aside, func(t *test) bool { return t.name == name })
	if i < 0 {
		i = len(b.aside)
		b.aside = append(b.aside, &test{name: name, trace: NewTrace()})
	}
	for _, r := range rec.Runs {
		if r.Test == name {
			b.aside[i].trace.add(r.Trace)
		}
	}
}

// AddTimes adds what a test took without being recorded, at least and at most.
func (b *Binary) AddTimes(name string, least, most time.Duration) {
	for _, t := range b.tests {
		if t.name == name {
			t.quickest, t.clean = min(t.quickest, least), max(t.clean, most)
		}
	}
}

// Tests lists the judging tests in the binary's order.
func (b *Binary) Tests() []string {
	names := make([]string, len(b.tests))
	for i, t := range b.tests {
		names[i] = t.name
	}
	return names
}

// Without is what is known of the binary without some of its tests.
func (b *Binary) Without(aside func(test string) bool) *Binary {
	left := *b
	left.tests, left.aside = nil, slices.Clone(b.aside)
	for _, t := range b.tests {
		if aside(t.name) {
			left.aside = append(left.aside, t)
		} else {
			left.tests = append(left.tests, t)
		}
	}
	left.Trimmed = b.Trimmed || len(left.tests) < len(b.tests)
	return &left
}

// Took is what a test took at least; 0 for a test that is not there.
func (b *Binary) Took(name string) time.Duration {
	for _, t := range b.tests {
		if t.name == name {
			return t.quickest
		}
	}
	return 0
}

// Reached counts the mutants that any judging test executes.
func (b *Binary) Reached() int {
	all := NewTrace()
	for _, t := range b.tests {
		all.add(t.trace)
	}
	return len(all.Hits)
}

// Duration is what all judging tests together took at most.
func (b *Binary) Duration() time.Duration {
	var sum time.Duration
	for _, t := range b.tests {
		sum += t.duration
	}
	return sum
}

// see adds one recording. A pair of test and mutant whose counts differ between
// two recordings depends on something else than the test (the clock, the order
// of a map, goroutines, what ran before), so what was seen of it proves nothing:
// it counts as infected.
func (t *test) see(r Run) {
	t.duration = max(t.duration, r.Duration)
	t.work = max(t.work, r.Trace.reached())
	if t.runs == 0 || r.Duration < t.quickest {
		t.quickest = r.Duration
	}
	for k, hits := range r.Trace.Hits {
		if t.runs > 0 && t.trace.Hits[k] != hits {
			hits.Infected = max(hits.Infected, 1)
		}
		t.trace.Hits[k] = t.trace.Hits[k].union(hits)
	}
	for k, hits := range t.trace.Hits {
		if _, again := r.Trace.Hits[k]; !again {
			t.trace.Hits[k] = hits.union(Hits{Infected: 1})
		}
	}
	t.trace.addTicks(r.Trace)
	t.compare(r.Trace.Sums)
	t.runs++
}

// compare finds the functions that have seen other values than before: they depend
// on the clock, on random numbers or on what ran before.
func (t *test) compare(sums map[FuncKey]uint64) {
	for f, sum := range sums {
		if seen, again := t.trace.Sums[f]; again && seen != sum {
			t.chancy[f] = true
		}
		t.trace.Sums[f] = sum
	}
}

// infected tells whether the mutant can have made a difference in this test;
// only two equal recordings without any prove that it did not.
func (t *test) infected(k Key) bool {
	return t.trace.Hits[k].Infected > 0 || t.runs < 2
}

// NewTrace returns an empty trace.
func NewTrace() Trace {
	return Trace{Hits: make(map[Key]Hits), Ticks: make(map[FuncKey]uint64), Longest: make(map[FuncKey]uint64), Sums: make(map[FuncKey]uint64)}
}

// reached counts how often sites of mutants were executed.
func (t Trace) reached() (sum uint64) {
	for _, hits := range t.Hits {
		sum += hits.Reached
	}
	return sum
}

// add makes t the union of both traces, with the larger counts.
func (t Trace) add(other Trace) {
	for k, hits := range other.Hits {
		t.Hits[k] = t.Hits[k].union(hits)
	}
	t.addTicks(other)
}

func (t Trace) addTicks(other Trace) {
	for f, n := range other.Ticks {
		t.Ticks[f] = max(t.Ticks[f], n)
	}
	for f, n := range other.Longest {
		t.Longest[f] = max(t.Longest[f], n)
	}
}

func (h Hits) union(other Hits) Hits {
	return Hits{Reached: max(h.Reached, other.Reached), Infected: max(h.Infected, other.Infected)}
}
