package prove

import (
	"go/ast"
	"go/token"
	"go/types"
)

// chosen is a clause that control comes to.
type chosen struct {
	*state
	clause *ast.CaseClause // nil where none matches
}

func (r *run) switchStmt(s *state, n *ast.SwitchStmt) []end {
	return r.after(s, n.Init, func(s *state) []end { return r.clauses(r.choose(s, n)) })
}

// clauses carries out the clauses that were chosen.
func (r *run) clauses(list []chosen) []end {
	var ends []end
	for _, c := range list {
		if c.clause == nil {
			ends = append(ends, end{c.state, next, nil})
			continue
		}
		for _, e := range r.statements([]*state{c.state}, c.clause.Body) {
			if e.how == broke {
				e.how = next
			}
			ends = append(ends, e)
		}
	}
	return ends
}

// choose finds the clauses of a switch behind its init statement.
func (r *run) choose(s *state, n *ast.SwitchStmt) []chosen {
	if n.Tag == nil {
		return r.match(s, n.Body, func(s *state, e ast.Expr) []branch { return r.ask(s, e) })
	}
	var all []chosen
	for _, tag := range r.eval(s, n.Tag) {
		all = append(all, r.match(tag.state, n.Body, func(s *state, e ast.Expr) []branch {
			var list []branch
			for _, x := range r.eval(s, e) {
				list = append(list, r.compare(x.state, token.EQL, r.operand(n.Tag, tag.v), r.operand(e, x.v))...)
			}
			return list
		})...)
	}
	return all
}

// match asks for each case in turn.
func (r *run) match(s *state, body *ast.BlockStmt, ask func(*state, ast.Expr) []branch) []chosen {
	var all []chosen
	var other *ast.CaseClause
	states := []*state{s}
	for _, stmt := range body.List {
		clause := stmt.(*ast.CaseClause)
		if clause.List == nil {
			other = clause
		}
		for _, e := range clause.List {
			var more []*state
			for _, s := range states {
				for _, b := range ask(s, e) {
					if b.truth {
						all = append(all, chosen{b.state, clause})
					} else {
						more = append(more, b.state)
					}
				}
			}
			states = more
		}
	}
	for _, s := range states {
		all = append(all, chosen{s, other})
	}
	return all
}

func (r *run) typeSwitch(s *state, n *ast.TypeSwitchStmt) []end {
	return r.after(s, n.Init, func(s *state) []end { return r.clauses(r.chooseType(s, n)) })
}

// chooseType finds the clauses of a type switch, with their variables.
func (r *run) chooseType(s *state, n *ast.TypeSwitchStmt) []chosen {
	var x ast.Expr
	switch a := n.Assign.(type) {
	case *ast.AssignStmt:
		x = a.Rhs[0]
	case *ast.ExprStmt:
		x = a.X
	}
	x = ast.Unparen(x).(*ast.TypeAssertExpr).X
	var all []chosen
	for _, v := range r.eval(s, x) {
		for _, c := range r.match(v.state, n.Body, func(s *state, e ast.Expr) []branch { return r.hasType(s, v.v, e) }) {
			if obj, ok := r.Info.Implicits[c.clause].(*types.Var); c.clause != nil && ok && !r.at.shape.shared[obj] {
				c.state = c.state.set(obj, r.bound(v.v, c.clause))
			}
			all = append(all, c)
		}
	}
	return all
}

// hasType asks whether what x holds is of type e.
func (r *run) hasType(s *state, x *term, e ast.Expr) []branch {
	typ := r.Info.TypeOf(e)
	switch {
	case r.Info.Types[e].IsNil():
		return r.fork(s, token.EQL, x, r.null())
	case x.op == "nil":
		return []branch{{s, false}}
	case x.typ != nil && !types.IsInterface(typ):
		return []branch{{s, types.Identical(x.typ, typ)}}
	}
	var list []branch
	for _, b := range r.asks(s, r.make("is"+r.typeID(typ), types.Typ[types.Bool], x)) {
		if b.truth {
			b.state = b.state.know(token.NEQ, x, r.null())
			if !r.possible(b.state) {
				continue
			}
		}
		list = append(list, b)
	}
	return list
}

// bound is the value of the variable of a type switch in a clause.
func (r *run) bound(x *term, clause *ast.CaseClause) *term {
	if len(clause.List) != 1 {
		return x
	}
	typ := r.Info.TypeOf(clause.List[0])
	switch {
	case r.Info.Types[clause.List[0]].IsNil(), types.IsInterface(typ):
		return x
	case x.typ != nil && types.Identical(x.typ, typ):
		return x.args[0]
	}
	return r.make("as"+r.typeID(typ), typ, x)
}
