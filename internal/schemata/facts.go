package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// facts are what decides whether an expression may be evaluated early, or
// although its value is not wanted.
type facts struct {
	known bool // the expression type-checks where it stands
	// typ is its own type, untyped where it has none of its own.
	typ      types.Type
	constant bool
	// effects: it calls, receives, or makes something new.
	effects bool
	// hazards are the parts that may panic, in order of evaluation.
	hazards []string
	// stable: no call that is made meanwhile can change its value.
	stable bool
	// ordered: the language orders its evaluation among the calls of a statement.
	ordered bool
}

// same tells whether evaluating one of a and b instead of the other, or both,
// makes no difference but the value.
func (a facts) same(b facts) bool {
	return a.known && b.known && !a.effects && !b.effects && slices.Equal(a.hazards, b.hazards)
}

// harmless tells whether evaluating the expression does nothing and cannot fail.
func (a facts) harmless() bool { return a.known && !a.effects && len(a.hazards) == 0 }

// movable tells whether the expression may be evaluated where a call would be.
func (a facts) movable() bool { return a.ordered || a.stable && len(a.hazards) == 0 && !a.effects }

// examiner finds out the facts about one expression.
type examiner struct {
	info   *types.Info
	locals *locals
	facts
}

func examine(e ast.Expr, info *types.Info, l *locals) facts {
	x := examiner{info: info, locals: l}
	x.known, x.stable = true, true
	x.ordered = x.orders(e)
	tv := info.Types[e]
	x.typ, x.constant = tv.Type, tv.Value != nil
	if !tv.IsValue() {
		return facts{}
	}
	x.walk(e)
	return x.facts
}

func (x *examiner) orders(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return x.call(e)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	case *ast.BinaryExpr:
		return x.info.Types[e].Value == nil && (e.Op == token.LAND || e.Op == token.LOR)
	}
	return false
}

// call tells a call of a function from a conversion and from the builtins that
// are operators in all but name.
func (x *examiner) call(c *ast.CallExpr) bool {
	tv := x.info.Types[c.Fun]
	if tv.IsType() {
		return false
	}
	if tv.IsBuiltin() {
		switch calledName(c).Name {
		case "len", "cap", "min", "max", "real", "imag", "complex", "Sizeof", "Alignof", "Offsetof":
			return false
		}
	}
	return true
}

func (x *examiner) hazard(e ast.Expr) { x.hazards = append(x.hazards, types.ExprString(e)) }

// mayPanicCompared tells whether == on values of type t can panic.
func mayPanicCompared(t types.Type) bool {
	switch u := under(t).(type) {
	case *types.Basic, *types.Pointer, *types.Chan, *types.Map, *types.Slice, *types.Signature:
		return false
	case *types.Array:
		return mayPanicCompared(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			if mayPanicCompared(u.Field(i).Type()) {
				return true
			}
		}
		return false
	}
	return true
}

func arrayOfSlice(t types.Type) bool {
	switch u := under(t).(type) {
	case *types.Array:
		return true
	case *types.Pointer:
		_, ok := under(u.Elem()).(*types.Array)
		return ok
	case *types.Interface: // a type parameter
		return true
	}
	return false
}

func isInteger(t types.Type) bool { return basicInfo(t)&types.IsInteger != 0 || !isBasic(t) }

func isUnsigned(t types.Type) bool { return basicInfo(t)&types.IsUnsigned != 0 }

func isBasic(t types.Type) bool { _, ok := under(t).(*types.Basic); return ok }

func basicInfo(t types.Type) types.BasicInfo {
	if b, ok := under(t).(*types.Basic); ok {
		return b.Info()
	}
	return 0
}
