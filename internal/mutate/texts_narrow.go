package mutate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// narrow notes that what is at p is in set, and what that says of the strings that it has
// been made of. It tells whether this can be.
func (r *reading) narrow(p place, f facts, set *lang.Set) bool {
	v := r.at(p, f)
	if v.kind == aList {
		return true
	}
	v.set = meet(v.set, set)
	r.texts().steps += v.set.Size() / sizeOfStep
	if v.set.Empty() {
		return false
	}
	r.set(f, p, v)
	if l := v.link; l != nil && l.kind == trimmed && !r.narrow(l.place, f, v.set.Untrimmed(l.word)) {
		return false
	}
	return r.fits(p, f)
}

// at is what is known of what is at p.
func (r *reading) at(p place, f facts) text {
	v, known := f[p]
	if n, element := p.index(); element && !known {
		if m := f[place{obj: p.obj}].match; m != nil {
			return text{set: m.group(n)}
		}
	}
	return v
}

// index is the number of an element.
func (p place) index() (n int, ok bool) {
	if !strings.HasPrefix(p.part, "[") {
		return 0, false
	}
	n, err := strconv.Atoi(strings.Trim(p.part, "[]"))
	return n, err == nil
}

// fits tells whether a string that is known to be of some set can have been matched so
// that its groups, of which p is one, hold what is known of them.
func (r *reading) fits(p place, f facts) bool {
	list := f[place{obj: p.obj}]
	if list.match == nil || list.whole == nil {
		return true
	}
	groups := map[int]*lang.Set{}
	for q, v := range f {
		if n, element := q.index(); element && q.obj == p.obj && n > 0 && v.set != nil {
			groups[n] = v.set
		}
	}
	if list.match.hasSeen(list.whole, groups) {
		return true
	}
	r.texts().steps += stepsOfMatch
	can := lang.Holding(list.match.pattern, groups).And(list.whole)
	if s, ok := can.Example(); ok {
		list.match.see(list.whole, s)
	}
	return !can.Empty()
}

// What is to be calculated counts as steps of reading: so many for a match that is looked
// at again, and one for so much of a set.
const (
	stepsOfMatch = 100
	sizeOfStep   = 50
)

// see remembers what the groups hold where s, a string in whole, is matched.
func (m *matcher) see(whole *lang.Set, s string) {
	if m.regexp == nil {
		m.regexp = regexp.MustCompile(m.pattern)
	}
	if groups := m.regexp.FindStringSubmatch(s); groups != nil {
		m.seen[whole] = append(m.seen[whole], groups)
	}
}

// hasSeen tells whether a string in whole has been seen of which each group holds one of
// its set.
func (m *matcher) hasSeen(whole *lang.Set, sets map[int]*lang.Set) bool {
	return slices.ContainsFunc(m.seen[whole], func(groups []string) bool {
		for n, set := range sets {
			if n >= len(groups) || !set.Has(groups[n]) {
				return false
			}
		}
		return true
	})
}
