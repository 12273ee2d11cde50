package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// expression plans for a value. Where the statement around it is short and may be
// written twice, that comes before a function literal: it is the same program,
// whatever the value's type and whoever asks for its caller.
func (p *planner) expression(e ast.Expr) {
	e = p.constantAround(e)
	if wrap := p.wrap(e); wrap != nil {
		p.add(*wrap)
	}
	if s := p.statementOf(e); short(s) {
		p.statement(s, statement)
	}
	if lit := p.literal(e); lit != nil {
		p.add(*lit)
	}
}

// constantAround is the largest constant expression around e. A part of it
// cannot have a value of its own: 1/2*x is 0 with whole numbers.
func (p *planner) constantAround(e ast.Expr) ast.Expr {
	outer := e
	for n := ast.Node(e); ; {
		up, _ := p.parents[n].(ast.Expr)
		if tv := p.pkg.Info.Types[up]; tv.Value != nil {
			outer = up
		} else if _, paren := up.(*ast.ParenExpr); !paren {
			return outer
		}
		n = up
	}
}

// bound tells whether e cannot be replaced by another expression although
// that might compile.
func (p *planner) bound(e ast.Expr) bool {
	switch up := p.parents[e].(type) {
	case *ast.GoStmt, *ast.DeferStmt, *ast.ExprStmt:
		return true
	case *ast.KeyValueExpr:
		return up.Key == e
	case *ast.ParenExpr:
		return p.bound(up)
	case *ast.SelectorExpr:
		return up.Sel == e
	case *ast.CaseClause:
		sw, ok := p.parents[p.parents[up]].(*ast.SwitchStmt)
		return ok && sw.Tag != nil && p.pkg.Info.Types[e].Value != nil
	case *ast.ValueSpec:
		return p.parents[up].(*ast.GenDecl).Tok != token.VAR || up.Type == e
	}
	return p.pkg.Info.Types[e].IsType()
}

// exchange is an expression and what a mutant has in its place, where one can be
// evaluated instead of the other.
type exchange struct {
	place
	o, m facts
	typ  types.Type // of both, for what is around them; nil: it cannot be told, nor written
}

// exchange returns nil where no expression can say the mutant.
func (p *planner) exchange(e ast.Expr) *exchange {
	start, end, text := p.arm(e)
	if p.bound(e) || !p.covers(p.it, start, end) {
		return nil
	}
	x := &exchange{place: place{node: e, start: start, end: end, arm: text}}
	x.o, x.m = p.original(e), p.file.arm(text, e.Pos())
	if p.callBeside(e) && !(x.o.movable() && x.m.movable()) {
		return nil
	}
	if x.m.constant && !p.fits(p.it, e) {
		return nil
	}
	x.typ = p.valueType(e, x.o, x.m)
	return x
}

// wrap plans a helper or a short circuit, or returns nil.
func (p *planner) wrap(e ast.Expr) *place {
	x := p.exchange(e)
	if x == nil {
		return nil
	}
	plain := isPlainBool(x.typ)
	if !x.o.same(x.m) {
		if plain {
			x.form, x.harmless = circuit, x.m.harmless() && (x.m.stable || !x.o.effects)
			return &x.place
		}
		return nil
	}
	x.form, x.text = helper, isText(x.typ)
	x.eager, x.lazy = len(x.m.hazards) > 0, plain
	if plain || !isUntyped(x.o.typ) && !isUntyped(x.m.typ) {
		return &x.place
	}
	var ok bool
	if x.result, ok = p.typeText(x.typ, e.Pos()); !ok {
		return nil
	}
	return &x.place
}

// literal plans a function literal, or returns nil.
func (p *planner) literal(e ast.Expr) *place {
	x := p.exchange(e)
	if x == nil || mentions(x.arm, "recover") || mentions(p.text(e), "recover") {
		return nil
	}
	var ok bool
	if x.result, ok = p.typeText(x.typ, e.Pos()); !ok {
		return nil
	}
	x.form = literal
	return &x.place
}

func mentions(text, name string) bool { return strings.Contains(text, name) }
