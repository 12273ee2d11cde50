package prove

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// state is where one way has come to. It is not changed but by who has made it.
type state struct {
	vars   map[types.Object]*term // of the function that is carried out
	facts  *fact
	memory *term
	made   int    // how many things that are nobody else's have been made
	way    string // how it forked until the two programs disagreed
	pair   string // and how they did so; empty before
}

func (s *state) clone() *state {
	c := *s
	return &c
}

// set is s with a variable that holds v.
func (s *state) set(obj types.Object, v *term) *state {
	c := s.clone()
	c.vars = maps.Clone(s.vars)
	c.vars[obj] = v
	return c
}

func (s *state) know(op token.Token, a, b *term) *state {
	c := s.clone()
	c.facts = &fact{op, a, b, s.facts}
	return c
}

// how says why control does not go on.
type how int

const (
	next how = iota
	left     // by return
	broke
	continued
	panicked
)

// end is where a statement has come to.
type end struct {
	*state
	how    how
	values []*term // what is returned, or what has made it panic
}

// result is what an expression has come to.
type result struct {
	*state
	v *term
}

// refusal is what the package panics with where it does not understand something, or
// would take too long.
type refusal struct{}

// limits of one question.
const (
	mostBefore = 1500 // statements, expressions and conclusions on the way to the site
	mostSteps  = 700  // and from there on
	mostStates = 48   // ways at the same time
	mostDepth  = 6    // calls in calls
	mostInline = 40   // statements of a function that is carried out in the place of its call
)

// run carries out a program.
type run struct {
	*Package
	*terms
	mutant  *Mutant
	site    ast.Expr // nil on the way there
	mutated bool     // the program is the mutant
	reached bool     // the site has been evaluated
	other   []end    // where the other program has come to
	done    map[string]map[*term]bool
	at      *frame
	steps   *int
	depth   int
	stops   *[]end // by panics
}

func refuse() { panic(refusal{}) }

func (r *run) step(n int) {
	if *r.steps -= n; *r.steps < 0 {
		refuse()
	}
}

// attempt tells whether do was not refused.
func (r *run) attempt(do func()) (ok bool) {
	depth, stops := r.depth, len(*r.stops)
	defer func() {
		if p := recover(); p != nil {
			if _, refused := p.(refusal); !refused || *r.steps < 0 {
				panic(p)
			}
			r.depth, *r.stops = depth, (*r.stops)[:stops]
			ok = false
		}
	}()
	do()
	return true
}

// possible tells whether what s knows can be.
func (r *run) possible(s *state) bool {
	r.step(5)
	_, ok := r.solve(s, nil)
	return ok
}

// related tells whether the last fact may have to do with those before it.
func (s *state) related() bool {
	last := s.facts
	if last.a.sum || last.b.sum || !last.a.free() && !last.b.free() {
		return true
	}
	for f := last.prev; f != nil; f = f.prev {
		if f.op == token.EQL && f.a.free() && f.b.free() {
			return true
		}
		for _, t := range [...]*term{f.a, f.b} {
			if t.free() && (t == last.a || t == last.b || t.measures(last.a) || t.measures(last.b) || last.a.measures(t) || last.b.measures(t)) {
				return true
			}
		}
	}
	return false
}

// free tells whether a term may be many things.
func (t *term) free() bool { return t.val == nil && t.op != "nil" }

// measures tells whether t is the length of x.
func (t *term) measures(x *term) bool { return t.op == "len" && t.args[0] == x }
