package plan

import (
	"slices"
	"time"
)

// A mutant that works with the clock or with random numbers may be noticed in one run
// and not in the next: it counts as noticed if any of several runs notices it. They
// are so many that the tests take repeatTime, within bounds.
const (
	repeatTime   = 250 * time.Millisecond
	mostRepeats  = 12
	leastRepeats = 5
)

// quick is a test that takes part in repeated runs although nothing in it depends on
// chance.
const quick = time.Millisecond

// Repeat is a process to run a number of times.
type Repeat struct {
	Process
	Times int
}

// Repeats is how often a survivor is run again; 0: chance has no part in it.
func (p Plan) Repeats() (n int) {
	for _, r := range p.Repeat {
		n += r.Times
	}
	return n
}

// repeat lists what is run again for a mutant in f, if chance decides what f works
// with in one of the tests that execute it: all tests of which that is true, and
// the quick ones between them. What these leave behind, memory that is warm as well
// as state, is what the next one meets in an ordinary run.
func (b *Binary) repeat(reaching []*test, f FuncKey) []*test {
	chancy := func(t *test) bool { return t.chancy[f] }
	if !slices.ContainsFunc(reaching, chancy) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.tests), func(t *test) bool { return !chancy(t) && t.quickest > quick })
}

// repeats is how often a survivor is run again by tests.
func repeats(tests []*test) int {
	var once time.Duration
	for _, t := range tests {
		once += t.quickest
	}
	return min(mostRepeats, max(leastRepeats, int(repeatTime/max(once, 1))))
}
