package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

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

// call is what is known of the n values that a call gives.
func (r *reading) call(call *ast.CallExpr, n int, f facts) []text {
	values := make([]text, n)
	if r.matches(call) != nil {
		values[0] = r.matchedBy(call, f)
		return values
	}
	args := r.argumentsOf(call, f)
	switch r.qualified(call) {
	case "errors.New", "fmt.Errorf":
		values[0].nils = notNil
		return values
	case "strings.Split":
		if sep := args[1]; sep.fixed && len(sep.word) == 1 {
			values[0] = text{kind: aList, set: args[0].set.Pieces(rune(sep.word[0])), nils: notNil}
			values[0].link = r.linkTo(call.Args[0], f, link{kind: split, word: sep.word})
		}
		return values
	case "strings.TrimPrefix":
		if args[1].fixed {
			values[0].set = args[0].set.Trimmed(args[1].word)
			values[0].link = r.linkTo(call.Args[0], f, link{kind: trimmed, word: args[1].word})
		}
		return values
	}
	switch {
	case r.isLength(call):
	case r.paramsOf(call) != nil:
		r.note(call, args)
		o := r.outcome(call, args)
		r.risks += o.risks
		if n > 0 {
			values[n-1].nils = o.nils
			for i, arg := range call.Args {
				if l := r.linkTo(arg, f, link{ifNil: o.sets(i, true), ifNot: o.sets(i, false)}); l != nil && l.ifNil != nil {
					values[n-1].link = l
				}
			}
		}
	default:
		r.value(call.Fun, f)
		if name := r.qualified(call); !strings.HasPrefix(name, "strings.") || name == "strings.Repeat" {
			r.risks++
		}
	}
	return values
}

func (r *reading) argumentsOf(call *ast.CallExpr, f facts) []text {
	args := make([]text, len(call.Args))
	for i, arg := range call.Args {
		if tv := r.info.Types[arg]; tv.IsType() {
			continue
		}
		args[i] = r.value(arg, f)
		args[i].link, args[i].made = nil, false // of variables that others do not have
	}
	return args
}

// linkTo is l to the place of x, if that is followed.
func (r *reading) linkTo(x ast.Expr, f facts, l link) *link {
	p, ok := r.placeOf(x, f)
	if !ok || !isString(r.info.TypeOf(x)) {
		return nil
	}
	l.place = p
	return &l
}

// note keeps what a function has been called with.
func (r *reading) note(call *ast.CallExpr, args []text) {
	if before, again := r.args[call]; again {
		args = joinTexts(before, args)
	}
	r.args[call] = args
}

// matches is the pattern that a call matches a string with, or nil.
func (r *reading) matches(call *ast.CallExpr) *matcher {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || r.depth > mostCalls {
		return nil
	}
	fn := r.callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "regexp" || fn.Signature().Recv() == nil || len(call.Args) == 0 || !isString(r.info.TypeOf(call.Args[0])) {
		return nil
	}
	return r.matcherOf(sel.X)
}

// matchedBy is what a method of a pattern finds.
func (r *reading) matchedBy(call *ast.CallExpr, f facts) text {
	m, v := r.matches(call), r.value(call.Args[0], f)
	name := r.callee(call).Name()
	if len(call.Args) > 2 || len(call.Args) == 2 && !r.is(call.Args[1], -1) {
		r.risks++
		return text{}
	}
	found := text{}
	if !v.set.And(m.strings).Empty() {
		found.nils |= notNil
	}
	if !v.set.And(m.strings.Not()).Empty() {
		found.nils |= isNil
	}
	found.link = r.linkTo(call.Args[0], f, link{ifNil: m.strings.Not(), ifNot: m.strings})
	switch name {
	case "FindString":
		return text{set: m.group(0).Or(lang.Equal(""))}
	case "FindStringSubmatch":
		found.kind, found.match = aList, m
		if v.set != nil {
			found.whole = v.set.And(m.strings)
		}
	case "FindAllString":
		found.kind, found.set = aList, m.group(0)
	case "FindStringIndex", "FindStringSubmatchIndex", "FindAllStringIndex", "FindAllStringSubmatch", "FindAllStringSubmatchIndex":
	default:
		r.risks++
		return text{}
	}
	return found
}
