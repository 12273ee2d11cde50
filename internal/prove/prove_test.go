package prove

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// The files of all tests, and the packages that they import.
var (
	fset    = token.NewFileSet()
	imports = importer.ForCompiler(fset, "source", nil)
)

// subject is a function f in a source, with all that the prover asks for.
type subject struct {
	pkg  *Package
	src  string
	base token.Pos
	f    *ast.FuncDecl
}

func load(t *testing.T, src string) *subject {
	t.Helper()
	src = "package p\n\n" + src
	file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: imports}
	if _, err := conf.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	s := &subject{src: src, base: file.FileStart}
	decls := map[*types.Func]*ast.FuncDecl{}
	for _, d := range file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok {
			decls[info.Defs[d.Name].(*types.Func)] = d
			if d.Name.Name == "f" {
				s.f = d
			}
		}
	}
	s.pkg = &Package{Info: info, Sizes: types.SizesFor("gc", "amd64"), Decl: func(fn *types.Func) *ast.FuncDecl { return decls[fn.Origin()] }}
	s.pkg.Pure = func(call *ast.CallExpr) bool {
		fn := s.pkg.callee(call)
		if fn == nil || fn.Pkg() == nil {
			return false
		}
		return strings.HasPrefix(fn.Name(), "calc") || fn.Pkg().Path() == "strings" || fn.Pkg().Path() == "math"
	}
	return s
}

// mutant is that of the first expression in f with the text site: a constant, another
// operator, or one of its sides.
func (s *subject) mutant(t *testing.T, site, instead string) Mutant {
	t.Helper()
	var m Mutant
	path := []ast.Node{s.f}
	ast.Inspect(s.f.Body, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		path = append(path, n)
		if e, ok := n.(ast.Expr); ok && m.Site == nil && s.text(e) == site {
			m.Site, m.Path = e, append(m.Path, path...)
		}
		return true
	})
	if m.Site == nil {
		t.Fatalf("no %q", site)
	}
	if m.Truth = instead == "true"; m.Truth || instead == "false" {
		return m
	}
	b := ast.Unparen(m.Site).(*ast.BinaryExpr)
	switch instead {
	case s.text(b.X):
		m.Instead = b.X
	case s.text(b.Y):
		m.Instead = b.Y
	default:
		for op := token.EQL; op <= token.GEQ; op++ {
			if op.String() == instead {
				m.Instead = &ast.BinaryExpr{X: b.X, Op: op, Y: b.Y}
			}
		}
	}
	if m.Instead == nil {
		t.Fatalf("no %q", instead)
	}
	return m
}

func (s *subject) text(n ast.Node) string { return s.src[n.Pos()-s.base : n.End()-s.base] }

type question struct {
	name, src, site, instead string
}

func ask(t *testing.T, want bool, list []question) {
	t.Helper()
	for _, q := range list {
		t.Run(q.name, func(t *testing.T) {
			s := load(t, q.src)
			if got := s.pkg.Same(s.mutant(t, q.site, q.instead)); got != want {
				t.Errorf("%s with %s instead of %s: same is %v, want %v", q.src, q.instead, q.site, got, want)
			}
		})
	}
}
