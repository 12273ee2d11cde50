package prove

import (
	"go/ast"
	"go/token"
	"go/types"
)

// eval carries out an expression with one value.
func (r *run) eval(s *state, e ast.Expr) []result {
	r.step(1)
	e = ast.Unparen(e)
	if e == r.site {
		return r.atSite(s)
	}
	return r.evalPlain(s, e)
}

// evalPlain is eval for what is not the site.
func (r *run) evalPlain(s *state, e ast.Expr) []result {
	tv := r.Info.Types[e]
	if tv.Value != nil && !r.holdsSite(e) {
		return []result{{s, r.constant(tv.Value)}}
	}
	switch e := e.(type) {
	case *ast.Ident:
		return []result{{s, r.variable(s, e)}}
	case *ast.SelectorExpr:
		return r.selector(s, e)
	case *ast.StarExpr:
		return r.each(r.eval(s, e.X), func(s *state, p *term) []result { return r.behind(s, p, tv.Type) })
	case *ast.UnaryExpr:
		return r.unary(s, e)
	case *ast.BinaryExpr:
		return r.binary(s, e)
	case *ast.CallExpr:
		var list []result
		for _, c := range r.call(s, e) {
			if len(c.values) != 1 {
				refuse()
			}
			list = append(list, result{c.state, c.values[0]})
		}
		return list
	case *ast.IndexExpr:
		return r.index(s, e)
	case *ast.SliceExpr:
		return r.slice(s, e)
	}
	refuse()
	return nil
}

// holdsSite tells whether the site is a part of e, so that e is no constant.
func (r *run) holdsSite(e ast.Expr) bool {
	return r.site != nil && e != r.site && e.Pos() <= r.site.Pos() && r.site.End() <= e.End()
}

// each goes on from every result.
func (r *run) each(list []result, do func(*state, *term) []result) []result {
	var all []result
	for _, l := range list {
		all = append(all, do(l.state, l.v)...)
	}
	if len(all) > mostStates {
		refuse()
	}
	return all
}

// values is a list of values.
type values struct {
	*state
	values []*term
}

// evalList carries out expressions from left to right. Where one of them stores
// something or calls what may, no other may have looked at memory: the language leaves
// open which comes first.
func (r *run) evalList(s *state, list ...ast.Expr) []values {
	all := []values{{s, nil}}
	for _, e := range list {
		var more []values
		for _, v := range all {
			for _, x := range r.eval(v.state, e) {
				more = append(more, values{x.state, append(v.values[:len(v.values):len(v.values)], x.v)})
			}
		}
		all = more
		if len(all) > mostStates {
			refuse()
		}
	}
	for _, v := range all {
		if v.memory == s.memory || len(list) == 1 {
			continue
		}
		looked := 0
		for _, x := range v.values {
			if x.memory {
				looked++
			}
		}
		if looked > 1 {
			refuse()
		}
	}
	return all
}

func (r *run) variable(s *state, id *ast.Ident) *term {
	switch obj := r.Info.ObjectOf(id).(type) {
	case *types.Nil:
		return r.null()
	case *types.Func:
		return r.function(obj)
	case *types.Var:
		if v := s.vars[obj]; v != nil {
			return v
		}
		if isGlobal(obj) {
			return r.make("global"+r.id(obj), obj.Type(), s.memory)
		}
	}
	refuse()
	return nil
}

func isGlobal(obj *types.Var) bool {
	return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
}

func (r *run) function(fn *types.Func) *term {
	if fn.Signature().TypeParams().Len() > 0 || fn.Signature().Recv() != nil {
		refuse()
	}
	t := r.make("func"+r.id(fn), nil)
	t.nonNil = true
	return t
}

// plain refuses to let go a slice whose elements are known: somebody else might then
// change them.
func (r *run) plain(list ...*term) {
	for _, t := range list {
		if t.op == elements {
			refuse()
		}
	}
}

// convert is what t of type from is where type to is wanted.
func (r *run) convert(t *term, from, to types.Type) *term {
	if from == nil || to == nil || !types.IsInterface(to) || types.IsInterface(from) || t.op == "nil" && isUntypedNil(from) {
		return t
	}
	r.plain(t)
	from = types.Default(from)
	made := r.make("holds"+r.typeID(from), nil, t)
	made.nonNil, made.typ = true, from
	return made
}

func isUntypedNil(typ types.Type) bool {
	b, ok := typ.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

func (r *run) unary(s *state, e *ast.UnaryExpr) []result {
	switch e.Op {
	case token.NOT:
		var list []result
		for _, x := range r.eval(s, e.X) {
			for _, b := range r.asks(x.state, x.v) {
				list = append(list, result{b.state, r.bool(!b.truth)})
			}
		}
		return list
	case token.SUB, token.XOR:
		typ := r.Info.TypeOf(e)
		return r.each(r.eval(s, e.X), func(s *state, x *term) []result {
			return []result{{s, r.make("unary"+e.Op.String()+r.typeID(typ), typ, x)}}
		})
	}
	refuse()
	return nil
}
