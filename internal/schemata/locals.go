package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
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
	// What is no variable is noted under nil, which nobody asks for.
}

func localsOf(root ast.Node, info *types.Info) locals {
	l := locals{
		info: info, home: map[*types.Var]ast.Node{},
		assigned: map[*types.Var]bool{}, captured: map[*types.Var]bool{}, addressed: map[*types.Var]bool{},
	}
	ast.PreorderStack(root, nil, func(n ast.Node, stack []ast.Node) bool {
		l.visit(n, stack)
		return true
	})
	return l
}

// functionIn is the innermost function of a stack of nodes, or nil.
func functionIn(stack []ast.Node) ast.Node {
	for _, n := range slices.Backward(stack) {
		switch n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return n
		}
	}
	return nil
}

func (l *locals) visit(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		if v, ok := l.info.Defs[n].(*types.Var); ok {
			l.home[v] = functionIn(stack)
		} else if v, _ := l.info.Uses[n].(*types.Var); l.home[v] != functionIn(stack) {
			l.captured[v] = true
		}
	case *ast.AssignStmt:
		for _, x := range n.Lhs {
			l.assign(x)
		}
	case *ast.IncDecStmt:
		l.assign(n.X)
	case *ast.RangeStmt:
		l.assign(n.Key)
		l.assign(n.Value)
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
		s := l.info.Selections[n]
		if s != nil && s.Kind() == types.MethodVal && isPointer(s.Obj().(*types.Func).Signature().Recv().Type()) {
			l.address(n.X)
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
			if isPointer(l.info.TypeOf(x.X)) {
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
	if id, _ := e.(*ast.Ident); l.info.Defs[id] == nil {
		l.assigned[l.root(e)] = true
	}
}

func (l *locals) address(e ast.Expr) { l.addressed[l.root(e)] = true }

// stable tells whether no call can change v.
func (l *locals) stable(v *types.Var) bool {
	if l.home[v] == nil || l.addressed[v] {
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
