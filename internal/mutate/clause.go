package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

var switchCase = Operator{
	Name:   "switch_case",
	Doc:    "Lets a case of a switch never match, so that what stands in default happens; drops one of its values, the default, or fallthrough.",
	Before: "func f(n int) int { switch n { case 1: return 5; default: return 6 } }",
	After:  "func f(n int) int { switch n { case 1: return 6; default: return 6 } }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.BranchStmt:
			if n.Tok == token.FALLTHROUGH {
				c.propose(proposal{site: n, kind: Stmt, edits: []edit{c.edit(n, "")}, ends: true, optional: true})
			}
		case *ast.CaseClause:
			if sw, ok := c.parent(1).(*ast.SwitchStmt); ok {
				c.switchClause(sw, n)
			}
		}
	},
}

// switchClause looks at a clause of a switch. The conditions of a switch without
// a tag are for condition_false.
func (c *finder) switchClause(sw *ast.SwitchStmt, clause *ast.CaseClause) {
	if reached(sw.Body, clause) {
		return
	}
	if clause.List == nil {
		c.offer(c.empty(clause, clause.Body))
		return
	}
	if sw.Tag == nil || !c.allConstant(clause.List) || fallsOn(clause) {
		return
	}
	instead, ok := c.insteadOf(sw.Body, clause)
	if !ok {
		return
	}
	p := c.become(clause, instead)
	p.ignore = c.textInstead(sw.Body, clause)
	c.offer(p)
	if len(clause.List) > 1 && instead != c.listText(clause.Body) {
		c.dropValues(sw, clause)
	}
}

// reached tells whether control comes to a clause from the one before it.
func reached(body *ast.BlockStmt, clause *ast.CaseClause) bool {
	i := slices.Index(body.List, ast.Stmt(clause))
	return i > 0 && fallsOn(body.List[i-1].(*ast.CaseClause))
}

func fallsOn(clause *ast.CaseClause) bool {
	b, ok := lastOf(clause.Body).(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

func (c *finder) allConstant(list []ast.Expr) bool {
	return !slices.ContainsFunc(list, func(e ast.Expr) bool {
		return c.info.Types[e].Value == nil && !c.isNil(e)
	})
}

// longest is the size in bytes of a default that is worth reading twice.
const longest = 400

// insteadOf is what a switch does where a clause does not match and no later one
// does: the text of its default. ok is false where it cannot stand elsewhere.
func (c *finder) insteadOf(body *ast.BlockStmt, not *ast.CaseClause) (text string, ok bool) {
	for _, s := range body.List {
		clause := s.(*ast.CaseClause)
		if clause.List != nil || len(clause.Body) == 0 {
			continue
		}
		if fallsOn(clause) || reached(body, clause) && fallsOn(not) || hasLabel(clause) {
			return "", false
		}
		text = c.listText(clause.Body)
		return text, len(text) <= longest
	}
	return "", true
}

// listText is what stands in the file for a list of statements.
func (c *finder) listText(list []ast.Stmt) string {
	if len(list) == 0 {
		return ""
	}
	return string(c.file.Source[c.offset(list[0].Pos()):c.offset(list[len(list)-1].End())])
}

func hasLabel(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		_, label := n.(*ast.LabeledStmt)
		found = found || label
		return !found
	})
	return found
}

// become gives a clause another body.
func (c *finder) become(clause *ast.CaseClause, text string) proposal {
	if text == "" {
		return c.empty(clause, clause.Body)
	}
	at := c.offset(clause.Colon) + 1
	e := edit{at, at, " " + text}
	if len(clause.Body) > 0 {
		e = edit{c.offset(clause.Body[0].Pos()), c.offset(clause.Body[len(clause.Body)-1].End()), text}
	}
	return proposal{site: clause, kind: Body, ends: true, optional: true, edits: []edit{e}}
}

// How many values of one switch are dropped, and the size in bytes of a switch
// that may be copied for each.
const (
	mostValues = 8
	mostCopied = 4096
)

// dropValues drops each of the values of a clause.
func (c *finder) dropValues(sw *ast.SwitchStmt, clause *ast.CaseClause) {
	before := 0
	for _, s := range sw.Body.List {
		if s == ast.Stmt(clause) {
			break
		}
		if n := len(s.(*ast.CaseClause).List); n > 1 {
			before += n
		}
	}
	for i, e := range clause.List {
		p := proposal{site: c.listed(sw), kind: Stmt, edits: []edit{c.without(clause.List, i)}}
		if before+i >= mostValues || int(sw.End()-sw.Pos()) > mostCopied {
			p.ignore = "one of many values of a switch"
		}
		if p.site != nil && c.pure(e) {
			c.propose(p)
		}
	}
}

