package prove

import (
	"go/ast"
	"go/token"
	"go/types"
)

// shape is what the text of a function tells at a glance.
type shape struct {
	strange bool                // it is not looked into: goto, labels, defer, type parameters
	loops   bool                // it has a loop
	size    int                 // how many statements it has
	random  bool                // it ranges over a map, or calls a function that does
	shared  map[*types.Var]bool // variables that others may see: function literals, or who has their address
}

// frame is a function that is carried out.
type frame struct {
	sig   *types.Signature
	shape *shape
	trail string // the calls that have led here
}

func (p *Package) shape(d *ast.FuncDecl) *shape {
	if s := p.shapes[d]; s != nil {
		return s
	}
	s := &shape{shared: map[*types.Var]bool{}}
	if p.shapes == nil {
		p.shapes = map[*ast.FuncDecl]*shape{}
	}
	p.shapes[d] = s // for those that call themselves
	fn, ok := p.Info.Defs[d.Name].(*types.Func)
	s.strange = !ok || fn.Signature().TypeParams().Len() > 0 || fn.Signature().RecvTypeParams().Len() > 0
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if _, ok := n.(ast.Stmt); ok {
			s.size++
		}
		switch n := n.(type) {
		case *ast.DeferStmt, *ast.LabeledStmt:
			s.strange = true
		case *ast.ForStmt:
			s.loops = true
		case *ast.RangeStmt:
			s.loops = true
			_, m := p.Info.TypeOf(n.X).Underlying().(*types.Map)
			s.random = s.random || m
		case *ast.BranchStmt:
			s.strange = s.strange || n.Tok == token.GOTO || n.Tok == token.FALLTHROUGH || n.Label != nil
		case *ast.CallExpr:
			id, ok := ast.Unparen(n.Fun).(*ast.Ident)
			s.strange = s.strange || ok && id.Name == "recover"
			if fn := p.callee(n); fn != nil {
				if d := p.Decl(fn); d != nil && d.Body != nil {
					s.random = s.random || p.shape(d).random
				}
			}
		case *ast.FuncLit:
			p.capture(s, n)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				p.share(s, n.X)
			}
		case *ast.SliceExpr:
			if _, array := p.Info.TypeOf(n.X).Underlying().(*types.Array); array {
				p.share(s, n.X)
			}
		case *ast.SelectorExpr:
			if p.takesAddress(n) {
				p.share(s, n.X)
			}
		}
		return true
	})
	return s
}

// capture notes the variables that a function literal mentions and does not declare.
func (p *Package) capture(s *shape, lit *ast.FuncLit) {
	ast.Inspect(lit, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if v, ok := p.Info.Uses[id].(*types.Var); ok && (v.Pos() < lit.Pos() || lit.End() <= v.Pos()) {
			s.shared[v] = true
		}
		return true
	})
}

// takesAddress tells whether a selector is of a method that gets the address of what
// stands before it.
func (p *Package) takesAddress(n *ast.SelectorExpr) bool {
	sel := p.Info.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal || isPointer(sel.Recv()) {
		return false
	}
	recv := sel.Obj().(*types.Func).Signature().Recv()
	return recv != nil && isPointer(recv.Type())
}

func isPointer(typ types.Type) bool {
	_, ok := typ.Underlying().(*types.Pointer)
	return ok
}

// share notes the variable that e is a part of, if e does not lead away from it by a
// pointer or a slice.
func (p *Package) share(s *shape, e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := p.Info.ObjectOf(e).(*types.Var); ok {
			s.shared[v] = true
		}
	case *ast.SelectorExpr:
		if sel := p.Info.Selections[e]; sel != nil && !isPointer(sel.Recv()) {
			p.share(s, e.X)
		}
	case *ast.IndexExpr:
		if _, array := p.Info.TypeOf(e.X).Underlying().(*types.Array); array {
			p.share(s, e.X)
		}
	}
}
