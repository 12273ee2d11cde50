package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

var assignmentZero = Operator{
	Name:    "assignment_zero",
	Doc:     "Assigns the zero value of its type to a variable instead.",
	Profile: Strong,
	Before:  "func f(n int) int { m := 1; m = n; return m }",
	After:   "func f(n int) int { m := 1; m = 0; return m }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.AssignStmt)
		if !ok || s.Tok != token.ASSIGN || !c.inList(s) || len(s.Lhs) != len(s.Rhs) {
			return
		}
		for i, e := range s.Rhs {
			t := c.info.TypeOf(s.Lhs[i])
			if isBlank(s.Lhs[i]) || t == nil || c.isZero(e, t) {
				continue
			}
			text := c.plainZero(t, e)
			if text == "" {
				continue
			}
			edits := []edit{c.edit(e, text)}
			if c.hangs(s) == "" || len(s.Lhs) > 1 {
				c.propose(proposal{site: s, kind: Stmt, edits: edits})
			}
		}
	},
}

// plainZero writes the zero value of a type that needs no name for it, or nothing.
func (c *finder) plainZero(t types.Type, at ast.Node) string {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return ""
	}
	switch {
	case isBool(t), isNumber(t), isString(t), nilable(t):
		return c.zero(result{typ: t}, at)
	}
	return ""
}

func isBlank(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == "_"
}

// steps tells which variable a statement that stands in a list gives a new value,
// or nil.
func steps(s ast.Stmt) *ast.Ident {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.IncDecStmt:
		e = s.X
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE || len(s.Lhs) != 1 {
			return nil
		}
		e = s.Lhs[0]
	default:
		return nil
	}
	id, _ := ast.Unparen(e).(*ast.Ident)
	return id
}

// hangs is the reason not to take away the current statement: it is the only one
// that brings the loop around it nearer to its end.
func (c *finder) hangs(s ast.Stmt) string {
	id := steps(s)
	body, ok := c.parent(0).(*ast.BlockStmt)
	loop, isFor := c.parent(1).(*ast.ForStmt)
	if id == nil || !ok || !isFor || loop.Body != body || loop.Cond == nil || loop.Post != nil {
		return ""
	}
	object := c.info.Uses[id]
	if !c.mentions(loop.Cond, object) {
		return ""
	}
	only := true
	ast.Inspect(body, func(n ast.Node) bool {
		if other, ok := n.(ast.Stmt); ok && other != s {
			if id := steps(other); id != nil && c.info.Uses[id] == object {
				only = false
			}
		}
		return only
	})
	if !only {
		return ""
	}
	return "a loop that nothing advances can only hang"
}

// mentions tells whether an identifier in n means object.
func (c *finder) mentions(n ast.Node, object types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && object != nil && c.info.Uses[id] == object {
			found = true
		}
		return !found
	})
	return found
}
