package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

var errorSwallow = Operator{
	Name:   "error_swallow",
	Doc:    "Returns nil instead of an error.",
	Before: "func f(n int, err error) (int, error) { return n, err }",
	After:  "func f(n int, err error) (int, error) { return n, nil }",
	find: func(c *finder, n ast.Node) {
		r, ok := n.(*ast.ReturnStmt)
		if !ok || !c.universe("nil", r.Pos()) {
			return
		}
		results := c.results()
		for i, to := range results {
			switch {
			case !isError(to.typ):
			case len(r.Results) == len(results):
				c.swallow(r, i)
			case len(r.Results) == 0:
				c.returnNamed(r, results, i, "nil")
			}
		}
	},
}

// swallow proposes nil for the i-th result of r. A call that may have done more
// than make an error is still done.
func (c *finder) swallow(r *ast.ReturnStmt, i int) {
	e := r.Results[i]
	if c.isNil(e) {
		return
	}
	p := proposal{site: r, kind: Stmt, edits: []edit{c.edit(e, "nil")}}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && c.alwaysNil(id) {
		p.ignore = "the error is always nil"
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if ok && !c.makesError(call) && c.othersPure(r, i) {
		p.edits = prefix(c.offset(r.Pos()), p.edits, "_ = "+c.text(e))
	}
	c.propose(p)
}

// othersPure tells whether all results of r but the i-th can be evaluated after it.
func (c *finder) othersPure(r *ast.ReturnStmt, i int) bool {
	for j, e := range r.Results {
		if j != i && !c.pure(e) {
			return false
		}
	}
	return true
}

// makesError tells whether a call looks like one that only makes an error value:
// a conversion, a function of package errors or fmt, or one whose name says so.
func (c *finder) makesError(call *ast.CallExpr) bool {
	if c.harmless(call) {
		return true
	}
	fn := c.callee(call)
	if fn == nil {
		return false
	}
	if fn.Pkg() != nil && (fn.Pkg().Path() == "errors" || fn.Pkg().Path() == "fmt") {
		return true
	}
	name := strings.ToLower(fn.Name())
	for _, word := range []string{"err", "new", "wrap", "invalid", "unwrap"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// callee is the function or method that a call names, or nil.
func (c *finder) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	switch index := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(index.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(index.X)
	}
	var id *ast.Ident
	switch fun := fun.(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return nil
	}
	fn, _ := c.info.Uses[id].(*types.Func)
	return fn
}

// foreignErrors is the name under which a mutant imports package errors where
// the file does not, or where its name for it is hidden.
const foreignErrors = "evilution_errors"

// errorsName is the qualifier for package errors at a place.
func (c *finder) errorsName(at ast.Node) string {
	for _, spec := range c.file.Syntax.Imports {
		name := c.info.PkgNameOf(spec)
		if name == nil || name.Imported().Path() != "errors" || name.Name() == "." || name.Name() == "_" {
			continue
		}
		if c.means(name.Name(), at.Pos(), name) {
			return name.Name()
		}
	}
	return foreignErrors
}
