package schemata

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// A function that the compiler would inline stays so if its copy is a function
// of its own: the call of one leaves a quarter of the inliner's budget, which is
// enough for getters, comparisons and the like. The copy has one frame more, so
// only functions qualify in which nobody can ask who called: those that call
// nothing but builtins, each other, and the functions of a few packages.

// maxBeside is the number of nodes up to which a body may be worth inlining.
const maxBeside = 48

// deaf are packages whose functions never look at their callers, nor call back.
var deaf = map[string]bool{
	"bytes": true, "math": true, "math/bits": true, "strings": true,
	"sync/atomic": true, "unicode": true, "unicode/utf8": true, "unsafe": true,
}

// findBeside decides which functions of the package get their copies beside them.
func (in *instrumenter) findBeside() {
	b := &besides{in.pkg.Info, map[types.Object]*function{}, map[*function]bool{}}
	for _, f := range in.files {
		for _, fn := range f.functions() {
			if d, ok := fn.node.(*ast.FuncDecl); ok {
				b.funcs[in.pkg.Info.Defs[d.Name]] = fn
			}
		}
	}
	for _, fn := range b.funcs {
		fn.beside = b.isLeaf(fn)
	}
}

// besides looks for leaves among the functions of a package.
type besides struct {
	info  *types.Info
	funcs map[types.Object]*function
	leaf  map[*function]bool // those decided, or being decided
}

// isLeaf tells whether fn is small and calls nothing that could notice another
// frame. A function that calls itself is none: it is not inlined either.
func (b *besides) isLeaf(fn *function) bool {
	if leaf, ok := b.leaf[fn]; ok {
		return leaf
	}
	b.leaf[fn] = false
	d := fn.node.(*ast.FuncDecl)
	if d.Name.Name == "init" || d.Name.Name == "main" || hasDirective(d.Doc) || namelessType(d) {
		return false
	}
	ok, size := true, 0
	ast.Inspect(d.Body, func(n ast.Node) bool {
		size++
		ok = ok && size <= maxBeside && b.allowed(n)
		return ok
	})
	b.leaf[fn] = ok
	return ok
}

func (b *besides) allowed(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt, *ast.SelectStmt, *ast.LabeledStmt, *ast.SendStmt:
		return false
	case *ast.RangeStmt:
		_, isFunc := under(b.info.TypeOf(n.X)).(*types.Signature)
		return !isFunc
	case *ast.CallExpr:
		return b.calls(n)
	}
	return true
}

// calls tells whether c calls something that may be called a frame deeper.
func (b *besides) calls(c *ast.CallExpr) bool {
	tv := b.info.Types[c.Fun]
	if tv.IsType() {
		return true
	}
	if tv.IsBuiltin() {
		return builtinName(c.Fun) != "recover"
	}
	obj := calledObject(b.info, c)
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if fn := b.funcs[obj]; fn != nil {
		return b.isLeaf(fn)
	}
	return deaf[obj.Pkg().Path()] && !callsBack(obj)
}

// calledObject is the function that c names, or nil.
func calledObject(info *types.Info, c *ast.CallExpr) types.Object {
	var id *ast.Ident
	switch fun := ast.Unparen(c.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return nil
	}
	fn, ok := info.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	return fn.Origin()
}

// callsBack tells whether a function is given something that it could call.
func callsBack(fn types.Object) bool {
	for v := range fn.Type().(*types.Signature).Params().Variables() {
		switch under(v.Type()).(type) {
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
