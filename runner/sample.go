package runner

import "math/rand/v2"

// sample draws n of the mutants, all if n is 0, spread as evenly as they allow
// over the statuses, then the operators, then the packages: the next one drawn
// is always of those that have been drawn least. The seed decides between
// equals, and the first of a larger sample are a smaller one of the same seed.
func sample(all []*subject, n int, seed uint64) []*subject {
	if n <= 0 || n >= len(all) {
		return all
	}
	left := make([]*subject, len(all))
	for i, place := range rand.New(rand.NewPCG(seed, seed)).Perm(len(all)) {
		left[i] = all[place]
	}
	drawn := make(tally)
	chosen := make([]*subject, 0, n)
	for len(chosen) < n {
		next := 0
		for i := range left {
			if drawn.less(left[i], left[next]) {
				next = i
			}
		}
		drawn.add(left[next])
		chosen = append(chosen, left[next])
		left = append(left[:next], left[next+1:]...)
	}
	return chosen
}

// tally counts what has been drawn, by what a sample is spread over.
type tally map[trait]int

// trait is a status, an operator or a package.
type trait struct{ kind, value string }

// traits are what a mutant is counted under, the most important first.
func traits(m *subject) [3]trait {
	return [3]trait{{"status", string(m.Status)}, {"operator", m.Operator}, {"package", m.Package}}
}

func (t tally) add(m *subject) {
	for _, k := range traits(m) {
		t[k]++
	}
}

// less tells whether a is of a kind that has been drawn less often than b's.
func (t tally) less(a, b *subject) bool {
	as, bs := traits(a), traits(b)
	for i := range as {
		if x, y := t[as[i]], t[bs[i]]; x != y {
			return x < y
		}
	}
	return false
}
