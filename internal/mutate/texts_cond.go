package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"
	"unicode/utf8"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// split is what is known where e is true and where it is false; nil where it cannot be.
// The conditions are noted. Those are open that may panic: a constant would not.
func (r *reading) split(e ast.Expr, f facts) (yes, no facts) {
	before := r.risks
	yes, no = r.sides(e, f)
	var can chance
	if yes != nil || r.risks > before {
		can |= canTrue
	}
	if no != nil || r.risks > before {
		can |= canFalse
	}
	if f != nil {
		r.conds[e] |= can
	}
	return yes, no
}

func (r *reading) sides(e ast.Expr, f facts) (yes, no facts) {
	if f == nil {
		return nil, nil
	}
	if r.tired() {
		r.risks++
		return f.clone(), f.clone()
	}
	if v := r.info.Types[e].Value; v != nil && v.Kind() == constant.Bool {
		if constant.BoolVal(v) {
			return f.clone(), nil
		}
		return nil, f.clone()
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.split(e.X, f)
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			no, yes = r.split(e.X, f)
			return yes, no
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			first, no := r.split(e.X, f)
			yes, other := r.split(e.Y, first)
			return yes, joinFacts(no, other)
		case token.LOR:
			yes, first := r.split(e.X, f)
			other, no := r.split(e.Y, first)
			return joinFacts(yes, other), no
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return r.compare(e.X, e.Op, e.Y, f)
		}
	case *ast.CallExpr:
		return r.ask(e, f)
	}
	r.value(e, f)
	return f.clone(), f.clone()
}

// compare splits by x op y, one of which is a constant or nil.
func (r *reading) compare(x ast.Expr, op token.Token, y ast.Expr, f facts) (yes, no facts) {
	x, y = ast.Unparen(x), ast.Unparen(y)
	if r.info.Types[x].Value != nil || r.isNil(x) {
		x, y, op = y, x, mirrored[op]
	}
	switch op {
	case token.NEQ, token.GEQ, token.GTR: // as ==, < and <=
		no, yes = r.compare(x, opposite[op], y, f)
		return yes, no
	}
	v := r.info.Types[y].Value
	switch {
	case r.isNil(y) && op == token.EQL:
		return r.whetherNil(x, f)
	case v == nil:
		if !comparable(r.finder, x, y) {
			r.risks++
		}
		r.value(y, f)
	case v.Kind() == constant.String && op == token.EQL && isString(r.info.TypeOf(x)):
		s := constant.StringVal(v)
		equal := r.named("= ", s, lang.Equal)
		return r.test(x, f, equal, equal.Not())
	case v.Kind() == constant.Int:
		if n, ok := smallInt(v); ok {
			return r.compareNumber(x, op, n, f)
		}
	}
	r.value(x, f)
	return f.clone(), f.clone()
}

// compareNumber splits by x op n, where op is ==, < or <=.
func (r *reading) compareNumber(x ast.Expr, op token.Token, n int64, f facts) (yes, no facts) {
	switch x := x.(type) {
	case *ast.CallExpr:
		if r.isBuiltin(x, "len") && isString(r.info.TypeOf(x.Args[0])) {
			return r.compareLength(x.Args[0], op, int(n), f)
		}
		if s, found := r.found(x, f); s != nil {
			switch {
			case op == token.EQL && n == -1, op == token.LSS && n == 0, op == token.LEQ && n == -1:
				return r.test(s, f, found.Not(), found)
			}
		}
	case *ast.IndexExpr:
		if isString(r.info.TypeOf(x.X)) && r.is(x.Index, 0) && n > 0 && n < utf8.RuneSelf {
			if v := r.value(x.X, f); v.set == nil || v.set.Has("") {
				r.risks++
			}
			first := upTo(op, rune(n)).First()
			return r.test(x.X, f, first, first.Or(lang.Equal("")).Not())
		}
	case *ast.Ident:
		if v := f[place{obj: r.info.ObjectOf(x)}]; v.kind == aRune && v.set != nil && n > 0 && n < utf8.RuneError {
			set := upTo(op, rune(n))
			return r.test(x, f, set, set.Not())
		}
	}
	r.value(x, f)
	return f.clone(), f.clone()
}

// upTo are the runes that are, as op says, equal to n, less, or at most n.
func upTo(op token.Token, n rune) *lang.Set {
	switch op {
	case token.EQL:
		return lang.Between(n, n)
	case token.LSS:
		return lang.Between(0, n-1)
	}
	return lang.Between(0, n)
}

func (r *reading) compareLength(x ast.Expr, op token.Token, n int, f facts) (yes, no facts) {
	switch op {
	case token.EQL:
		return r.test(x, f, lang.Longer(n-1).And(lang.Shorter(n)), lang.Shorter(n-1).Or(lang.Longer(n)))
	case token.LSS:
		return r.test(x, f, lang.Shorter(n-1), lang.Longer(n-1))
	}
	return r.test(x, f, lang.Shorter(n), lang.Longer(n))
}

// test splits by a condition that only strings of yes make true, and only strings of no
// make false.
func (r *reading) test(x ast.Expr, f facts, yes, no *lang.Set) (facts, facts) {
	v := r.value(x, f)
	side := func(set *lang.Set) facts {
		set = meet(v.set, set)
		g := f.clone()
		if p, ok := r.placeOf(x, f); set.Empty() || ok && !r.narrow(p, g, set) {
			return nil
		}
		return g
	}
	return side(yes), side(no)
}

// placeOf is where x is, if it is followed.
func (r *reading) placeOf(x ast.Expr, f facts) (place, bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		p := place{obj: r.info.ObjectOf(x)}
		return p, f[p].kind != aList
	case *ast.SelectorExpr:
		p, ok := r.field(x)
		return p, ok && f[place{obj: p.obj}].made
	case *ast.IndexExpr:
		id, ok := ast.Unparen(x.X).(*ast.Ident)
		n, small := smallInt(r.info.Types[x.Index].Value)
		if !ok || !small {
			return place{}, false
		}
		p := place{obj: r.info.ObjectOf(id)}
		match := f[p].match
		p.part = "[" + strconv.FormatInt(n, 10) + "]"
		return p, match != nil
	}
	return place{}, false
}

// whetherNil splits by x == nil.
func (r *reading) whetherNil(x ast.Expr, f facts) (yes, no facts) {
	v := r.value(x, f)
	side := func(nils chance) facts {
		if !v.nils.may(nils) {
			return nil
		}
		g := f.clone()
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			w := v
			w.nils = nils
			r.set(g, place{obj: r.info.ObjectOf(id)}, w)
		}
		if l := v.link; l != nil && l.kind == nilness {
			set := l.ifNot
			if nils == isNil {
				set = l.ifNil
			}
			if !r.narrow(l.place, g, set) {
				return nil
			}
		}
		return g
	}
	return side(isNil), side(notNil)
}

func (r *reading) named(kind, s string, make func(string) *lang.Set) *lang.Set {
	return r.texts().set(kind+s, func() *lang.Set { return make(s) })
}
