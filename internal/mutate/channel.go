package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

var channel = Operator{
	Name:    "channel",
	Doc:     "Removes a send or a close, changes the size of a channel's buffer, drops a case of a select, or drops or adds its default.",
	Profile: Strong,
	Before:  "func f(a, b chan int) int { select { case <-a: return 1; case <-b: return 2 } }",
	After:   "func f(a, b chan int) int { select { case <-b: return 2 } }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.SendStmt:
			if c.inList(n) {
				c.propose(proposal{site: n, kind: Stmt, edits: []edit{c.edit(n, "")}})
			}
		case *ast.ExprStmt:
			call, ok := ast.Unparen(n.X).(*ast.CallExpr)
			if ok && c.isBuiltin(call, "close") && c.inList(n) {
				c.propose(proposal{site: n, kind: Stmt, edits: []edit{c.edit(n, "")}})
			}
		case *ast.CallExpr:
			if c.isBuiltin(n, "make") {
				c.buffer(n)
			}
		case *ast.SelectStmt:
			c.selected(n)
		}
	},
}

// buffer proposes other sizes for a channel's buffer.
func (c *finder) buffer(call *ast.CallExpr) {
	t := c.info.TypeOf(call)
	if t == nil || len(call.Args) == 0 {
		return
	}
	if _, ok := t.Underlying().(*types.Chan); !ok {
		return
	}
	if len(call.Args) == 1 {
		at := c.offset(call.Args[0].End())
		c.propose(proposal{site: call, kind: Value, edits: []edit{{at, at, ", 1"}}})
		return
	}
	size := call.Args[1]
	v := c.info.Types[size].Value
	if v != nil && constant.Sign(v) == 0 {
		c.propose(proposal{site: call, kind: Value, edits: []edit{c.edit(size, "1")}})
		return
	}
	c.propose(proposal{site: call, kind: Value, edits: []edit{c.edit(size, "0")}})
	text := "(" + c.text(size) + ") + 1"
	if _, lit := size.(*ast.BasicLit); lit {
		text = c.text(size) + " + 1"
	}
	c.propose(proposal{site: call, kind: Value, edits: []edit{c.edit(size, text)}})
}

// selected drops each clause of a select that has another one, and adds a default.
func (c *finder) selected(s *ast.SelectStmt) {
	c.parents = append(c.parents, s)
	site := c.listed(s)
	c.parents = c.parents[:len(c.parents)-1]
	if site == nil || int(s.End()-s.Pos()) > mostCopied {
		return
	}
	hasDefault := false
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CommClause)
		hasDefault = hasDefault || clause.Comm == nil
		if len(s.Body.List) > 1 {
			c.propose(proposal{site: site, kind: Stmt, edits: []edit{c.cut(clause, s.Body)}})
		}
	}
	if !hasDefault && len(s.Body.List) > 0 {
		at := c.offset(s.Body.Lbrace) + 1
		c.propose(proposal{site: site, kind: Stmt, edits: []edit{{at, at, " default:"}}, ends: true, optional: true})
	}
}

// cut removes a clause with what separates it from the next.
func (c *finder) cut(clause *ast.CommClause, body *ast.BlockStmt) edit {
	e := c.edit(clause, "")
	for i, other := range body.List {
		if other == ast.Stmt(clause) && i+1 < len(body.List) && c.tok.Line(clause.Pos()) == c.tok.Line(body.List[i+1].Pos()) {
			e.end = c.offset(body.List[i+1].Pos())
		}
	}
	return e
}

var goroutine = Operator{
	Name:    "goroutine",
	Doc:     "Calls a function at once instead of starting a goroutine, or not at all.",
	Profile: Strong,
	Before:  "func f(g func()) { go g() }",
	After:   "func f(g func()) { g() }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.GoStmt)
		if !ok || !c.inList(s) {
			return
		}
		ignore := c.arid(s.Call)
		c.propose(proposal{site: s, kind: Stmt, ignore: ignore, edits: []edit{{c.offset(s.Go), c.offset(s.Call.Pos()), ""}}})
		c.propose(proposal{site: s, kind: Stmt, ignore: ignore, edits: []edit{c.edit(s, "")}})
	},
}

var branchSwap = Operator{
	Name:    "branch_swap",
	Doc:     "Exchanges the bodies of an if and its else.",
	Profile: Strong,
	Before:  "func f(c bool, g, h func()) { if c { g() } else { h() } }",
	After:   "func f(c bool, g, h func()) { if c { h() } else { g() } }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			return
		}
		other, ok := s.Else.(*ast.BlockStmt)
		if !ok || len(s.Body.List)+len(other.List) == 0 || hasLabel(s) {
			return
		}
		c.parents = append(c.parents, s)
		site := c.listed(s)
		c.parents = c.parents[:len(c.parents)-1]
		if site == nil || int(site.End()-site.Pos()) > mostCopied {
			return
		}
		c.propose(proposal{
			site: site, kind: Stmt, unless: opposites(s.Cond),
			edits: []edit{
				{c.offset(s.Body.Lbrace) + 1, c.offset(s.Body.Rbrace), c.between(other)},
				{c.offset(other.Lbrace) + 1, c.offset(other.Rbrace), c.between(s.Body)},
			},
		})
	},
}

// between is what stands between the braces of a block.
func (c *finder) between(b *ast.BlockStmt) string {
	return string(c.file.Source[c.offset(b.Lbrace)+1 : c.offset(b.Rbrace)])
}

// opposites are the mutants that turn a condition into its opposite.
func opposites(cond ast.Expr) []twin {
	twins := []twin{{cond, []string{"comparison_negation", "negation_removal", "negation_insertion", "nil_check"}}}
	if u, ok := ast.Unparen(cond).(*ast.UnaryExpr); ok && u.Op == token.NOT {
		twins = append(twins, twin{u, []string{"negation_removal"}})
	}
	if inner := ast.Unparen(cond); inner != cond {
		twins = append(twins, opposites(inner)...)
	}
	return twins
}
