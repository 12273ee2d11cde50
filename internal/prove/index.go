package prove

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

func (r *run) index(s *state, e *ast.IndexExpr) []result {
	typ := r.Info.TypeOf(e.X)
	if typ == nil || r.Info.Types[e.X].IsType() || r.Info.Types[e.Index].IsType() {
		refuse()
	}
	elem := r.Info.TypeOf(e)
	var list []result
	for _, v := range r.evalList(s, e.X, e.Index) {
		x, i := v.values[0], v.values[1]
		if m, ok := typ.Underlying().(*types.Map); ok {
			if !comparable(m.Key()) { // a key in an interface may panic
				refuse()
			}
			list = append(list, result{v.state, r.make("at", elem, x, i, v.memory)})
			continue
		}
		for _, s := range r.within(v.state, x, i, typ) {
			list = append(list, result{s, r.element(s, x, i, typ, elem)})
		}
	}
	return list
}

// within goes on where i is an index of x.
func (r *run) within(s *state, x, i *term, typ types.Type) []*state {
	var n *term
	switch u := typ.Underlying().(type) {
	case *types.Slice:
		n = r.length(x, r.Sizes.Sizeof(u.Elem()))
	case *types.Array:
		n = r.int(u.Len())
	case *types.Basic:
		n = r.length(x, 1)
	default:
		refuse()
	}
	why := r.make("index", nil, i, n)
	var list []*state
	for _, b := range r.fork(s, token.LSS, i, n) {
		if !b.truth {
			*r.stops = append(*r.stops, end{b.state, panicked, []*term{why}})
			continue
		}
		for _, b := range r.fork(b.state, token.LSS, i, r.int(0)) {
			if b.truth {
				*r.stops = append(*r.stops, end{b.state, panicked, []*term{why}})
			} else {
				list = append(list, b.state)
			}
		}
	}
	return list
}

// element is x[i], where i is within x.
func (r *run) element(s *state, x, i *term, typ, elem types.Type) *term {
	if n, ok := smallInt(i.val); ok && x.op == elements {
		return x.args[n]
	}
	if n, ok := smallInt(i.val); ok && x.val != nil {
		return r.int(int64(constant.StringVal(x.val)[n]))
	}
	if _, slice := typ.Underlying().(*types.Slice); slice {
		if x.op == elements {
			refuse()
		}
		return r.make("element", elem, x, i, s.memory)
	}
	return r.make("part", elem, x, i)
}

// slice is a part of a string or a slice.
func (r *run) slice(s *state, e *ast.SliceExpr) []result {
	typ := r.Info.TypeOf(e.X)
	switch typ.Underlying().(type) {
	case *types.Slice, *types.Basic:
	default:
		refuse()
	}
	exprs := []ast.Expr{e.X}
	op := "slice"
	for _, bound := range []ast.Expr{e.Low, e.High, e.Max} {
		if bound == nil {
			op += " -"
			continue
		}
		op += " n"
		exprs = append(exprs, bound)
	}
	var list []result
	for _, v := range r.evalList(s, exprs...) {
		r.plain(v.values...)
		made := r.make(op, typ, v.values...)
		for _, s := range r.mayPanic(v.state, r.make("fits"+op, nil, v.values...), made) {
			list = append(list, result{s, made})
		}
	}
	return list
}
