package prove

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// mostRounds is how often a loop may go round.
const mostRounds = 64

// loop carries out a for loop from its condition on.
func (r *run) loop(s *state, n *ast.ForStmt) []end { return r.rounds([]*state{s}, n, false) }

// rounds carries out a for loop, from the end of a round or from the condition on.
func (r *run) rounds(states []*state, n *ast.ForStmt, ended bool) []end {
	var ends []end
	for range mostRounds {
		if ended {
			var more []*state
			for _, s := range states {
				for _, e := range r.exec(s, n.Post) {
					more = append(more, e.state)
				}
			}
			states = more
		}
		ended = true
		var more []*state
		for _, s := range states {
			list := []branch{{s, true}}
			if n.Cond != nil {
				if list = r.ask(s, n.Cond); len(list) > 1 {
					refuse() // who knows how often it goes round
				}
			}
			for _, b := range list {
				if !b.truth {
					ends = append(ends, end{b.state, next, nil})
					continue
				}
				again, out := sort(r.exec(b.state, n.Body))
				more, ends = append(more, again...), append(ends, out...)
			}
		}
		states = more
		if len(states) == 0 {
			return ends
		}
		if len(states)+len(ends) > mostStates {
			break
		}
	}
	refuse()
	return nil
}

// sort parts the ends of a loop's body into those from which it goes round, and those
// that leave it.
func sort(ends []end) (again []*state, out []end) {
	for _, e := range ends {
		switch e.how {
		case next, continued:
			again = append(again, e.state)
		case broke:
			out = append(out, end{e.state, next, nil})
		default:
			out = append(out, e)
		}
	}
	return again, out
}

// rangeStmt carries out a range loop over what is known, if only to be empty.
func (r *run) rangeStmt(s *state, n *ast.RangeStmt) []end {
	if n.Tok == token.ASSIGN {
		refuse()
	}
	var ends []end
	for _, x := range r.eval(s, n.X) {
		typ := r.Info.TypeOf(n.X)
		if x.v.op != elements && x.v.val == nil {
			ends = append(ends, r.empty(x.state, x.v, typ)...)
			continue
		}
		keys, values := r.elements(x.v)
		states := []*state{x.state}
		for i := range keys {
			var more []*state
			for _, s := range states {
				s = r.define(s, n.Key, keys[i])
				s = r.define(s, n.Value, values[i])
				again, out := sort(r.exec(s, n.Body))
				more, ends = append(more, again...), append(ends, out...)
			}
			states = more
			if len(states)+len(ends) > mostStates {
				refuse()
			}
		}
		for _, s := range states {
			ends = append(ends, end{s, next, nil})
		}
	}
	return ends
}

// empty goes past a loop over x, which must be empty.
func (r *run) empty(s *state, x *term, typ types.Type) []end {
	n := x
	switch typ.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Basic:
		if basicInfo(typ)&types.IsInteger == 0 {
			n = r.len(s, x, typ)
		}
	default:
		refuse()
	}
	var ends []end
	for _, b := range r.fork(s, token.LEQ, n, r.int(0)) {
		if !b.truth {
			refuse()
		}
		ends = append(ends, end{b.state, next, nil})
	}
	return ends
}

// elements are what a loop over x gives.
func (r *run) elements(x *term) (keys, values []*term) {
	add := func(k, v *term) {
		if keys, values = append(keys, k), append(values, v); len(keys) > mostRounds {
			refuse()
		}
	}
	if x.op == elements {
		for i, e := range x.args {
			add(r.int(int64(i)), e)
		}
		return keys, values
	}
	switch x.val.Kind() {
	case constant.String:
		for i, c := range constant.StringVal(x.val) {
			add(r.int(int64(i)), r.int(int64(c)))
		}
	case constant.Int:
		n, _ := constant.Int64Val(x.val)
		for i := range n {
			add(r.int(i), nil)
		}
	default:
		refuse()
	}
	return keys, values
}

func (r *run) define(s *state, e ast.Expr, v *term) *state {
	id, ok := e.(*ast.Ident)
	if !ok || id.Name == "_" {
		return s
	}
	obj := r.Info.Defs[id].(*types.Var)
	if r.at.shape.shared[obj] {
		refuse()
	}
	return s.set(obj, v)
}
