package mutate

import (
	"go/ast"
	"go/token"
)

var comparisonBoundary = Operator{
	Name:   "comparison_boundary",
	Doc:    "Moves the boundary of a comparison by including or excluding equality.",
	Before: "func f(a, b int) bool { return a < b }",
	After:  "func f(a, b int) bool { return a <= b }",
	find: func(c *finder, n ast.Node) {
		c.swapOperator(n, map[token.Token]token.Token{
			token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
		})
	},
}

var comparisonNegation = Operator{
	Name:   "comparison_negation",
	Doc:    "Turns a comparison into its opposite.",
	Before: "func f(a, b int) bool { return a == b }",
	After:  "func f(a, b int) bool { return a != b }",
	find: func(c *finder, n ast.Node) {
		c.swapOperator(n, opposite, c.negated()...)
	},
}

var opposite = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LSS: token.GEQ, token.GEQ: token.LSS,
	token.GTR: token.LEQ, token.LEQ: token.GTR,
}

// swapOperator proposes another operator of the same precedence for a binary
// expression.
func (c *finder) swapOperator(n ast.Node, swaps map[token.Token]token.Token, unless ...twin) {
	b, ok := n.(*ast.BinaryExpr)
	if !ok {
		return
	}
	to, ok := swaps[b.Op]
	if !ok {
		return
	}
	c.propose(proposal{
		site: b, kind: c.kindOf(b), unless: unless,
		edits: []edit{c.editToken(b.OpPos, b.Op.String(), to.String())},
	})
}

// negated names the mutant that takes the `!` off the parentheses around the
// current node: the opposite of what stands in them says the same.
func (c *finder) negated() []twin {
	for i := 0; ; i++ {
		switch up := c.parent(i).(type) {
		case *ast.ParenExpr:
			continue
		case *ast.UnaryExpr:
			if up.Op == token.NOT {
				return []twin{{up, []string{"negation_removal"}}}
			}
		}
		return nil
	}
}
