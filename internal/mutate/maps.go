package mutate

import (
	"go/ast"
	"go/token"
)

var mapDelete = Operator{
	Name:   "map_delete",
	Doc:    "Does not delete from a map.",
	Before: "func f(m map[int]int) { delete(m, 1) }",
	After:  "func f(m map[int]int) {  }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.ExprStmt)
		if !ok || !c.inList(s) {
			return
		}
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if ok && (c.isBuiltin(call, "delete") || c.isBuiltin(call, "clear") && isMap(c.info.TypeOf(call.Args[0]))) {
			c.propose(proposal{site: s, kind: Stmt, edits: []edit{c.edit(s, "")}})
		}
	},
}

var mapWrite = Operator{
	Name:   "map_write",
	Doc:    "Does not write to a map.",
	Before: "func f(m map[int]int) { m[1] = 2 }",
	After:  "func f(m map[int]int) {  }",
	find: func(c *finder, n ast.Node) {
		var e ast.Expr
		switch s := n.(type) {
		case *ast.AssignStmt:
			if len(s.Lhs) == 1 && s.Tok != token.DEFINE {
				e = s.Lhs[0]
			}
		case *ast.IncDecStmt:
			e = s.X
		}
		x, ok := e.(*ast.IndexExpr)
		if ok && isMap(c.info.TypeOf(x.X)) && c.inList(n.(ast.Stmt)) {
			c.propose(proposal{site: n, kind: Stmt, edits: []edit{c.edit(n, "")}})
		}
	},
}
