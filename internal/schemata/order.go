package schemata

import (
	"go/ast"
	"go/token"
)

// A switch turns an operand into a call, and calls have an order among the calls
// of a statement, while plain operands are read whenever the compiler likes,
// which is after the calls beside them. So what is evaluated with a call beside
// it may be wrapped only if no call can change it, or if it has an order anyway.

// callBeside tells whether the statement that evaluates e makes a call or
// receives in an operand whose order relative to e is not fixed otherwise.
func (f *file) callBeside(e ast.Expr) bool {
	var child ast.Node = e
	for {
		up := f.parents[child]
		switch p := up.(type) {
		case *ast.BinaryExpr:
			if p.Op != token.LAND && p.Op != token.LOR && (f.callsBut(p.X, child) || f.callsBut(p.Y, child)) {
				return true
			}
		case *ast.CallExpr:
			if f.anyCalls(append([]ast.Expr{p.Fun}, p.Args...), child) {
				return true
			}
			if (&examiner{info: f.pkg.Info}).call(p) {
				return false // whatever comes next comes after the call, as before
			}
		case *ast.IndexExpr:
			if f.callsBut(p.X, child) || f.callsBut(p.Index, child) {
				return true
			}
		case *ast.SliceExpr:
			if f.anyCalls([]ast.Expr{p.X, p.Low, p.High, p.Max}, child) {
				return true
			}
		case *ast.CompositeLit:
			if f.anyCalls(p.Elts, child) {
				return true
			}
		case *ast.KeyValueExpr:
			if f.callsBut(p.Key, child) || f.callsBut(p.Value, child) {
				return true
			}
		case ast.Expr:
		case *ast.AssignStmt:
			return f.anyCalls(p.Lhs, child) || f.anyCalls(p.Rhs, child)
		case *ast.ReturnStmt:
			return f.anyCalls(p.Results, child)
		case *ast.SendStmt:
			return f.callsBut(p.Chan, child) || f.callsBut(p.Value, child)
		case *ast.ValueSpec:
			return f.anyCalls(p.Values, child)
		default:
			return false
		}
		child = up
	}
}

func (f *file) anyCalls(list []ast.Expr, but ast.Node) bool {
	for _, e := range list {
		if f.callsBut(e, but) {
			return true
		}
	}
	return false
}

// callsBut tells whether a call or a receive is in e, unless e is but.
func (f *file) callsBut(e ast.Expr, but ast.Node) bool {
	if e == nil || e == but {
		return false
	}
	x := &examiner{info: f.pkg.Info}
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || x.call(n)
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}
