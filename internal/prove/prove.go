package prove

import (
	"go/ast"
	"go/types"
)

// Package is where functions are looked at.
type Package struct {
	Info  *types.Info
	Sizes types.Sizes
	// Decl is where the package declares a function, or nil.
	Decl func(*types.Func) *ast.FuncDecl
	// Pure tells whether a call does nothing but calculate.
	Pure func(*ast.CallExpr) bool

	shapes map[*ast.FuncDecl]*shape
	last   *place
}

// Mutant is a change of a boolean expression.
type Mutant struct {
	// Path leads from a *ast.FuncDecl down to Site; each node is a child of the one
	// before it.
	Path []ast.Node
	Site ast.Expr
	// Instead takes its place. It is made of parts of the package's syntax, with one
	// new *ast.BinaryExpr around them at most. Nil stands for the constant Truth.
	Instead ast.Expr
	Truth   bool
}

// Same tells whether it is proved that a mutant makes no difference.
func (p *Package) Same(m Mutant) (same bool) {
	d, ok := m.Path[0].(*ast.FuncDecl)
	if !ok || p.shape(d).strange {
		return false
	}
	at := p.placeOf(d, m.Path)
	if len(at.states) == 0 {
		return false
	}
	r := at.run
	r.mutant, r.site = &m, ast.Unparen(m.Site)
	r.steps, r.stops = new(mostSteps), new([]end)
	defer r.forgetFrom(len(r.list))
	ok = understood(func() {
		same = true
		for _, s := range at.states {
			same = same && r.both(s, m.Path, at.level)
		}
	})
	return same && ok
}

// both carries out the two programs from a state at a level of the path up to where
// they are the same again.
func (r *run) both(s *state, path []ast.Node, level int) bool {
	plain, mutant := *r, *r
	plain.stops, mutant.stops = new([]end), new([]end)
	mutant.mutated = true
	a := plain.begin(s, path, level)
	mutant.expect(a, *plain.stops)
	b := mutant.begin(s, path, level)
	for {
		switch r.agree(append(a, *plain.stops...), append(b, *mutant.stops...), path[level]) {
		case agreed:
			return true
		case never:
			return false
		}
		if level == 0 {
			return false
		}
		level--
		plain.expect(b, *mutant.stops)
		a = plain.further(path[:level+2], a)
		mutant.expect(a, *plain.stops)
		b = mutant.further(path[:level+2], b)
	}
}

// expect takes in where the other program has come to, so that what can never agree
// with it is refused at once.
func (r *run) expect(ends, stops []end) {
	r.other = append(ends[:len(ends):len(ends)], stops...)
	r.done = done(r.other)
}

// check refuses to come to ends at which the other program does not.
func (r *run) check(ends []end) []end {
	if r.depth > 0 {
		return ends
	}
	for _, a := range ends {
		for _, b := range r.other {
			if a.pair != "" && a.pair == b.pair && over(b) && r.alike(a, b, nil) == never {
				refuse()
			}
		}
	}
	return ends
}

// done are the memories that the other program had on its way to the end, by pairs, where
// all its ways have come there: who does anything else can never agree with it.
func done(ends []end) map[string]map[*term]bool {
	memories := map[string]map[*term]bool{}
	for _, e := range ends {
		had, seen := memories[e.pair]
		switch {
		case e.pair == "":
		case !over(e):
			memories[e.pair] = nil
		case !seen:
			had = map[*term]bool{}
			memories[e.pair] = had
			fallthrough
		case had != nil:
			for m := e.memory; m != nil; m = before(m) {
				had[m] = true
			}
		}
	}
	return memories
}

// before is the memory that m was made of, or nil.
func before(m *term) *term {
	if len(m.args) == 0 {
		return nil
	}
	if m.op == "after" {
		m = m.args[0]
	}
	return m.args[len(m.args)-1]
}
