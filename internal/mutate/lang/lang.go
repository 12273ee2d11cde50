// Package lang calculates with sets of strings that a finite automaton can tell: what a
// regular expression accepts, what one of its groups may hold, what comes of strings when
// they are split, and whether any string is left after such conditions.
//
// A Set is a complete deterministic automaton over runes. A string is seen as regexp and
// range see it: as runes, where a byte that is no UTF-8 is U+FFFD. Two strings that differ
// in such bytes only are one here; what depends on the difference is told from both sides
// (see Longer), and a constant that has such a byte, or U+FFFD itself, is refused.
//
// Runes that nothing tells apart are one class, so that an automaton has few columns even
// where an expression names a whole script. After each operation equal states and equal
// classes are joined.
//
// What is exact and what is not:
//
//   - Matching, Equal, And, Or, Not, Pieces, Trimmed and what is built from them are exact: a
//     string is in the set if and only if. Complements need that.
//   - Group is an upper bound: every text that the group ever holds is in it. An assertion
//     inside of the group is taken for granted. Holding is one, too.
//   - What is not regular for us (\b, lines within a text) or grows beyond the bounds gives
//     nil. nil is no set: of it nothing is known. Every operation on nil gives nil, and
//     nothing is ever empty that is nil. So whoever uses a Set to prove something proves
//     less where this package gives up, and nothing wrong.
//
// The bounds are those of the automata, not of time, so that what is proved does not depend
// on the machine. The largest result costs some ten milliseconds.
//
// A Set never changes, and the package keeps no state: all of it may be used by many
// goroutines at once.
package lang

import (
	"slices"
	"unicode/utf8"
)

// Set is a set of strings. nil stands for one that is not known.
type Set struct {
	cuts  []rune  // where intervals of runes begin, in order; the first is 0
	class []int   // of each interval
	next  [][]int // the state behind a state and a class; state 0 is where strings begin
	ends  []bool  // whether a string may end in a state
}

// mostStates and mostSteps, which are those of all states together, bound every automaton,
// and with them what an operation costs.
const (
	mostStates = 400
	mostSteps  = 12000
)

// Has tells whether s is in the set.
func (a *Set) Has(s string) bool {
	at := 0
	for _, r := range s {
		at = a.next[at][a.classOf(r)]
	}
	return a.ends[at]
}

func (a *Set) classOf(r rune) int {
	lo, hi := 0, len(a.cuts)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; a.cuts[mid] <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return a.class[lo]
}

// Size is how large the automaton is: what operations cost grows with it.
func (a *Set) Size() int {
	if a == nil {
		return 0
	}
	return len(a.next) * len(a.next[0])
}

// Empty tells whether nothing is in the set, as far as can be seen.
func (a *Set) Empty() bool {
	if a == nil {
		return false
	}
	for _, end := range a.ends { // all states can be come to
		if end {
			return false
		}
	}
	return true
}

// Example is one of the shortest strings in a, if there is any.
func (a *Set) Example() (s string, ok bool) {
	if a == nil {
		return "", false
	}
	sample := make([]rune, len(a.next[0]))
	for i, c := range slices.Backward(a.class) {
		sample[c] = a.cuts[i]
	}
	way := map[int]string{0: ""}
	for todo := []int{0}; len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		if a.ends[at] {
			return way[at], a.Has(way[at]) // a rune may be none that a string can have
		}
		for c, r := range sample {
			to := a.next[at][c]
			if _, known := way[to]; !known {
				way[to] = way[at] + string(r)
				todo = append(todo, to)
			}
		}
	}
	return "", false
}

// Within tells whether all of a is in b, as far as can be seen.
func (a *Set) Within(b *Set) bool { return a.And(b.Not()).Empty() }

// None and All are the least and the greatest set.
func None() *Set { return constant(false) }
func All() *Set  { return constant(true) }

func constant(ends bool) *Set {
	return &Set{cuts: []rune{0}, class: []int{0}, next: [][]int{{0}}, ends: []bool{ends}}
}

// Plain tells whether every byte of s is seen as it is.
func Plain(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError {
			return false
		}
	}
	return true
}
