package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
)

// locals knows which local variables no call can change while an expression is
// being evaluated: those whose address is never taken, and that either no
// function literal uses or nothing assigns to after their declaration.
type locals struct {
	info      *types.Info
	home      map[*types.Var]ast.Node // the function that declares it
	assigned  map[*types.Var]bool     // after its declaration
	captured  map[*types.Var]bool
	addressed map[*types.Var]bool
}

func localsOf(root ast.Node, info *types.Info) locals {
	l := locals{
		info: info, home: map[*types.Var]ast.Node{},
		assigned: map[*types.Var]bool{}, captured: map[*types.Var]bool{}, addressed: map[*types.Var]bool{},
	}
	var stack []ast.Node
	fn := func() ast.Node {
		for i := len(stack) - 1; i >= 0; i-- {
			switch stack[i].(type) {
			case *ast.FuncLit, *ast.FuncDecl:
				return stack[i]
			}
		}
		return nil
	}
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		l.visit(n, fn)
		return true
	})
	return l
}

func (l *locals) visit(n ast.Node, fn func() ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		if v, ok := l.info.Defs[n].(*types.Var); ok {
			l.home[v] = fn()
		} else if v, ok := l.info.Uses[n].(*types.Var); ok && l.home[v] != fn() {
			l.captured[v] = true
		}
	case *ast.AssignStmt:
		for _, x := range n.Lhs {
			l.assign(x)
		}
	case *ast.IncDecStmt:
		l.assign(n.X)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			l.assign(n.Key)
			l.assign(n.Value)
		}
	case *ast.ForStmt:
		// The variables of a loop change between its iterations, which is not
		// during an expression.
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			l.address(n.X)
		}
	case *ast.SliceExpr:
		if _, ok := under(l.info.TypeOf(n.X)).(*types.Array); ok {
			l.address(n.X)
		}
	case *ast.SelectorExpr:
		if s := l.info.Selections[n]; s != nil && s.Kind() == types.MethodVal {
			if sig, ok := s.Obj().Type().(*types.Signature); ok && sig.Recv() != nil && isPointer(sig.Recv().Type()) {
				l.address(n.X)
			}
		}
	}
}

// root is the variable that holds what e names, or nil if e goes through a
// pointer, a slice or a map.
func (l *locals) root(e ast.Expr) *types.Var {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			s := l.info.Selections[x]
			if s == nil || s.Kind() != types.FieldVal || isPointer(l.info.TypeOf(x.X)) {
				return nil
			}
			e = x.X
		case *ast.IndexExpr:
			if _, ok := under(l.info.TypeOf(x.X)).(*types.Array); !ok {
				return nil
			}
			e = x.X
		case *ast.Ident:
			v, _ := l.info.ObjectOf(x).(*types.Var)
			return v
		default:
			return nil
		}
	}
}

func (l *locals) assign(e ast.Expr) {
	if e == nil {
		return
	}
	if id, ok := e.(*ast.Ident); ok && l.info.Defs[id] != nil {
		return
	}
	if v := l.root(e); v != nil {
		l.assigned[v] = true
	}
}

func (l *locals) address(e ast.Expr) {
	if v := l.root(e); v != nil {
		l.addressed[v] = true
	}
}

// stable tells whether no call can change v.
func (l *locals) stable(v *types.Var) bool {
	if v.IsField() || l.home[v] == nil || l.addressed[v] {
		return false
	}
	return !l.captured[v] || !l.assigned[v]
}

func under(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

func isPointer(t types.Type) bool {
	_, ok := under(t).(*types.Pointer)
	return ok
}
