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
	ordered  bool
	recovers bool // it mentions recover
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
	if !tv.IsValue() && !tv.IsNil() || tv.Type == nil {
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
	if tv.IsType() || x.info.Types[c].Value != nil {
		return false
	}
	if tv.IsBuiltin() {
		switch builtinName(c.Fun) {
		case "len", "cap", "min", "max", "real", "imag", "complex", "Sizeof", "Alignof", "Offsetof":
			return false
		}
	}
	return true
}

func builtinName(fun ast.Expr) string {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func (x *examiner) hazard(e ast.Expr) { x.hazards = append(x.hazards, types.ExprString(e)) }

// walk visits e in order of evaluation; a part's hazard comes after those of its
// operands.
func (x *examiner) walk(e ast.Expr) {
	if x.info.Types[e].Value != nil || x.info.Types[e].IsType() {
		return
	}
	switch e := e.(type) {
	case *ast.Ident:
		x.ident(e)
	case *ast.BasicLit:
	case *ast.ParenExpr:
		x.walk(e.X)
	case *ast.SelectorExpr:
		x.selector(e)
	case *ast.StarExpr:
		x.walk(e.X)
		x.memory(e)
	case *ast.UnaryExpr:
		x.unary(e)
	case *ast.BinaryExpr:
		x.binary(e)
	case *ast.CallExpr:
		x.callExpr(e)
	case *ast.IndexExpr:
		x.index(e)
	case *ast.SliceExpr:
		for _, part := range []ast.Expr{e.X, e.Low, e.High, e.Max} {
			if part != nil {
				x.walk(part)
			}
		}
		x.hazard(e)
	case *ast.TypeAssertExpr:
		x.walk(e.X)
		x.hazard(e)
	default: // function and composite literals, and what is not known here
		x.effects, x.stable = true, false
	}
}

// memory records a read that may fail and that others may write to.
func (x *examiner) memory(e ast.Expr) {
	x.hazard(e)
	x.stable = false
}

func (x *examiner) ident(id *ast.Ident) {
	if id.Name == "recover" {
		x.recovers = true
	}
	if v, ok := x.info.Uses[id].(*types.Var); ok && !x.locals.stable(v) {
		x.stable = false
	}
}

func (x *examiner) selector(e *ast.SelectorExpr) {
	s := x.info.Selections[e]
	if s == nil { // of a package
		if _, ok := x.info.Uses[e.Sel].(*types.Var); ok {
			x.stable = false
		}
		return
	}
	x.walk(e.X)
	if s.Kind() != types.FieldVal {
		x.effects, x.stable = true, false
	} else if s.Indirect() {
		x.memory(e)
	}
}

func (x *examiner) unary(e *ast.UnaryExpr) {
	if e.Op == token.ARROW || e.Op == token.AND {
		x.effects, x.stable = true, false
	}
	x.walk(e.X)
}

func (x *examiner) binary(e *ast.BinaryExpr) {
	x.walk(e.X)
	before := len(x.hazards)
	x.walk(e.Y)
	switch e.Op {
	case token.LAND, token.LOR:
		if len(x.hazards) > before {
			x.hazards = x.hazards[:before]
			x.hazard(e) // the right side is evaluated sometimes
		}
	case token.QUO, token.REM:
		if isInteger(x.info.TypeOf(e)) && !x.nonZero(e.Y) {
			x.hazard(e)
		}
	case token.SHL, token.SHR:
		if !isUnsigned(x.info.TypeOf(e.Y)) && x.info.Types[e.Y].Value == nil {
			x.hazards = append(x.hazards, "shift by "+types.ExprString(e.Y))
		}
	case token.EQL, token.NEQ:
		if mayPanicCompared(x.info.TypeOf(e.X)) || mayPanicCompared(x.info.TypeOf(e.Y)) {
			x.hazards = append(x.hazards, types.ExprString(e.X)+" compared to "+types.ExprString(e.Y))
		}
	}
}

// nonZero tells whether e is a constant; the compiler sees to it that it is not
// zero.
func (x *examiner) nonZero(e ast.Expr) bool { return x.info.Types[e].Value != nil }

func (x *examiner) callExpr(e *ast.CallExpr) {
	tv := x.info.Types[e.Fun]
	if x.call(e) {
		x.effects, x.stable = true, false
		if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok {
			x.ident(id)
		}
	}
	if tv.IsType() && arrayOfSlice(tv.Type) {
		x.hazard(e)
	}
	if !tv.IsType() && !tv.IsBuiltin() {
		x.walk(e.Fun)
	}
	for _, a := range e.Args {
		x.walk(a)
	}
}

func (x *examiner) index(e *ast.IndexExpr) {
	if tv := x.info.Types[e.X]; tv.Type == nil || x.isInstance(e) {
		return
	}
	x.walk(e.X)
	x.walk(e.Index)
	switch under(x.info.TypeOf(e.X)).(type) {
	case *types.Map:
		x.stable = false
		if mayPanicCompared(x.info.TypeOf(e.Index)) {
			x.hazard(e)
		}
	case *types.Array:
		if x.info.Types[e.Index].Value == nil {
			x.hazard(e)
		}
	default:
		x.memory(e)
	}
}

func (x *examiner) isInstance(e *ast.IndexExpr) bool {
	_, ok := under(x.info.TypeOf(e.X)).(*types.Signature)
	return ok
}

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
