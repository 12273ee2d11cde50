package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
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

var logicalOperand = Operator{
	Name:   "logical_operand",
	Doc:    "Leaves out one side of && or ||.",
	Before: "func f(a, b bool) bool { return a && b }",
	After:  "func f(a, b bool) bool { return a }",
	find: func(c *finder, n ast.Node) {
		b, ok := n.(*ast.BinaryExpr)
		if !ok || b.Op != token.LAND && b.Op != token.LOR || c.info.Types[b].Value != nil {
			return
		}
		c.leaveOut(b, b.Y, edit{c.offset(b.X.End()), c.offset(b.Y.End()), ""})
		c.leaveOut(b, b.X, edit{c.offset(b.X.Pos()), c.offset(b.Y.Pos()), ""})
	},
}

// leaveOut proposes b without one side, which e cuts out. Where that is the last
// use of something, the side stays behind an operator that does not evaluate it.
func (c *finder) leaveOut(b *ast.BinaryExpr, side ast.Expr, e edit) {
	neutral := "0 == 0 || "
	if b.Op == token.LOR {
		neutral = "0 != 0 && "
	}
	other := b.X
	if side == b.X {
		other = b.Y
	}
	c.propose(proposal{
		site: b, kind: Bool, edits: []edit{e}, ignore: c.spare(b, side),
		spare: []edit{c.edit(side, "("+neutral+c.inParens(side)+")")}, claim: c.claim(b, b, other, false),
	})
}

var negationInsertion = Operator{
	Name:   "negation_insertion",
	Doc:    "Puts a ! before a call, where it is not made true and made false as a whole.",
	Before: "func f(g func() bool) bool { return g() }",
	After:  "func f(g func() bool) bool { return !g() }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || !isBool(c.info.TypeOf(call)) || c.harmless(call) || c.isDone() {
			return
		}
		if _, basic := c.info.TypeOf(call).Underlying().(*types.Basic); !basic || c.negated() != nil {
			return
		}
		at := c.offset(call.Pos())
		c.propose(proposal{
			site: call, kind: Bool, edits: []edit{{at, at, "!"}},
			unless: []twin{{call, []string{"condition_false"}}},
		})
	},
}

// isDone tells whether the current node, a call, is a statement, whose value nobody
// gets.
func (c *finder) isDone() bool {
	for i := 0; ; i++ {
		switch c.parent(i).(type) {
		case *ast.ParenExpr:
			continue
		case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
			return true
		}
		return false
	}
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

// inParens is the text of e with parentheses around it unless e needs none.
func (c *finder) inParens(e ast.Expr) string {
	if operand(e) {
		return c.text(e)
	}
	return "(" + c.text(e) + ")"
}
