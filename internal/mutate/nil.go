package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

var nilCheck = Operator{
	Name:   "nil_check",
	Doc:    "Fixes the answer of a comparison with nil; in the strong profile also asks for nil instead of empty and the other way round.",
	Before: "func f(p *int, ok bool) bool { return p == nil && ok }",
	After:  "func f(p *int, ok bool) bool { return false && ok }",
	find: func(c *finder, n ast.Node) {
		b, ok := n.(*ast.BinaryExpr)
		if !ok || b.Op != token.EQL && b.Op != token.NEQ && b.Op != token.GTR {
			return
		}
		switch {
		case b.Op == token.GTR:
			c.nilForEmpty(b)
		case c.isNil(b.Y):
			c.propose(c.fixed(b, "true", "true || "))
			c.propose(c.fixed(b, "false", "false && "))
			c.emptyForNil(b)
		default:
			c.nilForEmpty(b)
		}
	},
}

// nilForEmpty proposes s == nil for len(s) == 0.
func (c *finder) nilForEmpty(b *ast.BinaryExpr) {
	call, ok := b.X.(*ast.CallExpr)
	if !ok || !c.isBuiltin(call, "len") || !c.is(b.Y, 0) || !canBeEmpty(c.info.TypeOf(call.Args[0])) || !c.universe("nil", b.Pos()) {
		return
	}
	op := b.Op
	if op == token.GTR {
		op = token.NEQ
	}
	p := c.replace(b, c.text(call.Args[0])+" "+op.String()+" nil")
	p.profile = Strong
	c.propose(p)
}

// emptyForNil proposes len(s) == 0 for s == nil.
func (c *finder) emptyForNil(b *ast.BinaryExpr) {
	if !canBeEmpty(c.info.TypeOf(b.X)) || !c.universe("len", b.Pos()) {
		return
	}
	p := c.replace(b, "len("+c.text(b.X)+") "+b.Op.String()+" 0")
	p.profile = Strong
	c.propose(p)
}

// canBeEmpty tells whether a value of type t can be empty and not nil.
func canBeEmpty(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}
