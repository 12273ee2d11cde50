package mutate

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

var literalInt = Operator{
	Name:   "literal_int",
	Doc:    "Exchanges 0 and 1; in the strong profile makes any whole number greater and less by one.",
	Before: "func f(a int) int { return a * 10 + 1 }",
	After:  "func f(a int) int { return a * 10 + 0 }",
	find: func(c *finder, n ast.Node) {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.INT || c.isPlace(lit) {
			return
		}
		v, ok := smallInt(constant.MakeFromLiteral(lit.Value, lit.Kind, 0))
		if !ok {
			return
		}
		site, v := c.withSign(lit, v)
		for _, to := range []int64{v + 1, v - 1} {
			c.instead(site, v, to)
		}
	},
}

// withSign is the literal with the minus before it.
func (c *finder) withSign(lit *ast.BasicLit, v int64) (ast.Expr, int64) {
	if u, ok := c.parent(0).(*ast.UnaryExpr); ok && u.Op == token.SUB {
		return u, -v
	}
	return lit, v
}

// instead proposes the number to for site, which says v.
func (c *finder) instead(site ast.Expr, v, to int64) {
	if c.sameComparison(site, v, to) || v == -1 && to == -2 {
		return // -1 mostly stands for nothing, and so does -2
	}
	if call, ok := c.above(site).(*ast.CallExpr); ok && to < 0 && c.info.Types[call.Fun].IsType() {
		return // its type may be a parameter's, which may be unsigned
	}
	text := c.number(to, c.text(site))
	if !c.constantFitsAt(site, text) {
		return
	}
	p := c.literal(site, text)
	if v != 0 && v != 1 || to != 1-v || c.isCompared(site) {
		p.profile = Strong
	}
	c.propose(p)
}

// isCompared tells whether site is a side of a comparison, whose three mutants
// say nearly as much.
func (c *finder) isCompared(site ast.Expr) bool {
	b, _ := c.above(site).(*ast.BinaryExpr)
	return b != nil && mirrored[b.Op] != 0
}

// above is the parent of site, which is the current node or the one around it.
func (c *finder) above(site ast.Expr) ast.Node {
	if c.parent(0) == site {
		return c.parent(1)
	}
	return c.parent(0)
}

// number writes n in the base of like.
func (c *finder) number(n int64, like string) string {
	if digits := strings.TrimPrefix(strings.ToLower(like), "-"); strings.HasPrefix(digits, "0x") {
		return fmt.Sprintf("%#x", n)
	}
	return fmt.Sprint(n)
}

// constantFitsAt is constantFits for the current node or the expression around it.
func (c *finder) constantFitsAt(site ast.Expr, text string) bool {
	if site != c.parent(0) {
		return c.constantFits(site, text)
	}
	top := len(c.parents) - 1
	last := c.parents[top]
	c.parents = c.parents[:top]
	fits := c.constantFits(site, text)
	c.parents = append(c.parents, last)
	return fits
}

// isPlace tells whether the current node counts elements: in a bound or index,
// alone or added to something. slice_bounds and index_offset move those.
func (c *finder) isPlace(e ast.Expr) bool {
	var child ast.Node = e
	i := 0
	if b, ok := c.parent(i).(*ast.BinaryExpr); ok && (b.Op == token.ADD || b.Op == token.SUB) {
		child, i = b, 1
	}
	switch up := c.parent(i).(type) {
	case *ast.IndexExpr:
		return up.Index == child && isSequence(c.info.TypeOf(up.X))
	case *ast.SliceExpr:
		return true
	case *ast.ForStmt:
		return false
	case *ast.AssignStmt:
		loop, ok := c.parent(i + 1).(*ast.ForStmt)
		return ok && loop.Post == up // a step of 0 only hangs
	}
	return false
}

// sameComparison tells whether to in the place of v, which is compared with a
// whole number, is what comparison_boundary says, or cannot make a difference.
func (c *finder) sameComparison(site ast.Expr, v, to int64) bool {
	b, ok := c.above(site).(*ast.BinaryExpr)
	if !ok || !isInteger(c.info.TypeOf(b.X)) || !isInteger(c.info.TypeOf(b.Y)) {
		return false
	}
	op, other := b.Op, b.X
	if b.X == site {
		op, other = mirrored[op], b.Y
	}
	switch op {
	case token.LSS, token.GEQ:
		if to == v+1 {
			return true
		}
	case token.LEQ, token.GTR:
		if to == v-1 {
			return true
		}
	case token.EQL, token.NEQ:
	default:
		return false
	}
	return to < 0 && c.isCount(other)
}

// mirrored is the operator that says the same when its operands change places.
var mirrored = map[token.Token]token.Token{
	token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
	token.EQL: token.EQL, token.NEQ: token.NEQ,
}

// isCount tells whether e is never negative: a length, or an unsigned number.
func (c *finder) isCount(e ast.Expr) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && (c.isBuiltin(call, "len") || c.isBuiltin(call, "cap")) {
		return true
	}
	return every(c.info.TypeOf(e), func(b *types.Basic) bool { return b.Info()&types.IsUnsigned != 0 })
}

var literalFloat = Operator{
	Name:    "literal_float",
	Doc:     "Exchanges 0.0 and 1.0, and adds 1 to any other number with a point.",
	Profile: Strong,
	Before:  "func f(a float64) float64 { return a * 2.5 }",
	After:   "func f(a float64) float64 { return a * 3.5 }",
	find: func(c *finder, n ast.Node) {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.FLOAT {
			return
		}
		v := constant.MakeFromLiteral(lit.Value, lit.Kind, 0)
		sum, _ := constant.Float64Val(constant.BinaryOp(v, token.ADD, constant.MakeInt64(1)))
		text := fmt.Sprint(sum)
		switch {
		case c.is(lit, 1):
			text = "0.0"
		case !strings.ContainsAny(text, ".eIN"):
			text += ".0"
		}
		if c.constantFits(lit, text) {
			c.propose(c.literal(lit, text))
		}
	},
}
