package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
)

// walk visits e in order of evaluation; a part's hazard comes after those of its
// operands.
func (x *examiner) walk(e ast.Expr) {
	if x.info.Types[e].Value != nil || x.info.Types[e].IsType() {
		return
	}
	switch e := e.(type) {
	case *ast.Ident:
		x.ident(e)
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
		// The compiler sees to it that a constant is not zero.
		if isInteger(x.info.TypeOf(e)) && x.info.Types[e.Y].Value == nil {
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

func (x *examiner) callExpr(e *ast.CallExpr) {
	tv := x.info.Types[e.Fun]
	if x.call(e) {
		x.effects, x.stable = true, false
	}
	if tv.IsType() && arrayOfSlice(tv.Type) {
		x.hazard(e)
	}
	x.walk(e.Fun)
	for _, a := range e.Args {
		x.walk(a)
	}
}

func (x *examiner) index(e *ast.IndexExpr) {
	if x.isInstance(e) {
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
