package prove

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// mostWays is how many ways to the site are told apart.
const mostWays = 6

// way finds what may be when control comes to the statement around the site, and the
// level of the path where that is.
func (r *run) way(fn *types.Func, path []ast.Node) (states []*state, level int) {
	states = []*state{r.start(fn)}
	for i := 0; i+1 < len(path); i++ {
		child := path[i+1]
		switch up := path[i].(type) {
		case *ast.FuncDecl:
		case *ast.BlockStmt:
			states = r.comeTo(states, up.List, child)
		case *ast.CaseClause:
			states = r.comeTo(states, up.Body, child)
		case *ast.IfStmt:
			if child != ast.Node(up.Body) && child != ast.Node(up.Else) {
				return states, i
			}
			states = r.leniently(states, []ast.Node{up.Init, up.Cond}, func(s *state) []*state {
				return r.decided(r.passing(s, up.Init), up.Cond, child == ast.Node(up.Body))
			})
		case *ast.ForStmt:
			states = r.someRound(states, up)
			switch child {
			case ast.Node(up.Cond):
				return states, i
			case ast.Node(up.Body):
				states = r.leniently(states, []ast.Node{up.Cond}, func(s *state) []*state {
					return r.decided([]*state{s}, up.Cond, true)
				})
			default:
				refuse()
			}
		case *ast.RangeStmt:
			if child != ast.Node(up.Body) {
				refuse()
			}
			states = r.forgetAll(states, up)
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
			clause, in := clauseOf(path[i:])
			if !in {
				return states, i
			}
			states = r.chosen(states, up.(ast.Stmt), clause)
		case *ast.AssignStmt, *ast.ReturnStmt, *ast.ExprStmt, *ast.DeclStmt, *ast.IncDecStmt:
			return states, i
		default:
			refuse()
		}
	}
	refuse()
	return nil, 0
}

// start is how a function begins.
func (r *run) start(fn *types.Func) *state {
	s := &state{vars: map[types.Object]*term{}, memory: r.freshMemory()}
	var args []*term
	if v := fn.Signature().Recv(); v != nil {
		args = append(args, r.fresh(v.Type()))
	}
	for v := range fn.Signature().Params().Variables() {
		args = append(args, r.fresh(v.Type()))
	}
	r.enter(s, fn, r.at.shape, args)
	return s
}

// leniently does something for each state. Where it is refused, all is unknown that
// nodes may have changed.
func (r *run) leniently(states []*state, nodes []ast.Node, do func(*state) []*state) []*state {
	var list []*state
	done := r.attempt(func() {
		for _, s := range states {
			if list = append(list, do(s)...); len(list) > mostWays {
				refuse()
			}
		}
	})
	if done {
		return list
	}
	return r.forgetAll(states, nodes...)
}

// comeTo goes past the statements of a list that stand before child.
func (r *run) comeTo(states []*state, list []ast.Stmt, child ast.Node) []*state {
	for _, stmt := range list {
		if ast.Node(stmt) == child {
			break
		}
		if _, clause := stmt.(*ast.CaseClause); clause {
			continue
		}
		states = r.leniently(states, []ast.Node{stmt}, func(s *state) []*state { return r.passing(s, stmt) })
	}
	return states
}

// passing is what may be behind a statement, if control comes there.
func (r *run) passing(s *state, stmt ast.Stmt) []*state {
	switch n := stmt.(type) {
	case *ast.BlockStmt:
		return r.comeTo([]*state{s}, n.List, nil)
	case *ast.ForStmt, *ast.RangeStmt:
		return r.forgetAll([]*state{s}, n)
	case *ast.IfStmt:
		var list []*state
		for _, s := range r.passing(s, n.Init) {
			for _, b := range r.ask(s, n.Cond) {
				branch := ast.Stmt(n.Body)
				if !b.truth {
					branch = n.Else
				}
				if !leaves(branch) {
					list = append(list, r.passing(b.state, branch)...)
				}
			}
		}
		return list
	}
	var list []*state
	for _, e := range r.exec(s, stmt) {
		if e.how == next {
			list = append(list, e.state)
		}
	}
	return list
}

// leaves tells whether control never comes behind a statement in its list.
func leaves(stmt ast.Stmt) bool {
	switch n := stmt.(type) {
	case *ast.BlockStmt:
		return len(n.List) > 0 && leaves(n.List[len(n.List)-1])
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return n.Tok != token.FALLTHROUGH
	case *ast.IfStmt:
		return leaves(n.Body) && leaves(n.Else)
	}
	return false
}

// decided is what is left of states where a condition has a truth.
func (r *run) decided(states []*state, cond ast.Expr, truth bool) []*state {
	if cond == nil {
		return states
	}
	var list []*state
	for _, s := range states {
		for _, b := range r.ask(s, cond) {
			if b.truth == truth {
				list = append(list, b.state)
			}
		}
	}
	return list
}

// someRound is what may be when the condition of a loop is asked, whether it has gone
// round or not.
func (r *run) someRound(states []*state, n *ast.ForStmt) []*state {
	states = r.comeTo(states, []ast.Stmt{n.Init}, nil)
	return r.forgetAll(states, n.Body, n.Post, n.Cond)
}

// clauseOf is the clause of a switch that the path leads into the body of.
func clauseOf(path []ast.Node) (*ast.CaseClause, bool) {
	if len(path) < 4 {
		return nil, false
	}
	clause, ok := path[2].(*ast.CaseClause)
	if !ok {
		return nil, false
	}
	e, isExpr := path[3].(ast.Expr)
	return clause, !isExpr || !slices.Contains(clause.List, e)
}

// chosen is what may be where a clause begins.
func (r *run) chosen(states []*state, n ast.Stmt, clause *ast.CaseClause) []*state {
	var init ast.Stmt
	var nodes []ast.Node
	choose := func(s *state) []chosen { return nil }
	switch n := n.(type) {
	case *ast.SwitchStmt:
		init, nodes = n.Init, []ast.Node{n.Init, n.Tag}
		choose = func(s *state) []chosen { return r.choose(s, n) }
		for _, c := range n.Body.List {
			for _, e := range c.(*ast.CaseClause).List {
				nodes = append(nodes, e)
			}
		}
	case *ast.TypeSwitchStmt:
		init, nodes = n.Init, []ast.Node{n.Init, n.Assign, clause}
		choose = func(s *state) []chosen { return r.chooseType(s, n) }
	}
	return r.leniently(states, nodes, func(s *state) []*state {
		var list []*state
		for _, s := range r.passing(s, init) {
			for _, c := range choose(s) {
				if c.clause == clause {
					list = append(list, c.state)
				}
			}
		}
		return list
	})
}
