package lang

import (
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Equal is the set of s alone.
func Equal(s string) *Set { return constantly(s, `\A`, `\z`) }

// Beginning is what begins with s.
func Beginning(s string) *Set { return constantly(s, `\A`, ``) }

// Ending is what ends with s.
func Ending(s string) *Set { return constantly(s, ``, `\z`) }

// Containing is what has s in it.
func Containing(s string) *Set { return constantly(s, ``, ``) }

func constantly(s, before, behind string) *Set {
	if !Plain(s) {
		return nil
	}
	return Matching(before + regexp.QuoteMeta(s) + behind)
}

// Some is what has a rune in it that is, alone, in a.
func (a *Set) Some() *Set {
	if a == nil {
		return nil
	}
	return explore(alphabet{a.cuts, a.class}, false, func(found bool, c int) bool {
		return found || a.ends[a.next[0][c]]
	}, func(found bool) bool { return found })
}

// AnyOf are the runes of list, each alone.
func AnyOf(list string) *Set {
	if !Plain(list) {
		return nil
	}
	runes := []rune(list)
	slices.Sort(runes)
	var ranges []rune
	for _, r := range slices.Compact(runes) {
		ranges = append(ranges, r, r)
	}
	return single(ranges)
}

// Between are the runes from lo up to and including hi, each alone.
func Between(lo, hi rune) *Set {
	lo, hi = max(lo, 0), min(hi, unicode.MaxRune)
	if lo > hi {
		return None()
	}
	return single([]rune{lo, hi})
}

// single are the runes in ranges, which are in order, each alone.
func single(ranges []rune) *Set {
	a := alphabet{cuts: []rune{0}, class: []int{0}}
	set := func(at rune, class int) {
		if n := len(a.cuts); a.cuts[n-1] == at {
			a.class[n-1] = class
			return
		}
		if at <= unicode.MaxRune {
			a.cuts, a.class = append(a.cuts, at), append(a.class, class)
		}
	}
	for i := 0; i < len(ranges); i += 2 {
		set(ranges[i], 1)
		set(ranges[i+1]+1, 0)
	}
	if !slices.Contains(a.class, 1) {
		return None()
	}
	return explore(a, 0, func(at, c int) int {
		if at == 0 && c == 1 {
			return 1
		}
		return 2
	}, func(at int) bool { return at == 1 })
}

// mostLength is the greatest length that is counted.
const mostLength = 32

// Longer is what has, or may have, more than n bytes, and Shorter what may not have more: a
// string with a U+FFFD, which may be one byte that is no UTF-8, can be in both.
func Longer(n int) *Set { return counting(n, false) }

// Shorter is what has, or may have, at most n bytes.
func Shorter(n int) *Set { return counting(n, true).Not() }

// counting is what has more than n bytes, each U+FFFD being one byte or three.
func counting(n int, one bool) *Set {
	if n < 0 {
		return All()
	}
	if n > mostLength {
		return nil
	}
	width := []int{1, 2, 3, 3, 3, 4}
	if one {
		width[3] = 1
	}
	a := alphabet{cuts: []rune{0, 1 << 7, 1 << 11, utf8.RuneError, utf8.RuneError + 1, 1 << 16}, class: []int{0, 1, 2, 3, 4, 5}}
	return explore(a, 0, func(at, c int) int { return min(at+width[c], n+1) }, func(at int) bool { return at > n })
}

// First is what begins with a rune that is, alone, in a.
func (a *Set) First() *Set {
	if a == nil {
		return nil
	}
	return explore(alphabet{a.cuts, a.class}, 0, func(at, c int) int {
		switch {
		case at > 0:
			return at
		case a.ends[a.next[0][c]]:
			return 1
		}
		return 2
	}, func(at int) bool { return at == 1 })
}
