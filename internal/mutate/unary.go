package mutate

import (
	"go/ast"
	"go/token"
)

var unary = Operator{
	Name:    "unary",
	Doc:     "Removes the - or ^ before a number.",
	Profile: Strong,
	Before:  "func f(a int) int { return -a }",
	After:   "func f(a int) int { return a }",
	find: func(c *finder, n ast.Node) {
		u, ok := n.(*ast.UnaryExpr)
		if !ok || u.Op != token.SUB && u.Op != token.XOR || !isNumber(c.info.TypeOf(u)) {
			return
		}
		if c.is(u.X, 0) || !c.constantFits(u, c.text(u.X)) {
			return
		}
		c.propose(proposal{site: u, kind: Value, edits: []edit{c.editToken(u.OpPos, u.Op.String(), "")}})
	},
}
