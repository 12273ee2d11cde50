package lang

// Not is all strings that are not in a.
func (a *Set) Not() *Set {
	if a == nil {
		return nil
	}
	s := *a
	s.ends = make([]bool, len(a.ends))
	for i, end := range a.ends {
		s.ends[i] = !end
	}
	return &s
}

// And is what is in both.
func (a *Set) And(b *Set) *Set {
	return combine(a, b, func(x, y bool) bool { return x && y })
}

// Or is what is in one of both.
func (a *Set) Or(b *Set) *Set {
	return combine(a, b, func(x, y bool) bool { return x || y })
}

// combine runs two automata beside each other.
func combine(a, b *Set, ends func(x, y bool) bool) *Set {
	if a == nil || b == nil {
		return nil
	}
	if a == b {
		return a
	}
	type pair [2]int
	cross, pairs := joint(a, b)
	return explore(cross, pair{}, func(at pair, c int) pair {
		return pair{a.next[at[0]][pairs[c][0]], b.next[at[1]][pairs[c][1]]}
	}, func(at pair) bool { return ends(a.ends[at[0]], b.ends[at[1]]) })
}

// joint divides the runes as a and b together do. A class is a pair of theirs.
func joint(a, b *Set) (alphabet, [][2]int) {
	var out alphabet
	var pairs [][2]int
	numbers := map[[2]int]int{}
	for i, j := 0, 0; ; {
		p := [2]int{a.class[i], b.class[j]}
		n, known := numbers[p]
		if !known {
			n = len(pairs)
			numbers[p], pairs = n, append(pairs, p)
		}
		out.cuts, out.class = append(out.cuts, max(a.cuts[i], b.cuts[j])), append(out.class, n)
		switch {
		case i+1 == len(a.cuts) && j+1 == len(b.cuts):
			return out, pairs
		case i+1 == len(a.cuts):
			j++
		case j+1 == len(b.cuts):
			i++
		case a.cuts[i+1] == b.cuts[j+1]:
			i, j = i+1, j+1
		case a.cuts[i+1] < b.cuts[j+1]:
			i++
		default:
			j++
		}
	}
}
