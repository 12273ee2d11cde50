package mutate

import (
	"go/ast"
	"go/token"
	"slices"
)

var commaOk = Operator{
	Name:   "comma_ok",
	Doc:    "Takes the second value of a map read, a type assertion or a receive for true, or for false.",
	Before: "func f(m map[int]int, g func()) { _, ok := m[1]; g(); if ok { g() } }",
	After:  "func f(m map[int]int, g func()) { _, ok := m[1]; g(); if true || (ok) { g() } }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Lhs) != 2 || len(s.Rhs) != 1 || !c.givesOk(s.Rhs[0]) {
			return
		}
		id, ok := s.Lhs[1].(*ast.Ident)
		if !ok || id.Name == "_" {
			return
		}
		if use, around := c.onlyUse(id); use != nil {
			if returned(use, around) {
				return
			}
			for _, text := range []string{"true", "false"} {
				c.takeFor(use, around, text)
			}
		} else if next := c.next(s); next != nil && c.info.TypeOf(id) != nil {
			at := c.offset(next.Pos())
			for _, text := range []string{"true", "false"} {
				if c.universe(text, next.Pos()) {
					c.propose(proposal{site: next, kind: Stmt, edits: []edit{{at, at, id.Name + " = " + text + "; "}}})
				}
			}
		}
	},
}

// givesOk tells whether e may have a second value that says whether there was a
// first.
func (c *finder) givesOk(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		return isMap(c.info.TypeOf(e.X))
	case *ast.TypeAssertExpr:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	}
	return false
}

// onlyUse is the one place that reads the variable that id declares, with the
// nodes around it; nil where there is another number of them, or where the
// variable may have another value by then.
func (c *finder) onlyUse(id *ast.Ident) (use *ast.Ident, around []ast.Node) {
	object := c.info.Defs[id]
	_, body := c.inner()
	if object == nil || body == nil {
		return nil, nil
	}
	count := 0
	var path []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		if other, ok := n.(*ast.Ident); ok && c.info.Uses[other] == object {
			count++
			use, around = other, slices.Clone(path)
		}
		path = append(path, n)
		return true
	})
	if count != 1 || slices.ContainsFunc(around, func(n ast.Node) bool { _, lit := n.(*ast.FuncLit); return lit }) {
		return nil, nil
	}
	switch up := around[len(around)-1].(type) {
	case *ast.AssignStmt:
		if slices.Contains(up.Lhs, ast.Expr(use)) {
			return nil, nil
		}
	case *ast.UnaryExpr:
		if up.Op == token.AND {
			return nil, nil
		}
	}
	return use, around
}

// returned tells whether a function returns the variable as it is: return_value
// says enough about it then.
func returned(use *ast.Ident, around []ast.Node) bool {
	r, ok := around[len(around)-1].(*ast.ReturnStmt)
	return ok && slices.Contains(r.Results, ast.Expr(use))
}

// takeFor proposes a constant for the use of a variable.
func (c *finder) takeFor(use *ast.Ident, around []ast.Node, text string) {
	if !c.universe(text, use.Pos()) {
		return
	}
	p := c.fixed(use, text, map[string]string{"true": "true || ", "false": "false && "}[text])
	switch up := around[len(around)-1].(type) {
	case *ast.UnaryExpr:
		p.unless = append(p.unless, twin{up, []string{map[string]string{"true": "condition_false", "false": "condition_true"}[text]}})
	case *ast.BinaryExpr:
		idle := map[string]token.Token{"true": token.LAND, "false": token.LOR}[text]
		if up.Op == idle {
			p.unless = append(p.unless, twin{up, []string{"logical_operand"}})
		} else if up.X == ast.Expr(use) {
			p.unless = append(p.unless, twin{up, []string{map[string]string{"true": "condition_true", "false": "condition_false"}[text]}})
		}
	}
	c.propose(p)
}

// next is the statement behind s in its list, if s, which is the current node,
// stands in one and what follows may be changed with it.
func (c *finder) next(s ast.Stmt) ast.Stmt {
	list := listOf(c.parent(0))
	i := slices.Index(list, s)
	if i < 0 || i == len(list)-1 {
		return nil
	}
	switch n := list[i+1].(type) {
	case *ast.LabeledStmt, *ast.DeclStmt, *ast.EmptyStmt:
		return nil
	case *ast.BranchStmt:
		if n.Tok == token.FALLTHROUGH {
			return nil
		}
	}
	return list[i+1]
}

// listOf are the statements of a block or a clause.
func listOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}
