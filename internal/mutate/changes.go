package mutate

import (
	"go/ast"
	"go/token"
)

// changes is what statements may change: variables, fields by their names, or
// anything that pointers lead to.
type changes struct {
	names    map[any]bool // types.Object of variables, string of fields
	stores   bool         // anything that is not a variable of the function
	anything bool
}

// add takes what n may do.
func (p *changes) add(c *finder, n ast.Node) {
	if isNothing(n) {
		return
	}
	p.calls(c, n)
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				p.target(c, e)
			}
		case *ast.IncDecStmt:
			p.target(c, n.X)
		case *ast.RangeStmt:
			p.target(c, n.Key)
			p.target(c, n.Value)
		}
		return true
	})
}

func (p *changes) target(c *finder, e ast.Expr) {
	if e == nil {
		return
	}
	if p.names == nil {
		p.names = map[any]bool{}
	}
	root, direct := c.root(e)
	if root != nil && direct {
		obj := c.info.ObjectOf(root)
		p.names[obj] = true
		p.stores = p.stores || obj != nil && obj.Parent() == c.pkg.Types.Scope()
		return
	}
	p.stores = true
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		p.names[sel.Sel.Name] = true
		return
	}
	p.anything = true
}

// calls takes what is called or received in n, and nothing else of it.
func (p *changes) calls(c *finder, n ast.Node) {
	if isNothing(n) {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.UnaryExpr:
			p.anything = p.anything || n.Op == token.ARROW
		case *ast.SendStmt, *ast.SelectStmt:
			p.anything = true
		case *ast.CallExpr:
			p.anything = p.anything || !c.harmless(n) && !c.silentCall(n)
		}
		return !p.anything
	})
}

// touch tells whether something that deps names may have changed.
func (p *changes) touch(deps map[any]bool) bool {
	if p.anything && deps[elsewhere] || p.stores && deps[anywhere] {
		return true
	}
	for name := range deps {
		if p.names[name] {
			return true
		}
	}
	return false
}

// isNothing tells whether n is a nil of some type of node.
func isNothing(n ast.Node) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *ast.BlockStmt:
		return n == nil
	}
	return false
}
