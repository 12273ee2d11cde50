package mutate

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// What marks in a set of names that a value lies behind a pointer or in a variable
// of the package, and that it may be any such value.
const (
	elsewhere = "."
	anywhere  = ".."
)

// learn adds that e has a truth, as far as e is made of comparisons.
func (k *known) learn(e ast.Expr, truth bool) {
	switch x := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			k.learn(x.X, !truth)
		}
		return
	case *ast.BinaryExpr:
		switch {
		case x.Op == token.LAND && truth, x.Op == token.LOR && !truth:
			k.learn(x.X, truth)
			k.learn(x.Y, truth)
			return
		case x.Op == token.LAND || x.Op == token.LOR:
			return
		case opposite[x.Op] != 0:
			op := x.Op
			if !truth {
				op = opposite[op]
			}
			k.relate(x.X, op, x.Y)
			return
		}
	}
	if t, ok := k.truth(e); ok {
		k.decide(t, truth)
	}
}

// relate adds x op y, if neither may have changed since.
func (k *known) relate(x ast.Expr, op token.Token, y ast.Expr) {
	deps := map[any]bool{}
	if !k.names(x, deps) || !k.names(y, deps) || k.past.touch(deps) || len(k.holds.bound) > mostTerms {
		return
	}
	for _, pair := range k.pairs(x, y) {
		k.holds.compare(pair[0], op, pair[1])
	}
}

func (k *known) decide(t term, truth bool) {
	if truth {
		k.holds.equal(t, term{})
	} else {
		k.holds.differ(t, term{})
	}
}

// compare adds x op y.
func (d *differences) compare(x term, op token.Token, y term) {
	switch op {
	case token.EQL:
		d.equal(x, y)
	case token.NEQ:
		d.differ(x, y)
	case token.LSS:
		d.atMost(x, y, -1)
	case token.LEQ:
		d.atMost(x, y, 0)
	case token.GTR:
		d.atMost(y, x, -1)
	case token.GEQ:
		d.atMost(y, x, 0)
	}
}

// truth is the term of a condition that is no comparison, equal to nothing but the
// zero term where it is true.
func (k *known) truth(e ast.Expr) (term, bool) {
	deps := map[any]bool{}
	if !isBool(k.c.info.TypeOf(e)) || k.c.info.Types[e].Value != nil || !k.names(e, deps) || k.past.touch(deps) || len(k.holds.bound) > mostTerms {
		return term{}, false
	}
	return term{key: "?" + k.key(e)}, true
}

// pairs are the terms that a comparison of x and y compares. A comparison with the
// empty string is one of lengths too.
func (k *known) pairs(x, y ast.Expr) [][2]term {
	if !comparable(k.c, x, y) {
		return nil
	}
	a, aOK := k.term(x)
	b, bOK := k.term(y)
	if !aOK || !bOK {
		return nil
	}
	list := [][2]term{{a, b}}
	if k.isEmpty(y) {
		if n, ok := k.length(x); ok {
			list = append(list, [2]term{n, {}})
		}
	}
	if k.isEmpty(x) {
		if n, ok := k.length(y); ok {
			list = append(list, [2]term{{}, n})
		}
	}
	return list
}

func (k *known) isEmpty(e ast.Expr) bool {
	v := k.c.info.Types[e].Value
	return v != nil && v.Kind() == constant.String && constant.StringVal(v) == ""
}

// length is the term of len(e).
func (k *known) length(e ast.Expr) (term, bool) {
	t := term{key: "len(" + k.key(e) + ")"}
	k.holds.atMost(term{}, t, -int64(k.c.groupLength(e)))
	return t, true
}

