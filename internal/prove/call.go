package prove

import (
	"go/ast"
	"go/types"
	"strconv"
)

// call carries out a call.
func (r *run) call(s *state, e *ast.CallExpr) []values {
	fun := r.Info.Types[e.Fun]
	switch {
	case fun.IsType():
		return r.conversion(s, e)
	case fun.IsBuiltin():
		return r.builtin(s, e)
	}
	fn := r.callee(e)
	if fn == nil {
		refuse()
	}
	var all []values
	for _, v := range r.arguments(s, e, fn) {
		all = append(all, r.apply(v.state, e, fn, v.values)...)
	}
	return all
}

// callee is the function that a call names, or nil.
func (p *Package) callee(e *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch f := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, ok := p.Info.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	if sig := fn.Origin().Signature(); sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 {
		return nil
	}
	return fn
}

// arguments are the receiver, if there is one, and the arguments of a call as the
// function gets them.
func (r *run) arguments(s *state, e *ast.CallExpr, fn *types.Func) []values {
	sig := fn.Signature()
	if e.Ellipsis.IsValid() || len(e.Args) == 1 && sig.Params().Len() != 1 && !sig.Variadic() {
		refuse()
	}
	exprs := e.Args
	sel, method := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	if method = method && sig.Recv() != nil; method {
		if r.Info.Selections[sel] == nil || r.Info.Selections[sel].Kind() != types.MethodVal {
			refuse()
		}
		exprs = append([]ast.Expr{sel.X}, exprs...)
	}
	var all []values
	for _, v := range r.evalList(s, exprs...) {
		args := v.values
		if !method {
			all = append(all, values{v.state, r.pass(sig, e.Args, args)})
			continue
		}
		rest := r.pass(sig, e.Args, args[1:])
		for _, x := range r.receiver(v.state, r.Info.Selections[sel], fn, args[0]) {
			all = append(all, values{x.state, append([]*term{x.v}, rest...)})
		}
	}
	return all
}

// receiver is what a method gets of x.
func (r *run) receiver(s *state, sel *types.Selection, fn *types.Func, x *term) []result {
	index := sel.Index()
	typ := sel.Recv()
	list := r.fields(s, x, typ, index[:len(index)-1])
	for _, i := range index[:len(index)-1] {
		if p, ok := typ.Underlying().(*types.Pointer); ok {
			typ = p.Elem()
		}
		typ = typ.Underlying().(*types.Struct).Field(i).Type()
	}
	_, has := typ.Underlying().(*types.Pointer)
	_, wants := fn.Signature().Recv().Type().Underlying().(*types.Pointer)
	switch {
	case has && !wants:
		return r.each(list, func(s *state, p *term) []result {
			return r.behind(s, p, typ.Underlying().(*types.Pointer).Elem())
		})
	case !has && wants:
		refuse()
	}
	return list
}

// pass makes of arguments what the parameters hold.
func (r *run) pass(sig *types.Signature, exprs []ast.Expr, args []*term) []*term {
	var list []*term
	fixed := sig.Params().Len()
	if sig.Variadic() {
		fixed--
	}
	for i, a := range args[:fixed] {
		list = append(list, r.convert(a, r.Info.TypeOf(exprs[i]), sig.Params().At(i).Type()))
	}
	if !sig.Variadic() {
		return list
	}
	if len(args) == fixed {
		return append(list, r.null())
	}
	elem := sig.Params().At(fixed).Type().(*types.Slice).Elem()
	var more []*term
	for i, a := range args[fixed:] {
		more = append(more, r.convert(a, r.Info.TypeOf(exprs[fixed+i]), elem))
	}
	r.plain(more...)
	packed := r.make("pack"+strconv.Itoa(len(more)), nil, more...)
	packed.nonNil = true
	return append(list, packed)
}
