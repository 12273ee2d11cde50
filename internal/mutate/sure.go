package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Errors that are never there: where the text of a function shows that it returns
// nil for its error whatever happens, asking for that error decides nothing.

// neverFails tells whether the last result of fn, an error, is always nil. Methods
// of buffers in memory promise that.
func (c *finder) neverFails(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	results := fn.Signature().Results()
	if results.Len() == 0 || !isError(results.At(results.Len()-1).Type()) {
		return false
	}
	if r := fn.Signature().Recv(); r != nil && slices.Contains(infallible, types.TypeString(r.Type(), nil)) {
		return slices.Contains([]string{"Write", "WriteByte", "WriteRune", "WriteString"}, fn.Name())
	}
	d := c.declarationOf(fn)
	if d == nil || d.Body == nil || results.At(results.Len()-1).Name() != "" { // a deferred function may set it
		return false
	}
	fn = fn.Origin()
	sure, asked := c.functions.sure[fn]
	if !asked {
		c.functions.sure[fn] = false // for those that call themselves
		sure = c.returnsNil(d, results.Len())
		c.functions.sure[fn] = sure
	}
	return sure
}

// infallible are types whose methods that write return nil always, by their
// documentation.
var infallible = []string{"*bytes.Buffer", "*strings.Builder"}

// returnsNil tells whether every return of d has a nil for the last of its n results.
func (c *finder) returnsNil(d *ast.FuncDecl, n int) bool {
	all := true
	ast.Inspect(d.Body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			all = all && len(node.Results) > 0 && c.alwaysNilIn(d, node.Results[len(node.Results)-1], len(node.Results) == n)
		}
		return all
	})
	return all
}

// alwaysNilIn tells whether e, in d, is nil or the error of a call that never fails.
func (c *finder) alwaysNilIn(d *ast.FuncDecl, e ast.Expr, single bool) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return c.neverFails(c.callee(e))
	case *ast.Ident:
		return single && (c.isNil(e) || c.holdsNil(d, e))
	}
	return false
}

// alwaysNil tells whether a variable of the function at hand is an error that is
// always nil.
func (c *finder) alwaysNil(id *ast.Ident) bool {
	d, ok := c.decl.(*ast.FuncDecl)
	return ok && c.holdsNil(d, id)
}

// holdsNil tells whether id, a variable that the body of d declares and that is no
// parameter, is set to nothing but nil and errors of calls that never fail.
func (c *finder) holdsNil(d *ast.FuncDecl, id *ast.Ident) bool {
	obj, ok := c.info.ObjectOf(id).(*types.Var)
	if !ok || !isError(obj.Type()) || obj.Pos() < d.Body.Pos() || d.Body.End() <= obj.Pos() {
		return false
	}
	holds, declared := true, false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			x, ok := ast.Unparen(n.X).(*ast.Ident)
			holds = holds && !(ok && n.Op == token.AND && c.info.ObjectOf(x) == obj)
		case *ast.RangeStmt:
			holds = holds && !c.isVariable(n.Key, obj) && !c.isVariable(n.Value, obj)
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if c.info.Defs[name] == obj {
					declared = true
					holds = holds && (len(n.Values) == 0 || c.setsNil(n.Values, i, len(n.Names)))
				}
			}
		case *ast.AssignStmt:
			for i, e := range n.Lhs {
				if c.isVariable(e, obj) {
					declared = declared || n.Tok == token.DEFINE
					holds = holds && c.setsNil(n.Rhs, i, len(n.Lhs))
				}
			}
		}
		return holds
	})
	return holds && declared
}

func (c *finder) isVariable(e ast.Expr, obj types.Object) bool {
	id, ok := e.(*ast.Ident)
	return ok && c.info.ObjectOf(id) == obj
}

// setsNil tells whether the i-th of n variables is set to nil by values.
func (c *finder) setsNil(values []ast.Expr, i, n int) bool {
	if len(values) == n {
		call, ok := ast.Unparen(values[i]).(*ast.CallExpr)
		return c.isNil(values[i]) || ok && c.neverFails(c.callee(call))
	}
	call, ok := ast.Unparen(values[0]).(*ast.CallExpr)
	return ok && i == n-1 && c.neverFails(c.callee(call))
}
