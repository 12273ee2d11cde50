package prove

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (r *run) assign(s *state, n *ast.AssignStmt) []end {
	if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
		op := map[token.Token]token.Token{
			token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO,
			token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR,
		}[n.Tok]
		if op == token.ILLEGAL {
			refuse()
		}
		return r.update(s, n.Lhs[0], op, n.Rhs[0])
	}
	var lists []values
	var typs []types.Type
	if len(n.Lhs) == len(n.Rhs) {
		lists = r.evalList(s, n.Rhs...)
		for _, e := range n.Rhs {
			typs = append(typs, r.Info.TypeOf(e))
		}
	} else {
		lists = r.tuple(s, n.Rhs[0])
		for v := range r.Info.TypeOf(n.Rhs[0]).(*types.Tuple).Variables() {
			typs = append(typs, v.Type())
		}
	}
	var ends []end
	for _, v := range lists {
		states := []*state{v.state}
		for i, e := range n.Lhs {
			if _, id := ast.Unparen(e).(*ast.Ident); !id && v.memory != s.memory {
				refuse() // which comes first is not said
			}
			states = r.put(states, e, v.values[i], typs[i], len(n.Lhs) > 1)
		}
		for _, s := range states {
			ends = append(ends, end{s, next, nil})
		}
	}
	return ends
}

// put stores v of type from where e stands. Among several targets only variables are
// understood.
func (r *run) put(states []*state, e ast.Expr, v *term, from types.Type, several bool) []*state {
	e = ast.Unparen(e)
	id, isID := e.(*ast.Ident)
	if several && !isID {
		refuse()
	}
	var list []*state
	for _, s := range states {
		switch {
		case isID && id.Name == "_":
			list = append(list, s)
		case isID:
			list = append(list, r.putVariable(s, id, v, from))
		default:
			list = append(list, r.putElsewhere(s, e, r.convert(v, from, r.Info.TypeOf(e)))...)
		}
	}
	return list
}

func (r *run) putVariable(s *state, id *ast.Ident, v *term, from types.Type) *state {
	obj, ok := r.Info.ObjectOf(id).(*types.Var)
	if !ok {
		refuse()
	}
	v = r.convert(v, from, obj.Type())
	if isGlobal(obj) {
		return r.store(s, "global"+r.id(obj), v)
	}
	if r.at.shape.shared[obj] {
		refuse()
	}
	return s.set(obj, v)
}

// putElsewhere stores v in a field, an element, or behind a pointer.
func (r *run) putElsewhere(s *state, e ast.Expr, v *term) []*state {
	var list []*state
	switch e := e.(type) {
	case *ast.SelectorExpr:
		sel := r.Info.Selections[e]
		if sel == nil || sel.Kind() != types.FieldVal || len(sel.Index()) != 1 {
			refuse()
		}
		f := sel.Obj().(*types.Var)
		if !isPointer(sel.Recv()) {
			return r.putField(s, e, f, v)
		}
		for _, x := range r.eval(s, e.X) {
			for _, s := range r.notNil(x.state, x.v) {
				list = append(list, r.store(s, "field"+r.id(f), x.v, v))
			}
		}
	case *ast.StarExpr:
		for _, x := range r.eval(s, e.X) {
			for _, s := range r.notNil(x.state, x.v) {
				list = append(list, r.store(s, "behind", x.v, v))
			}
		}
	case *ast.IndexExpr:
		typ := r.Info.TypeOf(e.X)
		if _, slice := typ.Underlying().(*types.Slice); !slice {
			refuse()
		}
		for _, x := range r.evalList(s, e.X, e.Index) {
			r.plain(x.values...)
			for _, s := range r.within(x.state, x.values[0], x.values[1], typ) {
				list = append(list, r.store(s, "element", x.values[0], x.values[1], v))
			}
		}
	default:
		refuse()
	}
	return list
}

// putField sets a field of a struct in a variable.
func (r *run) putField(s *state, e *ast.SelectorExpr, f *types.Var, v *term) []*state {
	id, ok := ast.Unparen(e.X).(*ast.Ident)
	if !ok {
		refuse()
	}
	obj, ok := r.Info.ObjectOf(id).(*types.Var)
	if !ok || s.vars[obj] == nil {
		refuse()
	}
	return []*state{s.set(obj, r.with(s.vars[obj], f, v))}
}

// update is e op= by.
func (r *run) update(s *state, e ast.Expr, op token.Token, by ast.Expr) []end {
	typ := r.Info.TypeOf(e)
	var ends []end
	if _, id := ast.Unparen(e).(*ast.Ident); !id {
		refuse()
	}
	for _, v := range r.evalList(s, e, by) {
		for _, x := range r.arithmetic(v.state, op, typ, v.values[0], r.operand(by, v.values[1])) {
			for _, s := range r.put([]*state{x.state}, e, x.v, typ, false) {
				ends = append(ends, end{s, next, nil})
			}
		}
	}
	return ends
}

// count is x++ or x--.
func (r *run) count(s *state, n *ast.IncDecStmt) []end {
	op := token.ADD
	if n.Tok == token.DEC {
		op = token.SUB
	}
	if _, id := ast.Unparen(n.X).(*ast.Ident); !id {
		refuse()
	}
	typ := r.Info.TypeOf(n.X)
	var ends []end
	for _, x := range r.eval(s, n.X) {
		for _, y := range r.arithmetic(x.state, op, typ, x.v, operand{r.int(1), typ}) {
			for _, s := range r.put([]*state{y.state}, n.X, y.v, typ, false) {
				ends = append(ends, end{s, next, nil})
			}
		}
	}
	return ends
}

// declare carries out a declaration of variables.
func (r *run) declare(s *state, n *ast.DeclStmt) []end {
	d := n.Decl.(*ast.GenDecl)
	ends := []end{{s, next, nil}}
	if d.Tok != token.VAR {
		return ends
	}
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		var more []end
		for _, e := range ends {
			more = append(more, r.declareNames(e.state, spec)...)
		}
		ends = more
	}
	return ends
}

func (r *run) declareNames(s *state, spec *ast.ValueSpec) []end {
	if len(spec.Values) > 0 {
		lhs := make([]ast.Expr, len(spec.Names))
		for i, name := range spec.Names {
			lhs[i] = name
		}
		return r.assign(s, &ast.AssignStmt{Lhs: lhs, Tok: token.DEFINE, Rhs: spec.Values})
	}
	for _, name := range spec.Names {
		if obj, ok := r.Info.Defs[name].(*types.Var); ok && name.Name != "_" {
			if r.at.shape.shared[obj] {
				refuse()
			}
			s = s.set(obj, r.zero(obj.Type()))
		}
	}
	return []end{{s, next, nil}}
}