// without removes an element of a list with its comma.
func (c *finder) without(list []ast.Expr, i int) edit {
	switch {
	case len(list) == 1:
		return c.edit(list[0], "")
	case i < len(list)-1:
		return edit{c.offset(list[i].Pos()), c.offset(list[i+1].Pos()), ""}
	}
	return edit{c.offset(list[i-1].End()), c.offset(list[i].End()), ""}
}

// listed is the statement around or at s, which encloses the current node, that
// stands in a list without a label; nil where there is none.
func (c *finder) listed(s ast.Stmt) ast.Node {
	for i := slices.Index(c.parents, ast.Node(s)); i > 0; i-- {
		up, ok := c.parents[i].(ast.Stmt)
		if !ok {
			return nil
		}
		switch list := c.parents[i-1].(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.LabeledStmt:
			return up
		case *ast.CommClause:
			if list.Comm != up {
				return up
			}
		}
	}
	return nil
}

var typeSwitchCase = Operator{
	Name:   "type_switch_case",
	Doc:    "Lets a case of a type switch never match, so that what stands in default happens.",
	Before: "func f(v any) int { switch v.(type) { case int: return 5; default: return 6 } }",
	After:  "func f(v any) int { switch v.(type) { case int: return 6; default: return 6 } }",
	find: func(c *finder, n ast.Node) {
		clause, ok := n.(*ast.CaseClause)
		sw, isType := c.parent(1).(*ast.TypeSwitchStmt)
		if !ok || !isType {
			return
		}
		if clause.List == nil {
			c.offer(c.empty(clause, clause.Body))
			return
		}
		if c.matchesLater(sw, clause) {
			c.dropClause(sw, clause)
			return
		}
		if text, ok := c.insteadOf(sw.Body, clause); ok {
			if text, ok = c.rebind(sw, clause, text); ok {
				p := c.become(clause, text)
				p.ignore = c.textInstead(sw.Body, clause)
				c.offer(p)
			}
		}
	},
}

// matchesLater tells whether what a clause matches could match a later one.
func (c *finder) matchesLater(sw *ast.TypeSwitchStmt, clause *ast.CaseClause) bool {
	i := slices.Index(sw.Body.List, ast.Stmt(clause))
	for _, s := range sw.Body.List[i+1:] {
		for _, e := range s.(*ast.CaseClause).List {
			later := c.info.TypeOf(e)
			if later == nil || !types.IsInterface(later) {
				continue
			}
			for _, e := range clause.List {
				t := c.info.TypeOf(e)
				if t == nil || c.isNil(e) {
					continue
				}
				if types.IsInterface(t) || types.Implements(t, later.Underlying().(*types.Interface)) {
					return true
				}
			}
		}
	}
	return false
}

// dropClause removes a whole clause of a switch that is small enough to be copied
// for that.
func (c *finder) dropClause(sw *ast.TypeSwitchStmt, clause *ast.CaseClause) {
	p := proposal{site: c.listed(sw), kind: Stmt, edits: []edit{c.edit(clause, "")}, ends: true, optional: true}
	for _, at := range c.uses.lost(c.tok, p.edits) {
		if at.key.kind == variable && sw.Pos() <= at.key.pos && at.key.pos < sw.End() {
			return // the variable of the switch
		}
	}
	if p.site != nil && int(sw.End()-sw.Pos()) <= mostCopied {
		c.propose(p)
	}
}

// rebind gives the variable of a type switch, where the text of default uses it,
// the type there that it has in default.
func (c *finder) rebind(sw *ast.TypeSwitchStmt, clause *ast.CaseClause, text string) (string, bool) {
	assign, ok := sw.Assign.(*ast.AssignStmt)
	if !ok || text == "" {
		return text, true
	}
	name := assign.Lhs[0].(*ast.Ident).Name
	names := map[string]bool{}
	if identifiers(text, names); !names[name] {
		return text, true
	}
	x := assign.Rhs[0].(*ast.TypeAssertExpr).X
	own := c.info.TypeOf(x)
	obj := c.info.Implicits[clause]
	if obj != nil && types.Identical(obj.Type(), own) {
		return text, true // a clause with several types
	}
	i, ok := own.Underlying().(*types.Interface)
	if !ok || i.NumMethods() > 0 || strings.Contains(text, "\n") && len(text) > longest {
		return "", false
	}
	return "{ " + name + " := interface{}(" + name + "); " + text + " }", true
}
