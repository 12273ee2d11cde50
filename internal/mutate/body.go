package mutate

import (
	"go/ast"
	"strings"
)

var functionBody = Operator{
	Name:   "function_body",
	Doc:    "Replaces the whole body of a function by a return of zero values, which tells whether any test looks at all.",
	Before: "func f(a, b int) int { if a > b { return a }; return b }",
	After:  "func f(a, b int) int { return 0 }",
	find: func(c *finder, n ast.Node) {
		d, ok := c.parent(0).(*ast.FuncDecl)
		if !ok || n != ast.Node(d.Body) || len(d.Body.List) == 0 {
			return
		}
		text, ok := c.returnNothing(d.Body)
		if !ok {
			return
		}
		list := d.Body.List
		c.propose(proposal{
			site: d.Body, kind: Body, ignore: c.aridBody(list),
			edits: []edit{{c.offset(list[0].Pos()), c.offset(list[len(list)-1].End()), text}},
		})
	},
}

// returnNothing is a return of zero values at the beginning of a function. Named
// results are zero there.
func (c *finder) returnNothing(at ast.Node) (text string, ok bool) {
	results := c.results()
	switch {
	case len(results) == 0:
		return "", true
	case results[0].name != "":
		return "return", true
	}
	list := make([]string, len(results))
	for i, to := range results {
		if list[i] = c.zero(to, at); list[i] == "" {
			return "", false
		}
	}
	return "return " + strings.Join(list, ", "), true
}

// aridBody is the reason why a body teaches nothing, where all that it does is
// call what reports to people.
func (c *finder) aridBody(list []ast.Stmt) string {
	reason := ""
	for _, s := range list {
		e, ok := s.(*ast.ExprStmt)
		if !ok {
			return ""
		}
		call, ok := ast.Unparen(e.X).(*ast.CallExpr)
		if !ok {
			return ""
		}
		if reason = c.arid(call); reason == "" {
			return ""
		}
	}
	return reason
}

var receiverCopy = Operator{
	Name:    "receiver_copy",
	Doc:     "Lets a method that changes its receiver work on a copy.",
	Profile: All,
	Before:  "type T struct{ n int }\nfunc (t *T) f() { t.n = 1 }",
	After:   "type T struct{ n int }\nfunc (t *T) f() { if t != nil { evilution_copy := *t; t = &evilution_copy }; t.n = 1 }",
	find: func(c *finder, n ast.Node) {
		d, ok := c.parent(0).(*ast.FuncDecl)
		if !ok || n != ast.Node(d.Body) || d.Recv == nil || len(d.Body.List) == 0 {
			return
		}
		field := d.Recv.List[0]
		if _, pointer := ast.Unparen(field.Type).(*ast.StarExpr); !pointer || len(field.Names) != 1 {
			return
		}
		name := field.Names[0].Name
		if name == "_" || !c.universe("nil", d.Body.Lbrace) || !c.changes(d.Body, field.Names[0]) {
			return
		}
		at := c.offset(d.Body.List[0].Pos())
		c.propose(proposal{site: d.Body, kind: Body, edits: []edit{{at, at,
			"if " + name + " != nil { evilution_copy := *" + name + "; " + name + " = &evilution_copy }; "}}})
	},
}

// changes tells whether a body assigns through the variable that id declares.
func (c *finder) changes(body *ast.BlockStmt, id *ast.Ident) bool {
	object, found := c.info.Defs[id], false
	through := func(e ast.Expr) {
		if root := rootOf(e); root != nil && root != ast.Unparen(e) {
			found = found || c.info.Uses[root] == object
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				through(e)
			}
		case *ast.IncDecStmt:
			through(n.X)
		}
		return !found
	})
	return found
}

// rootOf is the variable that a chain of fields, elements and pointers begins
// with, or nil.
func rootOf(e ast.Expr) *ast.Ident {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return nil
		}
	}
}
