package mutate

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
)

var comparisonBoundary = Operator{
	Name:   "comparison_boundary",
	Doc:    "Moves the boundary of a comparison by including or excluding equality.",
	Before: "func f(a, b int) bool { return a < b }",
	After:  "func f(a, b int) bool { return a <= b }",
	find: func(c *finder, n ast.Node) {
		b, ok := n.(*ast.BinaryExpr)
		if !ok {
			return
		}
		if to, ok := boundary[b.Op]; ok {
			c.swapOperator(b, to, cmp.Or(c.sameAnyway(b), c.keepsGreatest(b), c.indifferent(b, to)), c.fixedAnyway(b, to)...)
		}
	},
}

var boundary = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
}

var comparisonNegation = Operator{
	Name:   "comparison_negation",
	Doc:    "Turns a comparison into its opposite, where it is not made true and made false as a whole.",
	Before: "func f(a, b int) bool { return a == b }",
	After:  "func f(a, b int) bool { return a != b }",
	find: func(c *finder, n ast.Node) {
		b, ok := n.(*ast.BinaryExpr)
		if !ok || opposite[b.Op] == 0 {
			return
		}
		unless := []twin{{b, []string{"condition_false", "error_branch"}}}
		if c.isNil(b.Y) {
			unless = append(unless, twin{b, []string{"nil_check"}})
		}
		if c.exactOpposite(b) {
			unless = append(unless, c.negated()...)
		}
		c.swapOperator(b, opposite[b.Op], "", unless...)
	},
}

// exactOpposite tells whether the opposite of b is its negation. It is not with
// a < b and a >= b where one of them may be NaN.
func (c *finder) exactOpposite(b *ast.BinaryExpr) bool {
	if b.Op == token.EQL || b.Op == token.NEQ {
		return true
	}
	ordered := func(t *types.Basic) bool { return t.Info()&types.IsFloat == 0 }
	return every(c.info.TypeOf(b.X), ordered) && every(c.info.TypeOf(b.Y), ordered)
}

var opposite = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LSS: token.GEQ, token.GEQ: token.LSS,
	token.GTR: token.LEQ, token.LEQ: token.GTR,
}

// swapOperator proposes another operator of the same precedence for a binary
// expression.
func (c *finder) swapOperator(b *ast.BinaryExpr, to token.Token, ignore string, unless ...twin) {
	c.propose(proposal{
		site: b, kind: c.kindOf(b), ignore: ignore, unless: unless,
		edits: []edit{c.editToken(b.OpPos, b.Op.String(), to.String())},
		claim: c.claim(b, b, &ast.BinaryExpr{X: b.X, OpPos: b.OpPos, Op: to, Y: b.Y}, false),
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
