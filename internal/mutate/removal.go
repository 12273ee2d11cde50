package mutate

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

var statementRemoval = Operator{
	Name:   "statement_removal",
	Doc:    "Removes a call whose result is not used; in the strong profile also an assignment, a receive, ++ or --.",
	Before: "func f(g func()) int { g(); return 1 }",
	After:  "func f(g func()) int { ; return 1 }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(ast.Stmt)
		if !ok || !c.inList(s) {
			return
		}
		p := proposal{site: s, kind: Stmt, edits: []edit{c.edit(s, "")}}
		switch s := s.(type) {
		case *ast.ExprStmt:
			call, ok := ast.Unparen(s.X).(*ast.CallExpr)
			if !ok {
				p.profile = Strong // a receive
				break
			}
			if c.pairs(call) {
				return
			}
			p.ends, p.optional, p.ignore = c.isBuiltin(call, "panic"), true, c.arid(call)
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE || len(s.Lhs) == 1 && isBlank(s.Lhs[0]) {
				return
			}
			p.profile, p.ignore = Strong, c.hangs(s)
		case *ast.IncDecStmt:
			p.profile, p.ignore = Strong, c.hangs(s)
		default:
			return
		}
		c.propose(p)
	},
}

var deferRemoval = Operator{
	Name:   "defer_removal",
	Doc:    "Removes a deferred call; in the strong profile also calls it at once.",
	Before: "func f(g func()) { defer g() }",
	After:  "func f(g func()) {  }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.DeferStmt)
		if !ok || !c.inList(s) || c.pairs(s.Call) {
			return
		}
		ignore := c.arid(s.Call)
		c.propose(proposal{site: s, kind: Stmt, edits: []edit{c.edit(s, "")}, ignore: ignore})
		if !c.recovers(s.Call) {
			c.propose(proposal{
				site: s, kind: Stmt, profile: Strong, ignore: ignore,
				edits: []edit{{c.offset(s.Defer), c.offset(s.Call.Pos()), ""}},
			})
		}
	},
}

// recovers tells whether a call is of a function literal that recovers: it can
// only do that when it is deferred.
func (c *finder) recovers(call *ast.CallExpr) bool {
	found := false
	ast.Inspect(call.Fun, func(n ast.Node) bool {
		if other, ok := n.(*ast.CallExpr); ok && c.isBuiltin(other, "recover") {
			found = true
		}
		return !found
	})
	return found
}

var blockRemoval = Operator{
	Name:   "block_removal",
	Doc:    "Empties the body of an if, else, case or loop; of one that only returns, mostly in the strong profile.",
	Before: "func f(a []int, g func(int)) { for _, n := range a { g(n); g(n) } }",
	After:  "func f(a []int, g func(int)) { for _, n := range a { _ = n } }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.IfStmt:
			p := c.empty(n.Body, n.Body.List)
			p.ignore = c.returnsBehind(n, n.Body.List, nil)
			if len(n.Body.List) == 1 && leaves(n.Body) {
				p.profile = Strong // condition_false says nearly the same
			}
			if n.Else == nil && c.silent(n.Cond) {
				p.unless = []twin{{n.Cond, []string{"condition_false", "error_branch"}}}
			}
			c.offer(p)
			if e, ok := n.Else.(*ast.BlockStmt); ok {
				p := c.empty(e, e.List)
				p.ignore = cmp.Or(c.zeroAlready(n, e), c.returnsBehind(n, e.List, nil))
				c.offer(p)
			}
		case *ast.ForStmt:
			c.offer(c.emptyLoop(n))
		case *ast.RangeStmt:
			p := c.empty(n.Body, n.Body.List)
			if c.drained(n) {
				p.unless = []twin{{n.Body, []string{"loop_zero"}}}
			}
			c.offer(p)
		case *ast.CaseClause:
			p := c.empty(n, n.Body)
			p.ignore = c.returnsBehind(n, n.Body, nil)
			if sw, ok := c.parent(1).(*ast.TypeSwitchStmt); ok && n.List != nil && len(n.Body) == 1 && hasDefault(sw.Body) && leaves(n.Body[0]) {
				p.profile = Strong // type_switch_case says nearly the same
			}
			c.offer(p)
		case *ast.CommClause:
			c.offer(c.empty(n, n.Body))
		}
	},
}

// hasDefault tells whether a switch has a default that does something.
func hasDefault(body *ast.BlockStmt) bool {
	return slices.ContainsFunc(body.List, func(s ast.Stmt) bool {
		clause := s.(*ast.CaseClause)
		return clause.List == nil && len(clause.Body) > 0
	})
}

// empty removes the statements of site from the first to the last, or gives a
// proposal without edits where removing them changes nothing. A body that ends
// its function is left alone: what it returns is for return_value.
func (c *finder) empty(site ast.Node, list []ast.Stmt) proposal {
	idle := true
	for _, s := range list {
		_, empty := s.(*ast.EmptyStmt)
		b, branch := s.(*ast.BranchStmt)
		_, clause := site.(*ast.BlockStmt)
		idle = idle && (empty || branch && !clause && b.Label == nil && b.Tok.String() == "break")
	}
	if idle {
		return proposal{}
	}
	from, to := list[0].Pos(), list[len(list)-1].End()
	return proposal{
		site: site, kind: Body, edits: []edit{{c.offset(from), c.offset(to), ""}},
		ends: true, optional: true,
	}
}

// drained tells whether a range loop with an empty body is as good as one that is
// never entered: it takes nothing from what it ranges over.
func (c *finder) drained(n *ast.RangeStmt) bool {
	t := c.info.TypeOf(n.X)
	if t == nil || n.Tok == token.ASSIGN {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Pointer, *types.Map, *types.Basic:
		return true
	}
	return false
}

// emptyLoop empties the body of a for loop. Nothing but its own clauses can end
// it then; and where these see to that without calling anything, and the loop's
// variables are its own, it is as if it were never entered.
func (c *finder) emptyLoop(n *ast.ForStmt) proposal {
	p := c.empty(n.Body, n.Body.List)
	switch {
	case p.edits == nil:
	case n.Cond == nil, n.Post == nil && c.pure(n.Cond):
		p.ignore = "a loop that nothing leaves can only hang"
	case c.pure(n.Cond) && ownCounter(n):
		p.unless = []twin{{n.Cond, []string{"condition_false"}}}
	}
	return p
}

// ownCounter tells whether a loop declares the variable that it counts with.
func ownCounter(n *ast.ForStmt) bool {
	init, ok := n.Init.(*ast.AssignStmt)
	if !ok || init.Tok.String() != ":=" {
		return false
	}
	var counter ast.Expr
	switch post := n.Post.(type) {
	case *ast.IncDecStmt:
		counter = post.X
	case *ast.AssignStmt:
		counter = post.Lhs[0]
	}
	id, ok := counter.(*ast.Ident)
	if !ok {
		return false
	}
	for _, e := range init.Lhs {
		if own, ok := e.(*ast.Ident); ok && own.Name == id.Name {
			return true
		}
	}
	return false
}

func (c *finder) offer(p proposal) {
	if p.edits != nil {
		c.propose(p)
	}
}
