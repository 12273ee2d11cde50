package lang

import "slices"

// Trimmed are the strings in a without prefix where they begin with it, as
// strings.TrimPrefix makes them.
func (a *Set) Trimmed(prefix string) *Set {
	if a == nil || !Plain(prefix) {
		return nil
	}
	begin := 0
	for _, r := range prefix {
		begin = a.next[begin][a.classOf(r)]
	}
	behind := explore(alphabet{a.cuts, a.class}, begin, func(at, c int) int { return a.next[at][c] }, func(at int) bool { return a.ends[at] })
	return behind.Or(a.And(Beginning(prefix).Not()))
}

// Untrimmed are the strings that strings.TrimPrefix makes one in a of.
func (a *Set) Untrimmed(prefix string) *Set {
	if a == nil || !Plain(prefix) {
		return nil
	}
	runes := []rune(prefix)
	slices.Reverse(runes)
	before := a
	for _, r := range runes {
		before = before.behind(r)
	}
	return before.Or(a.And(Beginning(prefix).Not()))
}

// behind is what is made of r and a string in a.
func (a *Set) behind(r rune) *Set {
	if a == nil {
		return nil
	}
	const begin, lost = -1, -2
	alone := Between(r, r)
	cross, pairs := joint(a, alone)
	return explore(cross, begin, func(at, c int) int {
		switch {
		case at >= 0:
			return a.next[at][pairs[c][0]]
		case at == begin && pairs[c][1] == alone.classOf(r):
			return 0
		}
		return lost
	}, func(at int) bool { return at >= 0 && a.ends[at] })
}
