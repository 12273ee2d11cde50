package mutate

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
)

// constantFits tells whether e, a part of an expression, may be replaced by text
// as far as the rules for constants go: if e is part of a constant expression,
// the whole of that must still be a constant that its type can hold and its place
// allows, and have another value than before.
func (c *finder) constantFits(e ast.Expr, text string) bool {
	if c.info.Types[e].Value == nil {
		return true
	}
	outer, depth := e, 0
	for ; ; depth++ {
		up, ok := c.parent(depth).(ast.Expr)
		if !ok || c.info.Types[up].Value == nil {
			break
		}
		outer = up
	}
	before := c.offset(outer.Pos())
	whole := c.apply(before, c.offset(outer.End()), []edit{c.edit(e, text)})
	value := c.evaluate(whole, outer.Pos())
	old := c.info.Types[outer]
	return value != nil && representable(value, old.Type, c.pkg.Sizes) &&
		!constant.Compare(value, token.EQL, old.Value) && c.constantAllowed(outer, c.parent(depth), value)
}

// evaluate is the value of a constant expression at pos, or nil.
func (c *finder) evaluate(text string, pos token.Pos) constant.Value {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return nil
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if err := types.CheckExpr(c.pkg.Fset, c.pkg.Types, pos, e, info); err != nil {
		return nil
	}
	value := info.Types[e].Value
	if value == nil || value.Kind() == constant.Unknown {
		return nil
	}
	return value
}

// constantAllowed tells whether value may stand where outer does, under up. An
// index, a bound or a key that is constant is checked against others by the
// compiler; those are left alone.
func (c *finder) constantAllowed(outer ast.Expr, up ast.Node, value constant.Value) bool {
	switch up := up.(type) {
	case *ast.IndexExpr:
		return up.Index != outer
	case *ast.SliceExpr:
		return false
	case *ast.KeyValueExpr:
		return up.Key != outer
	case *ast.BinaryExpr:
		if up.Y != outer {
			return true
		}
		switch up.Op {
		case token.QUO, token.REM:
			return constant.Sign(value) != 0
		case token.SHL, token.SHR:
			return constant.Sign(value) >= 0
		}
	case *ast.AssignStmt:
		return up.Tok != token.QUO_ASSIGN && up.Tok != token.REM_ASSIGN || constant.Sign(value) != 0
	case *ast.CallExpr:
		if c.isBuiltin(up, "make") {
			return constant.Sign(value) >= 0 && len(up.Args) < 3
		}
	}
	return true
}

// representable tells whether a variable of type t can hold a constant. Types
// that are no basic ones hold what their place decides.
func representable(v constant.Value, t types.Type, sizes types.Sizes) bool {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return false
	}
	switch {
	case b.Info()&types.IsUntyped != 0:
		return b.Info()&types.IsInteger == 0 || constant.ToInt(v).Kind() == constant.Int
	case b.Info()&types.IsInteger != 0:
		i := constant.ToInt(v)
		if i.Kind() != constant.Int {
			return false
		}
		bits := int(sizes.Sizeof(b)) * 8
		if b.Info()&types.IsUnsigned != 0 {
			return constant.Sign(i) >= 0 && constant.BitLen(i) <= bits
		}
		return constant.BitLen(i) < bits
	case b.Info()&types.IsFloat != 0:
		if constant.ToFloat(v).Kind() != constant.Float {
			return false
		}
		f, _ := constant.Float64Val(v)
		return b.Kind() != types.Float32 || f < 1e38 && f > -1e38
	}
	return true
}

// is tells whether e is a constant with the value of an integer.
func (c *finder) is(e ast.Expr, n int64) bool {
	v := c.info.Types[e].Value
	if v == nil || v.Kind() != constant.Int && v.Kind() != constant.Float {
		return false
	}
	return constant.Compare(v, token.EQL, constant.MakeInt64(n))
}
