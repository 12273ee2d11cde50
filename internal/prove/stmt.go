package prove

import (
	"go/ast"
	"go/token"
	"go/types"
)

// statements carries out a list.
func (r *run) statements(states []*state, list []ast.Stmt) []end {
	var ends []end
	for _, stmt := range list {
		var more []*state
		for _, s := range states {
			for _, e := range r.exec(s, stmt) {
				if e.how == next {
					more = append(more, e.state)
				} else {
					ends = append(ends, e)
				}
			}
		}
		states = more
		if len(states)+len(ends) > mostStates {
			refuse()
		}
	}
	for _, s := range states {
		ends = append(ends, end{s, next, nil})
	}
	return ends
}

// exec carries out a statement.
func (r *run) exec(s *state, stmt ast.Stmt) []end {
	r.step(1)
	switch n := stmt.(type) {
	case nil, *ast.EmptyStmt:
		return []end{{s, next, nil}}
	case *ast.BlockStmt:
		return r.statements([]*state{s}, n.List)
	case *ast.ExprStmt:
		call, ok := ast.Unparen(n.X).(*ast.CallExpr)
		if !ok {
			refuse()
		}
		var ends []end
		for _, v := range r.call(s, call) {
			ends = append(ends, end{v.state, next, nil})
		}
		return ends
	case *ast.AssignStmt:
		return r.assign(s, n)
	case *ast.IncDecStmt:
		return r.count(s, n)
	case *ast.DeclStmt:
		return r.declare(s, n)
	case *ast.ReturnStmt:
		return r.leave(s, n)
	case *ast.BranchStmt:
		switch {
		case n.Label != nil:
		case n.Tok == token.BREAK:
			return []end{{s, broke, nil}}
		case n.Tok == token.CONTINUE:
			return []end{{s, continued, nil}}
		}
	case *ast.IfStmt:
		return r.ifStmt(s, n)
	case *ast.SwitchStmt:
		return r.switchStmt(s, n)
	case *ast.TypeSwitchStmt:
		return r.typeSwitch(s, n)
	case *ast.ForStmt:
		return r.after(s, n.Init, func(s *state) []end { return r.loop(s, n) })
	case *ast.RangeStmt:
		return r.rangeStmt(s, n)
	}
	refuse()
	return nil
}

// after carries out a statement, or none, and goes on.
func (r *run) after(s *state, stmt ast.Stmt, do func(*state) []end) []end {
	if stmt == nil {
		return do(s)
	}
	var ends []end
	for _, e := range r.exec(s, stmt) {
		if e.how != next {
			refuse()
		}
		ends = append(ends, do(e.state)...)
	}
	return ends
}

func (r *run) ifStmt(s *state, n *ast.IfStmt) []end {
	return r.after(s, n.Init, func(s *state) []end {
		var ends []end
		for _, b := range r.ask(s, n.Cond) {
			if b.truth {
				ends = append(ends, r.exec(b.state, n.Body)...)
			} else {
				ends = append(ends, r.exec(b.state, n.Else)...)
			}
		}
		return ends
	})
}

// ask carries out a condition.
func (r *run) ask(s *state, e ast.Expr) []branch {
	var list []branch
	for _, x := range r.eval(s, e) {
		list = append(list, r.asks(x.state, x.v)...)
	}
	return list
}

// leave carries out a return.
func (r *run) leave(s *state, n *ast.ReturnStmt) []end {
	results := r.at.sig.Results()
	var ends []end
	switch {
	case len(n.Results) == results.Len():
		for _, v := range r.evalList(s, n.Results...) {
			for i, e := range n.Results {
				v.values[i] = r.convert(v.values[i], r.Info.TypeOf(e), results.At(i).Type())
			}
			ends = append(ends, end{v.state, left, v.values})
		}
	case len(n.Results) == 0:
		var list []*term
		for v := range results.Variables() {
			if s.vars[v] == nil {
				refuse()
			}
			list = append(list, s.vars[v])
		}
		ends = append(ends, end{s, left, list})
	default:
		for _, v := range r.tuple(s, n.Results[0]) {
			types := r.Info.TypeOf(n.Results[0]).(*types.Tuple)
			for i := range v.values {
				v.values[i] = r.convert(v.values[i], types.At(i).Type(), results.At(i).Type())
			}
			ends = append(ends, end{v.state, left, v.values})
		}
	}
	return r.check(ends)
}

// tuple carries out an expression with several values: a call, and no other.
func (r *run) tuple(s *state, e ast.Expr) []values {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		refuse()
	}
	return r.call(s, call)
}