// comparable tells whether what is equal once is equal always, and ordered as
// numbers are: not floats, and of interfaces only nil.
func comparable(c *finder, x, y ast.Expr) bool {
	for _, e := range []ast.Expr{x, y} {
		t := c.info.TypeOf(e)
		if t == nil {
			return false
		}
		switch u := t.Underlying().(type) {
		case *types.Basic:
			if u.Info()&(types.IsFloat|types.IsComplex) != 0 {
				return false
			}
		case *types.Pointer, *types.Chan, *types.Slice, *types.Map, *types.Signature:
		case *types.Interface:
			if _, parameter := types.Unalias(t).(*types.TypeParam); parameter || !c.isNil(x) && !c.isNil(y) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// term is the value of e. Numbers are terms of one key; n - 1 and n + 1 are terms of
// n where n is a length, which never overflows.
func (k *known) term(e ast.Expr) (term, bool) {
	e = ast.Unparen(e)
	if v := k.c.info.Types[e].Value; v != nil {
		if v.Kind() == constant.Int {
			n, exact := constant.Int64Val(v)
			return term{plus: n}, exact && -unbounded/8 < n && n < unbounded/8
		}
	}
	if b, ok := e.(*ast.BinaryExpr); ok && (b.Op == token.ADD || b.Op == token.SUB) && isInteger(k.c.info.TypeOf(b)) {
		n, exact := smallInt(k.c.info.Types[b.Y].Value)
		if x, ok := k.term(b.X); ok && exact && k.small(b.X) {
			if b.Op == token.SUB {
				n = -n
			}
			return term{x.key, x.plus + n}, true
		}
	}
	t := term{key: k.key(e)}
	k.bounds(e, t)
	return t, true
}

// bounds adds what holds of e by its type.
func (k *known) bounds(e ast.Expr, t term) {
	switch {
	case k.c.isLength(e):
		k.length(ast.Unparen(e).(*ast.CallExpr).Args[0])
	case k.c.isCount(e), k.small(e):
		k.holds.atMost(term{}, t, 0)
	case isString(k.c.info.TypeOf(e)):
		k.holds.atMost(term{key: `""`}, t, 0)
	}
	if id, ok := e.(*ast.Ident); ok && k.c.alwaysNil(id) {
		k.holds.equal(t, term{key: "nil"})
	}
	if v := k.c.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		for key := range k.holds.index {
			if strings.HasPrefix(key, `"`) && key != t.key {
				k.holds.differ(t, term{key: key})
			}
		}
	}
}

// small tells whether e is a length, an index of a range loop, or a variable that
// was a length from the beginning: it is not negative, and far from overflow.
func (k *known) small(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return k.c.isBuiltin(x, "len") || k.c.isBuiltin(x, "cap")
	case *ast.Ident:
		return k.vars.small[k.c.info.ObjectOf(x)]
	}
	return false
}

// key writes e so that the same text means the same value: names stand for what
// they are bound to, and constants for their value.
func (k *known) key(e ast.Expr) string {
	e = ast.Unparen(e)
	if v := k.c.info.Types[e].Value; v != nil {
		return v.ExactString()
	}
	if k.c.isNil(e) {
		return "nil"
	}
	switch x := e.(type) {
	case *ast.Ident:
		if obj := k.c.info.ObjectOf(x); obj != nil {
			return fmt.Sprintf("%s@%d", x.Name, obj.Pos())
		}
	case *ast.SelectorExpr:
		if k.c.info.Selections[x] == nil {
			return k.key(x.Sel)
		}
		return k.key(x.X) + "." + x.Sel.Name
	case *ast.StarExpr:
		return "*" + k.key(x.X)
	case *ast.IndexExpr:
		return k.key(x.X) + "[" + k.key(x.Index) + "]"
	case *ast.UnaryExpr:
		return x.Op.String() + k.key(x.X)
	case *ast.BinaryExpr:
		return "(" + k.key(x.X) + x.Op.String() + k.key(x.Y) + ")"
	case *ast.CallExpr:
		if k.c.isBuiltin(x, "len") {
			return "len(" + k.key(x.Args[0]) + ")"
		}
		text := k.key(x.Fun) + "("
		for _, arg := range x.Args {
			text += k.key(arg) + ","
		}
		return text + ")"
	}
	return fmt.Sprintf("node@%d", e.Pos())
}
