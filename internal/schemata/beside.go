package schemata

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// A copy that is a function of its own has one frame more, so only quiet functions
// get such copies: those in which nobody can ask who called. They call nothing but
// builtins, each other, and the functions of a few packages.

// quietPackages are those whose functions never look at their callers, nor call back.
var quietPackages = map[string]bool{
	"bytes": true, "errors": true, "math": true, "math/bits": true, "strconv": true,
	"strings": true, "sync/atomic": true, "time": true, "unicode": true,
	"unicode/utf16": true, "unicode/utf8": true, "unsafe": true,
}

// findQuiet finds the quiet functions of the package: the largest set of those
// that call nothing else.
func (in *instrumenter) findQuiet() {
	l := &listener{in.pkg.Info, map[types.Object]*function{}}
	for _, f := range in.files {
		for _, fn := range f.functions() {
			if d, ok := fn.node.(*ast.FuncDecl); ok {
				l.funcs[in.pkg.Info.Defs[d.Name]] = fn
			}
		}
	}
	var loud []*function
	for _, fn := range l.funcs {
		if fn.quiet = l.isQuiet(fn); !fn.quiet {
			loud = append(loud, fn)
		}
	}
	for len(loud) > 0 {
		fn := loud[len(loud)-1]
		loud = loud[:len(loud)-1]
		for _, caller := range fn.callers {
			if caller.quiet {
				caller.quiet = false
				loud = append(loud, caller)
			}
		}
	}
}

// listener looks for quiet functions among those of a package.
type listener struct {
	info  *types.Info
	funcs map[types.Object]*function
}

// isQuiet tells whether fn itself does nothing that could notice another frame,
// and notes which functions of the package it calls.
func (l *listener) isQuiet(fn *function) bool {
	d := fn.node.(*ast.FuncDecl)
	if d.Name.Name == "init" || d.Name.Name == "main" || hasDirective(d.Doc) || namelessType(d) {
		return false
	}
	ok := true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		ok = ok && l.allowed(fn, n)
		return ok
	})
	return ok
}

func (l *listener) allowed(fn *function, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt, *ast.SelectStmt, *ast.SendStmt:
		return false
	case *ast.RangeStmt:
		_, isFunc := under(l.info.TypeOf(n.X)).(*types.Signature)
		return !isFunc
	case *ast.CallExpr:
		return l.calls(fn, n)
	}
	return true
}

// calls tells whether c, in fn, calls what may be called a frame deeper.
func (l *listener) calls(fn *function, c *ast.CallExpr) bool {
	tv := l.info.Types[c.Fun]
	if tv.IsType() {
		return true
	}
	if tv.IsBuiltin() {
		return calledName(c).Name != "recover"
	}
	id := calledName(c)
	obj, ok := l.info.Uses[id].(*types.Func)
	if !ok || obj.Pkg() == nil {
		return false
	}
	if callee := l.funcs[obj.Origin()]; callee != nil {
		fn.calls = append(fn.calls, call{id, callee})
		callee.callers = append(callee.callers, fn)
		return true
	}
	return quietPackages[obj.Pkg().Path()] && !callsBack(obj.Origin())
}

// calledName is the name of the function or method that c calls, or nil.
func calledName(c *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(c.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

// callsBack tells whether a function is given something that it could call, or is
// a method that anybody may have written.
func callsBack(fn types.Object) bool {
	sig := fn.Type().(*types.Signature)
	if recv := sig.Recv(); recv != nil && types.IsInterface(recv.Type()) {
		return true
	}
	for v := range sig.Params().Variables() {
		t := under(v.Type())
		if list, ok := t.(*types.Slice); ok {
			t = under(list.Elem())
		}
		switch t.(type) {
		case *types.Signature, *types.Interface:
			return true
		}
	}
	return false
}

func hasDirective(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:") })
}

// namelessType tells whether d has type parameters that the copy could not name.
func namelessType(d *ast.FuncDecl) bool {
	if d.Recv != nil && isGeneric(d.Recv.List[0].Type) && len(fieldNames(d.Recv, &ast.FuncType{Params: &ast.FieldList{}})) == 0 {
		return true
	}
	return d.Type.TypeParams != nil && slices.ContainsFunc(d.Type.TypeParams.List, func(f *ast.Field) bool {
		return slices.ContainsFunc(f.Names, func(id *ast.Ident) bool { return id.Name == "_" })
	})
}

// isGeneric tells whether a receiver's type has type parameters.
func isGeneric(t ast.Expr) bool {
	if star, ok := ast.Unparen(t).(*ast.StarExpr); ok {
		t = star.X
	}
	switch ast.Unparen(t).(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}
