package plan

import (
	"cmp"
	"slices"
	"time"
)

// A mutant that works with the clock or with random numbers may be noticed in one run
// and not in the next, and a verdict that changes with every session teaches nothing.
// So the tests in which that can happen run many times over, in a batch: a process in
// which each of them runs as often as fits into its share of batchTime. What is
// detected then must be detected by Batches more of them than pass. A test runs at most
// mostTimes, so that one which fails once in some thousand runs all by itself will not
// do that.
const (
	Batches   = 3
	batchTime = 15 * time.Millisecond
	mostTimes = 100
	// often is how often a test runs in a batch for which that is enough. One that is too
	// slow runs alone as well: what the tests before it leave may be what keeps it from
	// noticing, now and then.
	often = 10
)

// quick is a test that takes part in a batch although nothing in it depends on chance.
const quick = time.Millisecond

// Repeats is how often a test runs in a batch at most; 0: chance has no part in it.
func (p Plan) Repeats() (most int) {
	for _, b := range p.Repeat {
		most = max(most, slices.Max(b.Times))
	}
	return most
}

// Chance is how often a test runs in the batches; 0: chance has no part in it.
func Chance(batches []Process, t TestRef) int {
	for _, b := range batches {
		if i := slices.Index(b.Tests, t.Test); b.Package == t.Package && i >= 0 {
			return b.Times[i]
		}
	}
	return 0
}

// batch plans one for a mutant in f, if chance decides what f works with in one of the
// tests that execute it: of all tests of which that is true and, once, of the quick ones
// between them. What these leave behind, memory that is warm as well as state, is what
// the next one meets in an ordinary run.
func (p Policy) batch(b *Binary, reaching []*test, f FuncKey) (batch Process, ok bool) {
	chancy := func(t *test) bool { return t.chancy[f] }
	if !slices.ContainsFunc(reaching, chancy) {
		return Process{}, false
	}
	tests := slices.DeleteFunc(slices.Clone(b.tests), func(t *test) bool { return !chancy(t) && t.quickest > quick })
	batch = p.process(b, tests, f)
	batch.Times = times(tests, chancy)
	for i, t := range tests {
		more := time.Duration(p.TimeoutFactor * float64(max(batch.Times[i]-1, 0)) * float64(t.duration))
		batch.Limits.Tests[i].Wall += more
		batch.Limits.Wall += more
	}
	return batch, true
}

// singly plans the processes of those tests that run too seldom in a batch.
func (p Policy) singly(b *Binary, batch Process, reaching []*test, f FuncKey) (list []Process) {
	for _, t := range reaching {
		n := Chance([]Process{batch}, TestRef{Package: b.Package, Test: t.name})
		if n > 0 && n < often && !t.coupled && !b.Whole {
			single := p.process(b, []*test{t}, f)
			single.Times = []int{1}
			list = append(list, single)
		}
	}
	return list
}

// times shares batchTime out among the tests that are chancy, evenly as far as all of
// them can use their share; the others get 0.
func times(tests []*test, chancy func(*test) bool) []int {
	var sharers []int
	for i, t := range tests {
		if chancy(t) {
			sharers = append(sharers, i)
		}
	}
	slices.SortStableFunc(sharers, func(a, b int) int { return cmp.Compare(tests[a].quickest, tests[b].quickest) })
	list, left := make([]int, len(tests)), batchTime
	for n, i := range sharers {
		each := max(tests[i].quickest, 1)
		list[i] = min(mostTimes, max(1, int(left/time.Duration(len(sharers)-n)/each)))
		left -= time.Duration(list[i]) * each
	}
	return list
}
