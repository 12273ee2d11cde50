package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

// touched is what a statement may change: variables with all their parts, or parts. What
// lists and pointers lead to counts as theirs, and may change when they are handed on.
type touched struct {
	whole map[types.Object]bool
	parts map[place]bool
}

func (t touched) has(p place) bool { return t.whole[p.obj] || t.parts[p] }

// scan finds what n may change.
func (r *reading) scan(n ast.Node) touched {
	t := touched{map[types.Object]bool{}, map[place]bool{}}
	if !isNothing(n) {
		r.scanInto(t, n)
	}
	return t
}

func (r *reading) scanInto(t touched, n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			r.handOn(t, n)
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				r.setBy(t, e)
			}
			r.scanAll(t, n.Rhs)
			return false
		case *ast.IncDecStmt:
			r.setBy(t, n.X)
			return false
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{n.Key, n.Value} {
				if e != nil {
					r.setBy(t, e)
				}
			}
			r.scanAll(t, r.unless(n.X))
			r.scanInto(t, n.Body)
			return false
		case *ast.ValueSpec:
			for _, name := range n.Names {
				r.setBy(t, name)
			}
			r.scanAll(t, n.Values)
			return false
		case *ast.ReturnStmt:
			r.scanAll(t, r.unless(n.Results...))
			return false
		case *ast.SelectorExpr:
			if _, ok := r.field(n); ok {
				return false
			}
		case *ast.IndexExpr:
			r.scanAll(t, append(r.unless(n.X), n.Index))
			return false
		case *ast.BinaryExpr:
			if (n.Op == token.EQL || n.Op == token.NEQ) && (r.isNil(n.X) || r.isNil(n.Y)) {
				r.scanAll(t, r.unless(n.X, n.Y))
				return false
			}
		case *ast.CallExpr:
			if r.isLength(n) {
				r.scanAll(t, r.unless(n.Args...))
				return false
			}
			r.scanInto(t, n.Fun)
			r.scanAll(t, r.writable(n))
			return false
		}
		return true
	})
}

func (r *reading) scanAll(t touched, list []ast.Expr) {
	for _, e := range list {
		r.scanInto(t, e)
	}
}

// unless is list without those that are just the name of a variable, which is looked at
// and not handed on.
func (r *reading) unless(list ...ast.Expr) (rest []ast.Expr) {
	for _, e := range list {
		if _, ok := ast.Unparen(e).(*ast.Ident); !ok {
			rest = append(rest, e)
		}
	}
	return rest
}

// handOn notes a variable that goes elsewhere: who gets a list or a pointer may write to
// what it leads to.
func (r *reading) handOn(t touched, id *ast.Ident) {
	v, ok := r.info.ObjectOf(id).(*types.Var)
	if !ok {
		return
	}
	switch v.Type().Underlying().(type) {
	case *types.Basic, *types.Interface:
	default:
		t.whole[v] = true
	}
}

// setBy notes what an assignment to e changes.
func (r *reading) setBy(t touched, e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		t.whole[r.info.ObjectOf(e)] = true
		return
	case *ast.SelectorExpr:
		if p, ok := r.field(e); ok {
			t.parts[p] = true
			return
		}
	}
	if root, _ := r.root(e); root != nil {
		t.whole[r.info.ObjectOf(root)] = true
	}
	r.scanInto(t, e)
}

// field is the place of a field of a variable, if e is one.
func (r *reading) field(e *ast.SelectorExpr) (place, bool) {
	id, ok := ast.Unparen(e.X).(*ast.Ident)
	s := r.info.Selections[e]
	if !ok || s == nil || s.Kind() != types.FieldVal || len(s.Index()) != 1 {
		return place{}, false
	}
	return place{r.info.ObjectOf(id), "." + e.Sel.Name}, true
}

// writable are the arguments of a call that who is called may write to: all but the lists
// that a function of the package only reads.
func (r *reading) writable(call *ast.CallExpr) (list []ast.Expr) {
	params := r.paramsOf(call)
	for i, arg := range call.Args {
		if _, ok := ast.Unparen(arg).(*ast.Ident); ok && params != nil && r.onlyReadIn(r.declarationOf(r.callee(call)), params[i]) {
			continue
		}
		list = append(list, arg)
	}
	return list
}

// paramsOf are the parameters, one for each argument, of a function of the package that a
// call names.
func (r *reading) paramsOf(call *ast.CallExpr) []*types.Var {
	fn := r.callee(call)
	if fn == nil || fn.Pkg() != r.pkg.Types || fn.Signature().Variadic() || fn.Origin() != fn {
		return nil
	}
	d, params := r.declarationOf(fn), fn.Signature().Params()
	if d == nil || d.Body == nil || params.Len() != len(call.Args) || fn.Signature().TypeParams().Len() > 0 {
		return nil
	}
	var list []*types.Var
	for i := range params.Len() {
		list = append(list, params.At(i))
	}
	return list
}

// onlyReadIn tells whether d only reads the elements of its parameter v, and neither sets
// it nor hands it on.
func (r *reading) onlyReadIn(d *ast.FuncDecl, v *types.Var) bool {
	t := r.texts()
	only, done := t.onlyRead[v]
	if !done {
		t.onlyRead[v] = false // for those that call themselves
		callee := &reading{finder: r.finder, d: d}
		only = !callee.barred()[v] && !callee.returns(v) && !callee.scan(d.Body).whole[v]
		t.onlyRead[v] = only
	}
	return only
}

// returns tells whether the variable v itself is a result.
func (r *reading) returns(v *types.Var) bool {
	found := false
	ast.Inspect(r.d.Body, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok {
			for _, e := range ret.Results {
				found = found || r.isVariable(ast.Unparen(e), v)
			}
		}
		return !found
	})
	return found
}

// barred are the variables whose lists and fields are never followed: function literals
// have them too, or the address of a part is taken.
func (r *reading) barred() map[types.Object]bool {
	barred := map[types.Object]bool{}
	root := func(e ast.Expr) {
		if id, _ := r.root(e); id != nil {
			barred[r.info.ObjectOf(id)] = true
		}
	}
	ast.Inspect(r.d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			t := touched{whole: barred}
			ast.Inspect(n.Body, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					r.handOn(t, id)
				}
				return true
			})
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				root(n.X)
			}
		case *ast.SelectorExpr:
			if r.takesAddress(n) {
				root(n.X)
			}
		}
		return true
	})
	return barred
}
