package mutate

import (
	"go/ast"
	"go/token"
)

var logicalSwap = Operator{
	Name:   "logical_swap",
	Doc:    "Exchanges && and ||.",
	Before: "func f(a, b, c bool) bool { return a && b || c }",
	After:  "func f(a, b, c bool) bool { return a && b && c }",
	find: func(c *finder, n ast.Node) {
		if b, ok := n.(*ast.BinaryExpr); ok {
			switch b.Op {
			case token.LAND:
				c.regroup(b, token.LOR)
			case token.LOR:
				c.regroup(b, token.LAND)
			}
		}
	},
}

var negationRemoval = Operator{
	Name:   "negation_removal",
	Doc:    "Removes the ! before an expression.",
	Before: "func f(a bool) bool { return !a }",
	After:  "func f(a bool) bool { return a }",
	find: func(c *finder, n ast.Node) {
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.NOT {
			c.propose(proposal{site: u, kind: Bool, edits: []edit{c.editToken(u.OpPos, "!", "")}})
		}
	},
}

// regroup proposes the operator to for the binary expression b, which is the
// current node. Where to binds more or less tightly than the operator there, it
// writes the parentheses that keep the operands what they are.
func (c *finder) regroup(b *ast.BinaryExpr, to token.Token) {
	if !c.constantFits(b, "(("+c.text(b.X)+")"+to.String()+"("+c.text(b.Y)+"))") {
		return
	}
	before, after := b.Op.Precedence(), to.Precedence()
	left, right, whole := false, false, false
	if before != after {
		if x, ok := b.X.(*ast.BinaryExpr); ok {
			left = x.Op.Precedence() < after
		}
		if y, ok := b.Y.(*ast.BinaryExpr); ok {
			right = y.Op.Precedence() <= after
		}
		if up, ok := c.parent(0).(*ast.BinaryExpr); ok {
			whole = up.X == b && after < up.Op.Precedence() || up.Y == b && after <= up.Op.Precedence()
		}
	}
	var edits []edit
	put := func(yes bool, pos token.Pos, text string) {
		if yes {
			at := c.offset(pos)
			edits = append(edits, edit{at, at, text})
		}
	}
	put(whole, b.Pos(), "(")
	put(left, b.X.Pos(), "(")
	put(left, b.X.End(), ")")
	edits = append(edits, c.editToken(b.OpPos, b.Op.String(), to.String()))
	put(right, b.Y.Pos(), "(")
	put(right, b.Y.End(), ")")
	put(whole, b.End(), ")")
	c.propose(proposal{site: b, kind: c.kindOf(b), edits: edits})
}
