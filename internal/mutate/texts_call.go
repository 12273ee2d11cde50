package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"unicode/utf8"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// ask splits by a call that gives a bool.
func (r *reading) ask(call *ast.CallExpr, f facts) (yes, no facts) {
	if m := r.matches(call); m != nil && r.callee(call).Name() == "MatchString" {
		return r.test(call.Args[0], f, m.strings, m.strings.Not())
	}
	if s, found := r.contained(call, f); s != nil {
		return r.test(s, f, found, found.Not())
	}
	if r.paramsOf(call) == nil {
		r.call(call, 1, f)
		return f.clone(), f.clone()
	}
	args := r.argumentsOf(call, f)
	r.note(call, args)
	o := r.outcome(call, args)
	r.risks += o.risks
	side := func(can bool, sets []*lang.Set) facts {
		if !can {
			return nil
		}
		g := f.clone()
		for i, set := range sets {
			if p, ok := r.placeOf(call.Args[i], f); ok && !r.narrow(p, g, set) {
				return nil
			}
		}
		return g
	}
	return side(o.truth.may(canTrue), o.yes), side(o.truth.may(canFalse), o.no)
}

// contained is a string and the set that it is in where a call of package strings is true.
func (r *reading) contained(call *ast.CallExpr, f facts) (ast.Expr, *lang.Set) {
	name := r.qualified(call)
	if len(call.Args) != 2 {
		return nil, nil
	}
	switch name {
	case "strings.ContainsRune", "strings.ContainsAny", "strings.ContainsFunc":
		if set := r.runes(name[len("strings.Contains"):], call.Args[1], f); set != nil {
			return call.Args[0], set.Some()
		}
		return nil, nil
	}
	build := map[string]func(string) *lang.Set{
		"strings.HasPrefix": lang.Beginning, "strings.HasSuffix": lang.Ending, "strings.Contains": lang.Containing,
	}[name]
	if build == nil {
		return nil, nil
	}
	if v := r.value(call.Args[1], f); v.fixed {
		return call.Args[0], r.named(name+" ", v.word, build)
	}
	return nil, nil
}

// found is a string and the set that it is in where a call of package strings does not
// give -1.
func (r *reading) found(call *ast.CallExpr, f facts) (ast.Expr, *lang.Set) {
	name := r.qualified(call)
	switch name {
	case "strings.Index", "strings.LastIndex":
		if v := r.value(call.Args[1], f); v.fixed {
			return call.Args[0], r.named("strings.Contains ", v.word, lang.Containing)
		}
	case "strings.IndexByte", "strings.IndexRune", "strings.IndexAny", "strings.IndexFunc":
		if set := r.runes(name[len("strings.Index"):], call.Args[1], f); set != nil {
			return call.Args[0], set.Some()
		}
	}
	return nil, nil
}

// runes are those that a function of package strings looks for; kind is the end of its
// name.
func (r *reading) runes(kind string, e ast.Expr, f facts) *lang.Set {
	switch kind {
	case "Any":
		if v := r.value(e, f); v.fixed {
			return lang.AnyOf(v.word)
		}
	case "Rune", "Byte":
		v := r.info.Types[e].Value
		if n, ok := smallInt(v); ok && n >= 0 && n < utf8.RuneSelf {
			return lang.Between(rune(n), rune(n))
		}
	case "Func":
		lit, ok := ast.Unparen(e).(*ast.FuncLit)
		if !ok || len(lit.Body.List) != 1 || lit.Type.Params.NumFields() != 1 || len(lit.Type.Params.List[0].Names) != 1 {
			return nil
		}
		ret, ok := lit.Body.List[0].(*ast.ReturnStmt)
		if ok && len(ret.Results) == 1 {
			return r.runesWhere(ret.Results[0], r.info.Defs[lit.Type.Params.List[0].Names[0]], f)
		}
	}
	return nil
}

// runesWhere are exactly those for which e is true, v being the rune, or nil.
func (r *reading) runesWhere(e ast.Expr, v types.Object, f facts) *lang.Set {
	all := lang.Between(0, utf8.MaxRune)
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return r.runesWhere(e.X, v, f).Not().And(all)
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			return r.runesWhere(e.X, v, f).And(r.runesWhere(e.Y, v, f))
		case token.LOR:
			return r.runesWhere(e.X, v, f).Or(r.runesWhere(e.Y, v, f))
		}
		return r.runesBeside(e, v)
	case *ast.CallExpr:
		if r.qualified(e) != "strings.ContainsRune" || !r.isVariable(ast.Unparen(e.Args[1]), v) {
			return nil
		}
		if list := r.value(e.Args[0], f); list.fixed {
			return lang.AnyOf(list.word)
		}
	}
	return nil
}

// runesBeside are those for which a comparison of v and a constant is true.
func (r *reading) runesBeside(b *ast.BinaryExpr, v types.Object) *lang.Set {
	x, op, y := b.X, b.Op, b.Y
	if r.info.Types[x].Value != nil {
		x, y, op = y, x, mirrored[op]
	}
	n := r.info.Types[y].Value
	if !r.isVariable(ast.Unparen(x), v) || n == nil || n.Kind() != constant.Int || mirrored[op] == 0 {
		return nil
	}
	c, ok := smallInt(n)
	if !ok || c < 0 || c >= utf8.RuneError {
		return nil
	}
	switch op {
	case token.NEQ, token.GTR, token.GEQ:
		return upTo(opposite[op], rune(c)).Not().And(lang.Between(0, utf8.MaxRune))
	}
	return upTo(op, rune(c))
}
