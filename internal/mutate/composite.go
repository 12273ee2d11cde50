package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

var literalComposite = Operator{
	Name:    "literal_composite",
	Doc:     "Leaves out a field of a struct literal, or an element of a slice or map literal, or empties it.",
	Profile: Strong,
	Before:  "func f(a, b int) []int { return []int{a, b} }",
	After:   "func f(a, b int) []int { return []int{b} }",
	find: func(c *finder, n ast.Node) {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || len(lit.Elts) == 0 || c.info.TypeOf(lit) == nil || !c.canShrink(lit) {
			return
		}
		made := 0
		for i, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && isStruct(c.literalType(lit)) && c.isDefault(kv.Value) {
				continue
			}
			if made++; made > tableMutants {
				break // a longer one is a table
			}
			c.dropElements(lit, i, i)
		}
		if len(lit.Elts) > 1 && !isStruct(c.literalType(lit)) {
			c.dropElements(lit, 0, len(lit.Elts)-1)
		}
	},
}

// isDefault tells whether a field has the value e anyway.
func (c *finder) isDefault(e ast.Expr) bool {
	return c.isZero(e, c.info.TypeOf(e)) || c.isUniverse(e, "false")
}

// literalType is what lit makes; an element without its type may point to it.
func (c *finder) literalType(lit *ast.CompositeLit) types.Type {
	t := c.info.TypeOf(lit)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// canShrink tells whether lit stays of its type when it has less in it.
func (c *finder) canShrink(lit *ast.CompositeLit) bool {
	_, keyed := lit.Elts[0].(*ast.KeyValueExpr)
	switch c.literalType(lit).Underlying().(type) {
	case *types.Struct, *types.Map:
		return keyed
	case *types.Slice:
		return !keyed
	}
	return false
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// whole is the smallest expression around lit, the current node, that has a type
// by itself and need not have an address.
func (c *finder) whole(lit *ast.CompositeLit) ast.Expr {
	for i := 0; ; i++ {
		switch up := c.parent(i).(type) {
		case *ast.KeyValueExpr:
			continue
		case *ast.CompositeLit:
			if lit.Type != nil {
				return lit
			}
			lit = up
			continue
		case *ast.UnaryExpr:
			if lit.Type != nil && up.Op == token.AND {
				return up
			}
		}
		return lit
	}
}

// dropElements proposes lit without its elements from first to last.
func (c *finder) dropElements(lit *ast.CompositeLit, first, last int) {
	from, to := c.offset(lit.Elts[first].Pos()), c.offset(lit.Elts[last].End())
	switch {
	case last+1 < len(lit.Elts):
		to = c.offset(lit.Elts[last+1].Pos())
	case first > 0:
		from = c.offset(lit.Elts[first-1].End())
	default:
		to = c.offset(lit.Rbrace)
	}
	p := proposal{site: c.whole(lit), kind: Value, edits: []edit{{from, to, ""}}}
	if outer := c.outermost(0); outer != nil {
		p.ignore = c.ration(outer)
	}
	c.propose(p)
}
