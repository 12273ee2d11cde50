package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// functions is what is known of the functions that a package declares; empty until
// somebody asks.
type functions struct {
	decls     map[*types.Func]*ast.FuncDecl
	silent    map[*types.Func]bool
	sure      map[*types.Func]bool
	variables map[*ast.FuncDecl]*variables
	patterns  map[types.Object]string
	texts     *texts
}

// declaration is where the package declares fn, or nil.
func (c *finder) declarationOf(fn *types.Func) *ast.FuncDecl {
	k := c.functions
	if k.decls == nil {
		k.decls, k.silent, k.sure = map[*types.Func]*ast.FuncDecl{}, map[*types.Func]bool{}, map[*types.Func]bool{}
		for _, f := range c.pkg.Files {
			for _, decl := range f.Syntax.Decls {
				if d, ok := decl.(*ast.FuncDecl); ok {
					if fn, ok := c.info.Defs[d.Name].(*types.Func); ok {
						k.decls[fn] = d
					}
				}
			}
		}
	}
	return k.decls[fn.Origin()]
}

// silent is like pure, but knows also of functions that only compute: leaving out
// their calls, or doing them twice, cannot be noticed but by the value or a panic.
func (c *finder) silent(n ast.Node) bool {
	if n == nil {
		return true
	}
	return c.quietly(n, nil)
}

// quietly tells whether n changes nothing but what is declared in within, and asks
// nobody who could.
func (c *finder) quietly(n ast.Node, within ast.Node) bool {
	ok := true
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return ok && within != nil
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.AssignStmt:
			ok = ok && !slices.ContainsFunc(n.Lhs, func(e ast.Expr) bool { return !c.ownTarget(e, within) })
		case *ast.IncDecStmt:
			ok = ok && c.ownTarget(n.X, within)
		case *ast.RangeStmt:
			ok = ok && c.ownRange(n, within)
		case *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt, *ast.SelectStmt:
			ok = false
		case *ast.CallExpr:
			ok = ok && (c.harmless(n) || c.silentCall(n))
		}
		return ok
	})
	return ok
}

// ownTarget tells whether an assignment to e changes a variable of within only.
func (c *finder) ownTarget(e ast.Expr, within ast.Node) bool {
	root, direct := c.root(e)
	if root == nil {
		return isBlank(e)
	}
	obj := c.info.ObjectOf(root)
	if !direct && c.fresh(e, within) {
		return true
	}
	return root.Name == "_" || direct && obj != nil && within != nil && within.Pos() <= obj.Pos() && obj.Pos() < within.End()
}

func (c *finder) ownRange(n *ast.RangeStmt, within ast.Node) bool {
	if t := c.info.TypeOf(n.X); t != nil {
		switch t.Underlying().(type) {
		case *types.Chan, *types.Signature:
			return false
		}
	}
	return n.Tok != token.ASSIGN || (n.Key == nil || c.ownTarget(n.Key, within)) && (n.Value == nil || c.ownTarget(n.Value, within))
}

// root is the variable at the head of e; direct says that e is a part of it, and
// nothing that it points to.
func (c *finder) root(e ast.Expr) (root *ast.Ident, direct bool) {
	direct = true
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			return x, direct
		case *ast.SelectorExpr:
			s := c.info.Selections[x]
			if s == nil {
				return x.Sel, direct
			}
			direct = direct && !s.Indirect()
			e = x.X
		case *ast.IndexExpr:
			t := c.info.TypeOf(x.X)
			direct = direct && t != nil && isArray(t)
			e = x.X
		case *ast.StarExpr:
			direct = false
			e = x.X
		default:
			return nil, false
		}
	}
}

// silentPackages have functions that only compute.
var silentPackages = []string{"strings", "strconv", "unicode", "unicode/utf8", "unicode/utf16", "math", "math/bits", "path", "cmp"}

// silentCall tells whether a call is of a function that only computes: of one of
// this package whose body is seen to, or of a package that has no others. What it
// is given to call has to be seen too.
func (c *finder) silentCall(call *ast.CallExpr) bool {
	if c.isBuiltin(call, "make") || c.isBuiltin(call, "new") {
		return true
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	for _, arg := range call.Args {
		lit, ok := ast.Unparen(arg).(*ast.FuncLit)
		if ok && !c.quietly(lit.Body, lit) {
			return false
		}
		if t := c.info.TypeOf(arg); !ok && t != nil {
			if _, function := t.Underlying().(*types.Signature); function {
				return false
			}
		}
	}
	if fn.Signature().Recv() == nil && slices.Contains(silentPackages, fn.Pkg().Path()) {
		return !strings.HasPrefix(fn.Name(), "Append") && !strings.HasPrefix(fn.Name(), "Encode")
	}
	if name := c.qualified(call); strings.HasPrefix(name, "regexp.Regexp.Match") || strings.HasPrefix(name, "regexp.Regexp.Find") {
		return !strings.HasSuffix(name, "Reader") && !strings.HasSuffix(name, "ReaderIndex") && !strings.HasSuffix(name, "ReaderSubmatchIndex")
	}
	d := c.declarationOf(fn)
	if d == nil || d.Body == nil {
		return false
	}
	fn = fn.Origin()
	known, asked := c.functions.silent[fn]
	if !asked {
		c.functions.silent[fn] = false // for those that call themselves
		known = c.quietly(d.Body, d)
		c.functions.silent[fn] = known
	}
	return known
}
