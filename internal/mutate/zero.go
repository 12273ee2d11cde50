package mutate

import (
	"go/ast"
	"go/constant"
	"go/types"
)

// zero writes the zero value of a result at a place, or nothing where its type
// has no name there.
func (c *finder) zero(to result, at ast.Node) string {
	if _, ok := types.Unalias(to.typ).(*types.TypeParam); !ok {
		switch {
		case isBool(to.typ) && c.universe("false", at.Pos()):
			return "false"
		case isNumber(to.typ):
			return "0"
		case isString(to.typ):
			return `""`
		case nilable(to.typ) && c.universe("nil", at.Pos()):
			return "nil"
		}
	}
	if !c.universe("new", at.Pos()) || !c.sameType(to.expr, at) {
		return ""
	}
	return "*new(" + c.text(to.expr) + ")"
}

func nilable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	}
	return false
}

// sameType tells whether a type expression means at another place what it does
// where it is written: no name in it is hidden there.
func (c *finder) sameType(typ ast.Expr, at ast.Node) bool {
	same := true
	ast.Inspect(typ, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok {
				same = same && c.means(id.Name, at.Pos(), c.info.Uses[id])
			}
			return false
		case *ast.Ident:
			if obj := c.info.Uses[n]; obj != nil {
				same = same && c.means(n.Name, at.Pos(), obj)
			}
		}
		return same
	})
	return same
}

// isZero tells whether e is plainly the zero value already.
func (c *finder) isZero(e ast.Expr, t types.Type) bool {
	e = ast.Unparen(e)
	if c.isNil(e) {
		return true
	}
	if v := c.info.Types[e].Value; v != nil {
		switch v.Kind() {
		case constant.String:
			return constant.StringVal(v) == "" && !types.IsInterface(t)
		case constant.Bool:
			return false
		}
		return constant.Sign(v) == 0 && !types.IsInterface(t)
	}
	switch e := e.(type) {
	case *ast.CompositeLit:
		switch t.Underlying().(type) {
		case *types.Struct, *types.Array:
			return len(e.Elts) == 0
		}
	case *ast.CallExpr:
		return len(e.Args) == 1 && c.info.Types[e.Fun].IsType() && c.isNil(e.Args[0])
	case *ast.StarExpr:
		call, ok := e.X.(*ast.CallExpr)
		return ok && c.isBuiltin(call, "new")
	}
	return false
}
