package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// value is what is known of e. What e does has been forgotten before.
func (r *reading) value(e ast.Expr, f facts) text {
	if v := r.info.Types[e].Value; v != nil {
		if v.Kind() != constant.String {
			return text{}
		}
		s := constant.StringVal(v)
		return text{set: r.named("= ", s, lang.Equal), word: s, fixed: true}
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.value(e.X, f)
	case *ast.Ident:
		if r.isNil(e) {
			return text{nils: isNil}
		}
		if r.isErrorValue(r.info.ObjectOf(e)) {
			return text{nils: notNil}
		}
		return f[place{obj: r.info.ObjectOf(e)}]
	case *ast.SelectorExpr:
		return r.member(e, f)
	case *ast.IndexExpr:
		return r.elementAt(e, f)
	case *ast.CallExpr:
		return r.call(e, 1, f)[0]
	case *ast.BinaryExpr:
		r.value(e.X, f)
		r.value(e.Y, f)
		if !r.calm(e) {
			r.risks++
		}
		return text{}
	case *ast.UnaryExpr:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok && e.Op == token.AND {
			r.value(lit, f)
			return text{nils: notNil}
		}
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			r.value(elt, f)
		}
	case *ast.FuncLit:
		return text{}
	}
	r.risks++
	return text{}
}

// calm tells whether an operator cannot panic.
func (r *reading) calm(b *ast.BinaryExpr) bool {
	switch b.Op {
	case token.QUO, token.REM, token.SHL, token.SHR:
		return false
	}
	return opposite[b.Op] == 0 || comparable(r.finder, b.X, b.Y)
}

// member is what is known of a field, or of what a package has.
func (r *reading) member(e *ast.SelectorExpr, f facts) text {
	s := r.info.Selections[e]
	if s == nil {
		return text{}
	}
	p, ok := r.field(e)
	if !ok || s.Indirect() && !f[place{obj: p.obj}].made {
		r.risks++
		r.value(e.X, f)
	}
	return f[p]
}

// elementAt is what is known of an element.
func (r *reading) elementAt(e *ast.IndexExpr, f facts) text {
	list := r.value(e.X, f)
	r.value(e.Index, f)
	n, small := smallInt(r.info.Types[e.Index].Value)
	if !small || list.match == nil {
		r.risks++
		if list.kind == aList {
			return text{set: list.set}
		}
		return text{}
	}
	if list.nils.may(isNil) {
		r.risks++
	}
	if p, ok := r.placeOf(e, f); ok {
		return r.at(p, f)
	}
	return text{set: list.match.group(int(n))}
}

// valuesOf are the n values of a list of expressions.
func (r *reading) valuesOf(list []ast.Expr, n int, f facts) []text {
	values := make([]text, n)
	if len(list) == n {
		for i, e := range list {
			values[i] = r.value(e, f)
		}
		return values
	}
	if len(list) == 1 {
		if call, ok := ast.Unparen(list[0]).(*ast.CallExpr); ok {
			return r.call(call, n, f)
		}
		r.value(list[0], f)
		r.risks++
	}
	return values
}

// zero is what a variable of type t holds that nothing has been set.
func (r *reading) zero(t types.Type) text {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			return text{set: r.named("= ", "", lang.Equal), fixed: true}
		}
	case *types.Interface, *types.Slice, *types.Pointer, *types.Map:
		if _, param := types.Unalias(t).(*types.TypeParam); !param {
			return text{nils: isNil}
		}
	}
	return text{}
}

// fieldsOf are the fields of the struct that e makes, or nil where it makes none.
func (r *reading) fieldsOf(e ast.Expr, f facts) map[string]text {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	t, ok := r.info.TypeOf(lit).Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	fields := map[string]text{}
	for i := range t.NumFields() {
		fields[t.Field(i).Name()] = r.zero(t.Field(i).Type())
	}
	for i, e := range lit.Elts {
		name := ""
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			name, e = kv.Key.(*ast.Ident).Name, kv.Value
		} else {
			name = t.Field(i).Name()
		}
		fields[name] = r.value(e, f)
	}
	for name, v := range fields {
		if v.kind == aList { // others may have it
			fields[name] = text{}
		}
	}
	return fields
}
