package mutate

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"golang.org/x/tools/txtar"
)

// loadArchive loads every package of a module written as a txtar archive.
func loadArchive(t testing.TB, archive string) *load.Module {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return loadDir(t, dir)
}

func loadDir(t testing.TB, dir string) *load.Module {
	t.Helper()
	m, err := load.Load(context.Background(), load.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Packages {
		if len(p.Errors) > 0 {
			t.Fatalf("%s: %q", p.Path, p.Errors)
		}
	}
	return m
}

// loadSource loads one file as a package of its own.
func loadSource(t testing.TB, src string) *load.Package {
	t.Helper()
	return loadArchive(t, "-- go.mod --\nmodule m\n\ngo 1.24\n-- m.go --\n"+src).Packages[0]
}

// operators picks some by name.
func pick(t testing.TB, names ...string) []Operator {
	t.Helper()
	ops, err := Select(names, "")
	if err != nil {
		t.Fatal(err)
	}
	return ops
}

// after is the text of a candidate's file as the mutant has it.
func after(t testing.TB, c Candidate) []byte {
	t.Helper()
	text, err := mutant.Apply(c.File.Rel, c.File.Source, c.Mutant)
	if err != nil {
		t.Fatalf("%s: %v", describe(c), err)
	}
	return text
}

func describe(c Candidate) string {
	return c.File.Rel + " " + c.Function + " " + c.Operator + ": " + string(c.File.Source[c.Start:c.End]) + " => " + c.Arm
}

// compile checks the package of a candidate as plain text with the mutant in it,
// and returns the first complaint.
func compile(t testing.TB, p *load.Package, c Candidate) error {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, f := range p.Files {
		src := f.Source
		if f == c.File {
			src = after(t, c)
		}
		syntax, err := parser.ParseFile(fset, f.Path, src, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		files = append(files, syntax)
	}
	conf := types.Config{Importer: p.Importer, GoVersion: p.GoVersion, Sizes: p.Sizes}
	_, err := conf.Check(p.Path, fset, files, nil)
	return err
}
