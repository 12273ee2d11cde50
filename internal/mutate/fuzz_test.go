package mutate

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"golang.org/x/tools/txtar"
)

// onlyErrors imports a package errors that has what mutants need of it.
type onlyErrors struct{}

func (onlyErrors) Import(path string) (*types.Package, error) {
	if path != "errors" {
		return nil, fmt.Errorf("import %s: not here", path)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "errors.go", "package errors\nfunc New(string) error { return nil }", 0)
	if err != nil {
		return nil, err
	}
	return (&types.Config{}).Check(path, fset, []*ast.File{f}, nil)
}

// inMemory is what load makes of a file, or nil where it does not compile.
func inMemory(src []byte) *load.Package {
	p := &load.Package{Path: "m", Fset: token.NewFileSet(), GoVersion: "go1.24", Importer: onlyErrors{}, Sizes: types.SizesFor("gc", "amd64")}
	syntax, err := parser.ParseFile(p.Fset, "m.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	p.Info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{},
	}
	conf := types.Config{Importer: p.Importer, GoVersion: p.GoVersion, Sizes: p.Sizes}
	if p.Types, err = conf.Check(p.Path, p.Fset, []*ast.File{syntax}, p.Info); err != nil {
		return nil
	}
	p.Files = []*load.File{{Path: "/m.go", Rel: "m.go", Source: src, Syntax: syntax, GoVersion: p.GoVersion}}
	return p
}

// FuzzFind: every mutant of a file that compiles has edits that fit, an id of its
// own, and compiles or says why not. Of a file with very many mutants, the first
// are compiled.
func FuzzFind(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/hazards.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
	for _, op := range Operators() {
		f.Add([]byte("package m\n" + op.Before))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		p := inMemory(src)
		if p == nil {
			return
		}
		seen := map[string]bool{}
		for i, c := range Find(p, Operators()) {
			if seen[c.Key] {
				t.Errorf("%s: key seen before", describe(c))
			}
			seen[c.Key] = true
			after(t, c)
			if i < 50 && c.Status == "" {
				if err := compile(t, p, c); err != nil {
					t.Errorf("%s: %v", describe(c), err)
				}
			}
		}
	})
}
