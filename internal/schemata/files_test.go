package schemata

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// sources type-checks a package of several files: /p/a.go and so on.
func sources(t *testing.T, texts ...string) *load.Package {
	t.Helper()
	fset := token.NewFileSet()
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{},
	}
	p := &load.Package{Path: "p", Name: "p", Dir: "/p", Fset: fset, Info: info, Sizes: types.SizesFor("gc", "amd64"), GoVersion: "go1.26", Importer: stubs{}}
	var files []*ast.File
	for i, text := range texts {
		path := fmt.Sprintf("/p/%c.go", 'a'+i)
		f, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		p.Files = append(p.Files, &load.File{Path: path, Rel: path[3:], Source: []byte(text), Syntax: f, GoVersion: "go1.26"})
	}
	conf := types.Config{Importer: p.Importer, Sizes: p.Sizes, GoVersion: p.GoVersion}
	var err error
	if p.Types, err = conf.Check("p", fset, files, info); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestManyFiles: numbers go on from file to file, what has nothing to switch stays as it
// is, and imports come to the file that needs them.
func TestManyFiles(t *testing.T) {
	p := sources(t,
		"package p\nfunc a(n int) int { return n + 1 }\nvar x = 1 + 2\n",
		"package p\ntype t int\nfunc plain() t { return 0 }\n",
		"package p\nfunc derived(n int) int { return n + 1 }\n",
		"package p\nfunc b(n int) error { if n > 1 { return nil }; return nil }\nfunc c() { for { } }\n",
		"package p\nfunc d(n int, _ t) error { for n > 1 { }; return nil }\n",
	)
	p.Files[2].Derived = true
	cands := slices.DeleteFunc(steadyOperators(p), func(c mutate.Candidate) bool {
		return c.File == p.Files[1] || c.File == p.Files[4] && c.Operator == "result"
	})
	ignored, status := cands[0], *cands[0].Mutant
	ignored.Mutant = &status
	ignored.Mutant.Status = mutant.Ignored
	cands = append([]mutate.Candidate{ignored}, cands...)
	r, err := Instrument(p, cands)
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, c := range cands {
		places = append(places, fmt.Sprintf("%s:%d/%d", c.File.Rel[:1], c.Mutant.Number, c.Mutant.Func))
	}
	// What is outside of functions comes first in each file. The third function, c, has
	// no mutant, but loops.
	want := "a:0/0 a:4/1 a:5/1 a:6/1 a:1/0 a:2/0 a:3/0 c:0/0 c:0/0 c:0/0 d:7/2 d:8/2 d:11/2 d:9/2 d:10/2 d:12/2 d:13/2 e:14/4 e:15/4 e:16/4"
	if got := strings.Join(places, " "); got != want || r.Funcs != 4 || r.Mutants != 16 {
		t.Errorf("%s, %d functions, %d mutants, want %s", got, r.Funcs, r.Mutants, want)
	}
	var names []string
	for path := range r.Files {
		names = append(names, path)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "/p/0_evilution_switches.go /p/a.go /p/d.go /p/e.go" {
		t.Errorf("files %s", got)
	}
	if !strings.HasSuffix(string(r.Files["/p/0_evilution_switches.go"]), agentFuncs) {
		t.Error("what switched code calls is missing")
	}
	for name, has := range map[string]bool{"/p/a.go": false, "/p/d.go": true, "/p/e.go": false} {
		if got := strings.Contains(string(r.Files[name]), `;import evilution_errors "errors"`); got != has {
			t.Errorf("%s imports: %v\n%s", name, got, r.Files[name])
		}
	}
	// Each file is checked with the declarations of the others.
	wrong := change(p, "n + 1", "plain()")
	fine := change(p, "n + 1", "int(plain())")
	Validate(p, []mutate.Candidate{wrong, fine})
	if wrong.Mutant.Status != mutant.Invalid || fine.Mutant.Status != "" {
		t.Errorf("%q %q", wrong.Mutant.Status, fine.Mutant.Reason)
	}
}
