package prove

import (
	"go/token"
)

// fact is something that holds: a comparison, with one of ==, !=, < and <=. Facts
// are a list whose end all ways share.
type fact struct {
	op   token.Token
	a, b *term
	prev *fact
}

// solver concludes which terms are the same from what holds.
type solver struct {
	t       *terms
	facts   []*fact
	used    []*term
	classes []class        // by the ids of terms
	seen    map[[2]int]int // what congruent terms have in common
	ordered order
	sums    bool
	merged  bool // since it was last looked for what is congruent
}

// class is a set of terms that are the same, if its term is the parent of itself.
type class struct {
	parent   int
	used     bool
	isNil    bool
	nonNil   bool
	node     int   // its place in the order, from 1
	constant *term // that it has in it, or nil
}

// solve looks at what s knows, and at what else is asked about; ok is false where
// that is a contradiction. What is returned holds until the next question.
func (t *terms) solve(known *state, more *state, asked ...*term) (s *solver, ok bool) {
	s = &t.work
	s.prepare(known, more, asked)
	for _, f := range s.facts {
		if f.op == token.EQL {
			s.merge(f.a.id, f.b.id)
		}
	}
	for changed := true; changed; {
		changed = s.congruent()
		changed = s.lengths() || changed
		if s.contradicts() {
			return s, false
		}
		merged, possible := s.order()
		if !possible {
			return s, false
		}
		changed = merged || changed
	}
	return s, !s.contradicts()
}

func (s *solver) prepare(known, more *state, asked []*term) {
	for _, t := range s.used {
		s.classes[t.id] = class{}
	}
	for len(s.classes) < len(s.t.list) {
		s.classes = append(s.classes, class{})
	}
	s.facts, s.used, s.sums, s.merged = s.facts[:0], s.used[:0], false, false
	for f := known.facts; f != nil; f = f.prev {
		s.facts = append(s.facts, f)
	}
	if more != nil {
		for f := more.facts; f != nil; f = f.prev {
			s.facts = append(s.facts, f)
		}
	}
	s.use(s.t.nought)
	s.use(s.t.empty)
	s.use(s.t.none)
	for _, f := range s.facts {
		s.use(f.a)
		s.use(f.b)
	}
	for _, t := range asked {
		s.use(t)
	}
}

// use takes in a term with all that it is made of.
func (s *solver) use(t *term) {
	c := &s.classes[t.id]
	if c.used {
		return
	}
	*c = class{parent: t.id, used: true, nonNil: t.nonNil, isNil: t == s.t.none}
	if t.val != nil {
		c.constant = t
	}
	for _, a := range t.args {
		s.use(a)
	}
	s.used = append(s.used, t)
	s.sums = s.sums || t.sum
}

func (s *solver) find(id int) int {
	for s.classes[id].parent != id {
		s.classes[id].parent = s.classes[s.classes[id].parent].parent
		id = s.classes[id].parent
	}
	return id
}

func (s *solver) class(t *term) *class { return &s.classes[s.find(t.id)] }

// merge makes one class of two. Two constants in it are kept as a contradiction.
func (s *solver) merge(a, b int) bool {
	a, b = s.find(a), s.find(b)
	if a == b {
		return false
	}
	to, from := &s.classes[a], &s.classes[b]
	from.parent, s.merged = a, true
	if to.constant == nil {
		to.constant = from.constant
	} else if from.constant != nil && distinct(to.constant, from.constant) {
		to.isNil, to.nonNil = true, true
	}
	to.isNil = to.isNil || from.isNil
	to.nonNil = to.nonNil || from.nonNil
	return true
}

// congruent makes operations on the same arguments the same. What was the same from
// the beginning is the same term.
func (s *solver) congruent() (changed bool) {
	if !s.merged {
		return false
	}
	s.merged = false
	if s.seen == nil {
		s.seen = map[[2]int]int{}
	}
	clear(s.seen)
	for _, t := range s.used {
		if len(t.args) == 0 {
			continue
		}
		common := -2 - t.opID
		for _, a := range t.args {
			key := [2]int{common, s.find(a.id)}
			n, ok := s.seen[key]
			if !ok {
				n = len(s.seen)
				s.seen[key] = n
			}
			common = n
		}
		last := [2]int{common, -1}
		if other, ok := s.seen[last]; ok {
			changed = s.merge(other, t.id) || changed
		} else {
			s.seen[last] = t.id
		}
	}
	return changed
}

// lengths knows that only the empty string has the length 0, and that nil has it.
func (s *solver) lengths() (changed bool) {
	zero, empty, null := s.t.nought.id, s.t.empty.id, s.t.none.id
	for _, t := range s.used {
		if t.op != "len" {
			continue
		}
		x := t.args[0]
		switch c := s.class(x).constant; {
		case s.find(x.id) == s.find(null), x.text && s.find(x.id) == s.find(empty):
			changed = s.merge(zero, t.id) || changed
		case x.text && s.find(t.id) == s.find(zero):
			changed = s.merge(empty, x.id) || changed
		case c != nil && isText(c):
			if n := s.t.length(c, 1); n.id < len(s.classes) && s.classes[n.id].used {
				changed = s.merge(n.id, t.id) || changed
			}
		}
	}
	return changed
}

func (s *solver) contradicts() bool {
	for _, t := range s.used {
		if c := s.class(t); c.isNil && c.nonNil {
			return true
		}
	}
	for _, f := range s.facts {
		if (f.op == token.NEQ || f.op == token.LSS) && s.same(f.a, f.b) {
			return true
		}
	}
	return false
}

// same tells whether two terms that were asked about are equal.
func (s *solver) same(a, b *term) bool {
	return a == b || s.find(a.id) == s.find(b.id)
}
