package mutate

import (
	"go/ast"
	"go/token"
)

var literalBool = Operator{
	Name:   "literal_bool",
	Doc:    "Exchanges true and false.",
	Before: "func f(g func(bool)) { g(true) }",
	After:  "func f(g func(bool)) { g(false) }",
	find: func(c *finder, n ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok || !c.isUniverse(id, "true") && !c.isUniverse(id, "false") {
			return
		}
		switch up := c.parent(0).(type) {
		case *ast.KeyValueExpr:
			if up.Key == id {
				return // both keys of a map may be there
			}
		case *ast.BinaryExpr:
			if up.Op == token.EQL || up.Op == token.NEQ {
				return // comparison_negation says the same
			}
		case *ast.UnaryExpr:
			return // and so does negation_removal
		}
		text := c.not(id)
		if c.universe(text, id.Pos()) {
			c.propose(c.replace(id, text))
		}
	},
}
