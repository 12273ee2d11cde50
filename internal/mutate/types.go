package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

// every tells whether pred holds for the basic type under t, or, for a type
// parameter, for every type that its constraint lists. A constraint that lists
// none holds for nothing.
func every(t types.Type, pred func(*types.Basic) bool) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		listed, all := everyTerm(p.Underlying(), pred)
		return listed && all
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && pred(b)
}

// everyTerm looks at the terms of a constraint. Of embedded elements, which
// intersect, one that lists types and satisfies pred is enough.
func everyTerm(t types.Type, pred func(*types.Basic) bool) (listed, all bool) {
	switch t := t.(type) {
	case *types.Interface:
		for i := range t.NumEmbeddeds() {
			l, a := everyTerm(t.EmbeddedType(i), pred)
			if l && a {
				return true, true
			}
			listed = listed || l
		}
		return listed, false
	case *types.Union:
		for i := range t.Len() {
			if l, a := everyTerm(t.Term(i).Type(), pred); !l || !a {
				return l, false
			}
		}
		return true, true
	default:
		if i, ok := t.Underlying().(*types.Interface); ok {
			return everyTerm(i, pred)
		}
		return true, every(t, pred)
	}
}

func info(t types.Type, flag types.BasicInfo) bool {
	return every(t, func(b *types.Basic) bool { return b.Info()&flag != 0 })
}

func isBool(t types.Type) bool    { return info(t, types.IsBoolean) }
func isNumber(t types.Type) bool  { return info(t, types.IsNumeric) }
func isInteger(t types.Type) bool { return info(t, types.IsInteger) }
func isString(t types.Type) bool  { return info(t, types.IsString) }

var errorType = types.Universe.Lookup("error").Type()

// isError tells whether t is the predeclared type error.
func isError(t types.Type) bool { return t != nil && types.Identical(t, errorType) }

// implementsError tells whether a value of type t is an error.
func implementsError(t types.Type) bool {
	return t != nil && types.Implements(t, errorType.Underlying().(*types.Interface))
}

// isNil tells whether e is the predeclared nil.
func (c *finder) isNil(e ast.Expr) bool { return c.info.Types[e].IsNil() }

// pure tells whether evaluating e calls nothing of the user's and receives
// nothing, so that leaving it out or doing it twice cannot be noticed but by its
// value or a panic.
func (c *finder) pure(e ast.Expr) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.UnaryExpr:
			pure = pure && n.Op != token.ARROW
		case *ast.CallExpr:
			pure = pure && c.harmless(n)
		}
		return pure
	})
	return pure
}

// harmless tells whether a call is a conversion or one of the predeclared
// functions that only compute.
func (c *finder) harmless(call *ast.CallExpr) bool {
	fun := c.info.Types[call.Fun]
	if fun.IsType() {
		return true
	}
	if !fun.IsBuiltin() {
		return false
	}
	switch id := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		switch id.Name {
		case "len", "cap", "min", "max", "real", "imag", "complex":
			return true
		}
	case *ast.SelectorExpr: // of package unsafe
		return true
	}
	return false
}

// isBuiltin tells whether call calls the predeclared function name.
func (c *finder) isBuiltin(call *ast.CallExpr, name string) bool {
	return c.isUniverse(call.Fun, name)
}

// operand tells whether e needs no parentheses under a unary operator.
func operand(e ast.Expr) bool {
	switch e.(type) {
	case *ast.BinaryExpr:
		return false
	}
	return true
}
