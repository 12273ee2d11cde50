package prove

import (
	"go/ast"
	"go/types"
	"strconv"
)

// atSite carries out the site. Where the two programs have not disagreed before, only
// those ways are followed on which they do now: by the value, by a panic, or by what
// has been done to memory. A call of the function by itself before that is taken to
// do the same in both.
func (r *run) atSite(s *state) []result {
	switch {
	case s.pair == "" && r.depth > 0, s.pair != "" && !r.mutated:
		return r.evalPlain(s, r.site)
	case s.pair != "":
		return r.changed(s)
	}
	r.reached = true
	plain, mutant := r.outcomes(s, r.evalPlainSite), r.outcomes(s, r.changed)
	var list []result
	for i, a := range plain {
		for j, b := range mutant {
			if a.how == b.how && a.memory == b.memory && same(a.values, b.values) {
				continue
			}
			e, other := a, b
			if r.mutated {
				e, other = b, a
			}
			e.state = e.join(other.state, s)
			if !r.possible(e.state) {
				continue
			}
			e.pair = s.way + "/" + strconv.Itoa(i) + "/" + strconv.Itoa(j)
			if e.how == panicked {
				*r.stops = append(*r.stops, e)
			} else {
				list = append(list, result{e.state, e.values[0]})
			}
		}
	}
	return list
}

func same(a, b []*term) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// join is s with what other knows more than from does.
func (s *state) join(other, from *state) *state {
	c := s.clone()
	for f := other.facts; f != from.facts; f = f.prev {
		c.facts = &fact{f.op, f.a, f.b, c.facts}
	}
	return c
}

// outcomes are the ways in which an expression may come to true, to false or to a
// panic.
func (r *run) outcomes(s *state, eval func(*state) []result) []end {
	before := len(*r.stops)
	var list []end
	for _, x := range eval(s) {
		for _, b := range r.asks(x.state, x.v) {
			list = append(list, end{b.state, next, []*term{r.bool(b.truth)}})
		}
	}
	list = append(list, (*r.stops)[before:]...)
	*r.stops = (*r.stops)[:before]
	return list
}

func (r *run) evalPlainSite(s *state) []result { return r.evalPlain(s, r.site) }

// changed carries out what the mutant has in the place of the site.
func (r *run) changed(s *state) []result {
	switch e := r.mutant.Instead.(type) {
	case nil:
		return []result{{s, r.bool(r.mutant.Truth)}}
	case *ast.BinaryExpr:
		if r.Info.Types[e].Type == nil {
			return r.binary(s, e)
		}
	}
	return r.evalPlain(s, ast.Unparen(r.mutant.Instead))
}

// agreement is what two sets of ends come to.
type agreement int

const (
	later  agreement = iota // not yet
	agreed                  // all the same
	never                   // and never will be
)

// agree compares where the two programs have come to at the end of node.
func (r *run) agree(plain, mutant []end, node ast.Node) agreement {
	byPair := map[string][2][]end{}
	for i, ends := range [][]end{plain, mutant} {
		for _, e := range ends {
			if e.pair != "" {
				list := byPair[e.pair]
				list[i] = append(list[i], e)
				byPair[e.pair] = list
			}
		}
	}
	verdict := agreed
	for _, pair := range byPair {
		if len(pair[0]) == 0 || len(pair[1]) == 0 {
			return never
		}
		for _, a := range pair[0] {
			for _, b := range pair[1] {
				switch r.alike(a, b, node) {
				case never:
					return never
				case later:
					verdict = later
				}
			}
		}
	}
	return verdict
}

// alike compares two ends that the same state may come to.
func (r *run) alike(a, b end, node ast.Node) agreement {
	verdict := later
	if over(a) && over(b) {
		verdict = never
	}
	pairs := [][2]*term{{a.memory, b.memory}}
	if a.how == b.how && len(a.values) == len(b.values) {
		for i := range a.values {
			pairs = append(pairs, [2]*term{a.values[i], b.values[i]})
		}
		if !over(a) {
			pairs = append(pairs, variables(a, b, node)...)
		}
	} else {
		pairs = append(pairs, [2]*term{})
	}
	var asked []*term
	missing := false
	for _, p := range pairs {
		if p[0] == nil || p[1] == nil {
			missing = true
		} else if p[0] != p[1] {
			asked = append(asked, p[0], p[1])
		}
	}
	if len(asked) == 0 && !missing {
		return agreed
	}
	r.step(5)
	solved, possible := r.solve(a.state, b.state, asked...)
	if !possible {
		return agreed // nobody comes there
	}
	for i := 0; i < len(asked); i += 2 {
		missing = missing || !solved.same(asked[i], asked[i+1])
	}
	switch {
	case !over(a) && !over(b) && a.memory != b.memory && !solved.same(a.memory, b.memory):
		return never // what has been done more stays done
	case missing:
		return verdict
	}
	return agreed
}

func over(e end) bool { return e.how == left || e.how == panicked }

// variables are what the variables that outlive node hold at two ends.
func variables(a, b end, node ast.Node) (pairs [][2]*term) {
	inner := false // what node declares ends with it
	switch node.(type) {
	case *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.BlockStmt, *ast.CaseClause:
		inner = true
	}
	add := func(obj types.Object) {
		if !inner || obj.Pos() < node.Pos() || node.End() <= obj.Pos() {
			pairs = append(pairs, [2]*term{a.vars[obj], b.vars[obj]})
		}
	}
	for obj := range a.vars {
		add(obj)
	}
	for obj := range b.vars {
		if a.vars[obj] == nil {
			add(obj)
		}
	}
	return pairs
}
