package lang

import (
	"slices"
	"unicode/utf8"
)

// Pieces are what strings.Split makes of the strings in a, at each sep.
func (a *Set) Pieces(sep rune) *Set {
	if a == nil || sep >= utf8.RuneSelf {
		return nil
	}
	alive, c := a.alive(), a.classOf(sep)
	begin := []int{0}
	for state := range a.next {
		begin = append(begin, a.next[state][c])
	}
	ends := make([]bool, len(a.ends))
	for state, end := range a.ends {
		ends[state] = end || alive[a.next[state][c]]
	}
	return a.subsets(begin, alive, ends).And(AnyOf(string(sep)).Some().Not())
}

// Runes are the runes that the strings in a have, each alone.
func (a *Set) Runes() *Set {
	if a == nil {
		return nil
	}
	alive := a.alive()
	return explore(alphabet{a.cuts, a.class}, 0, func(at, c int) int {
		used := slices.ContainsFunc(a.next, func(row []int) bool { return alive[row[c]] })
		if at == 0 && used {
			return 1
		}
		return 2
	}, func(at int) bool { return at == 1 })
}

// alive tells of each state whether a string may still end well.
func (a *Set) alive() []bool {
	alive := slices.Clone(a.ends)
	for changed := true; changed; {
		changed = false
		for state, row := range a.next {
			if !alive[state] && slices.ContainsFunc(row, func(to int) bool { return alive[to] }) {
				alive[state], changed = true, true
			}
		}
	}
	return alive
}

// subsets runs a from several states at once, of which those count that are alive.
func (a *Set) subsets(begin []int, alive, ends []bool) *Set {
	pack := func(list []int) string {
		slices.Sort(list)
		var b []byte
		for _, state := range slices.Compact(list) {
			if alive[state] {
				b = appendInt(b, state)
			}
		}
		return string(b)
	}
	unpack := func(at string) (list []int) {
		for ; at != ""; at = at[3:] {
			list = append(list, int(at[0])|int(at[1])<<8|int(at[2])<<16)
		}
		return list
	}
	return explore(alphabet{a.cuts, a.class}, pack(begin), func(at string, c int) string {
		list := unpack(at)
		for i, state := range list {
			list[i] = a.next[state][c]
		}
		return pack(list)
	}, func(at string) bool {
		return slices.ContainsFunc(unpack(at), func(state int) bool { return ends[state] })
	})
}

// OfPieces are the strings whose pieces, as strings.Split makes them at each sep, are all
// in a.
func (a *Set) OfPieces(sep rune) *Set {
	if a == nil || sep >= utf8.RuneSelf {
		return nil
	}
	const lost = -1
	alone := Between(sep, sep)
	cross, pairs := joint(a, alone)
	return explore(cross, 0, func(at, c int) int {
		separates := pairs[c][1] == alone.classOf(sep)
		switch {
		case at == lost || separates && !a.ends[at]:
			return lost
		case separates:
			return 0
		}
		return a.next[at][pairs[c][0]]
	}, func(at int) bool { return at != lost && a.ends[at] })
}
