package schemata

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// FuzzInstrument: whatever type-checks can be instrumented, type-checks again,
// and keeps every line.
func FuzzInstrument(f *testing.F) {
	const missing = "\nfunc spend() bool\nfunc here() int\nfunc place() string\n"
	names, err := filepath.Glob("testdata/hazards/*.go")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	var seeds []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text)+missing, "go1.26")
		seeds = append(seeds, string(text)+missing)
	}
	f.Add(oldSource+missing, "go1.12")
	f.Add("package p; func f(a, b []int) (n int, err error) { l: for i := range a { n, m := b[i]+1, 2; if n > m { continue l }; goto e }; e: return }", "go1.22")
	fset := token.NewFileSet()
	std := importer.ForCompiler(fset, "source", nil)
	// What the seeds import is read here: a fuzzing process that spends ten seconds on
	// one input counts as hung, and a busy machine needs them for net/http alone.
	for _, text := range seeds {
		typed(fset, std, text, "go1.26")
	}
	f.Fuzz(func(t *testing.T, text, version string) {
		p := typed(fset, std, text, version)
		if p == nil {
			return
		}
		cands := append(mutate.Find(p, mutate.Operators()), bluntOperators(p)...)
		r, err := Instrument(p, cands)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range p.Files {
			after, ok := r.Files[file.Path]
			if !ok {
				continue
			}
			if err := checkLines(file.Path, file.Syntax, p.Fset, after); err != nil {
				t.Errorf("%v\n%s", err, after)
			}
		}
	})
}

// typed type-checks one file as a package, or returns nil.
func typed(fset *token.FileSet, std types.Importer, text, version string) *load.Package {
	if version != "go1.12" {
		version = "go1.26"
	}
	const path = "/p/p.go"
	f, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	for _, spec := range f.Imports {
		if spec.Path.Value == `"C"` {
			return nil
		}
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{},
	}
	sizes := types.SizesFor("gc", "amd64")
	conf := types.Config{Importer: std, Sizes: sizes, GoVersion: version, Error: func(error) {}}
	pkg, err := conf.Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		return nil
	}
	return &load.Package{
		Path: "p", Name: f.Name.Name, Dir: "/p", Fset: fset, Types: pkg, Info: info, Sizes: sizes,
		GoVersion: version, Importer: std,
		Files: []*load.File{{Path: path, Rel: "p.go", Source: []byte(text), Syntax: f, GoVersion: version}},
	}
}
