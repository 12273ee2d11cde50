package prove

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"
)

// forgetAll makes unknown in each state what nodes may have changed.
func (r *run) forgetAll(states []*state, nodes ...ast.Node) []*state {
	list := make([]*state, len(states))
	for i, s := range states {
		list[i] = r.forget(s, nodes)
	}
	return list
}

func (r *run) forget(s *state, nodes []ast.Node) *state {
	c := s.clone()
	c.vars = maps.Clone(s.vars)
	for _, n := range nodes {
		if n == nil || reflect.ValueOf(n).IsNil() {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			if n != nil {
				r.forgetAt(c, n)
			}
			return true
		})
	}
	return c
}

// forgetAt makes unknown what a node may have changed, its parts left out.
func (r *run) forgetAt(s *state, n ast.Node) {
	if _, stmt := n.(ast.Stmt); stmt {
		r.step(1)
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, e := range n.Lhs {
			r.forgetTarget(s, e)
		}
	case *ast.IncDecStmt:
		r.forgetTarget(s, n.X)
	case *ast.RangeStmt:
		r.forgetTarget(s, n.Key)
		r.forgetTarget(s, n.Value)
		switch r.Info.TypeOf(n.X).Underlying().(type) {
		case *types.Chan, *types.Signature, *types.Interface:
			s.memory = r.freshMemory()
		}
	case *ast.ValueSpec:
		for _, name := range n.Names {
			r.forgetTarget(s, name)
		}
	case *ast.CaseClause:
		if v, ok := r.Info.Implicits[n].(*types.Var); ok {
			r.forgetVariable(s, v)
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			s.memory = r.freshMemory()
		}
	case *ast.CallExpr:
		if !r.harmless(n) {
			s.memory = r.freshMemory()
		}
	case *ast.SendStmt, *ast.SelectStmt, *ast.GoStmt:
		s.memory = r.freshMemory()
	}
}

// forgetTarget makes unknown what an assignment to e may change.
func (r *run) forgetTarget(s *state, e ast.Expr) {
	for e != nil {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			if v, ok := r.Info.ObjectOf(x).(*types.Var); ok {
				r.forgetVariable(s, v)
			}
			return
		case *ast.SelectorExpr:
			s.memory = r.freshMemory()
			e = x.X
		case *ast.IndexExpr:
			s.memory = r.freshMemory()
			e = x.X
		default:
			s.memory = r.freshMemory()
			return
		}
	}
}

func (r *run) forgetVariable(s *state, v *types.Var) {
	switch {
	case isGlobal(v):
		s.memory = r.freshMemory()
	case !r.at.shape.shared[v]:
		s.vars[v] = r.fresh(v.Type())
	}
}

// harmless tells whether a call changes nothing.
func (r *run) harmless(e *ast.CallExpr) bool {
	fun := r.Info.Types[e.Fun]
	if fun.IsType() {
		return true
	}
	if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok && fun.IsBuiltin() {
		switch id.Name {
		case "len", "cap", "min", "max", "real", "imag", "complex", "make", "new":
			return true
		}
		return false
	}
	return r.Pure(e)
}
