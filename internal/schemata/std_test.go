package schemata

import (
	"flag"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutate"
	"golang.org/x/tools/go/packages"
)

var stdPattern = flag.String("schemata.std", "sort,container/list,text/tabwriter,strconv",
	"packages of the standard library to instrument, separated by commas; std is all of them")

// TestStandardLibrary instruments packages of the standard library: what comes
// out type-checks and keeps its lines. With -schemata.std=std it takes minutes.
func TestStandardLibrary(t *testing.T) {
	conf := &packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}
	list, err := packages.Load(conf, append(strings.Split(*stdPattern, ","), "errors")...)
	if err != nil {
		t.Fatal(err)
	}
	all := everyPackage{}
	for _, q := range list {
		all[q.PkgPath] = q.Types
	}
	total, count, failures := map[string]int{}, 0, 0
	for _, q := range list {
		if len(q.Errors) > 0 || len(q.Syntax) == 0 {
			continue
		}
		count++
		start := time.Now()
		r, ok := instrumentStd(t, q, all)
		if !ok {
			failures++
		}
		for form, n := range r.Forms {
			total[form] += n
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Logf("%s: %v", q.PkgPath, took)
		}
	}
	t.Logf("%d packages, %d failures, mutants by form: %v", count, failures, total)
}

// instrumentStd tells with the result whether the text compiles and keeps its lines.
func instrumentStd(t *testing.T, q *packages.Package, all everyPackage) (r *Result, ok bool) {
	p := &load.Package{
		Path: q.PkgPath, Name: q.Name, Dir: filepath.Dir(q.GoFiles[0]), Fset: q.Fset, Types: q.Types,
		Info: q.TypesInfo, Sizes: q.TypesSizes, Importer: importsOf{q, all},
	}
	for i, f := range q.Syntax {
		path := q.CompiledGoFiles[i]
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p.Files = append(p.Files, &load.File{
			Path: path, Rel: path, Source: src, Syntax: f, Derived: filepath.Dir(path) != p.Dir,
		})
	}
	cands := mutate.Find(p, mutate.Operators())
	r, err := Instrument(p, cands)
	if err != nil {
		t.Error(err)
		return &Result{}, false
	}
	ok = true
	for _, f := range p.Files {
		if after, ok := r.Files[f.Path]; ok {
			if err := checkLines(f.Path, f.Syntax, p.Fset, after); err != nil {
				t.Errorf("%s: %v", f.Path, err)
				ok = false
			}
		}
	}
	for _, c := range cands {
		if c.Status != "" && strings.Contains(c.Reason, "does not compile") && !strings.Contains(c.Reason, "missing return") {
			t.Logf("%s:%d %s %v: %s", c.Mutant.File, c.Line, c.Operator, c.Edits, c.Reason)
		}
	}
	for _, a := range r.Alone {
		t.Logf("%s:%d %s alone: %s", a.File, a.Line, a.Operator, a.Why)
	}
	return r, ok
}

type everyPackage map[string]*types.Package

// importsOf imports for one package what it imports already, or what was loaded.
type importsOf struct {
	pkg *packages.Package
	all everyPackage
}

func (m importsOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if q := m.pkg.Imports[path]; q != nil && q.Types != nil {
		return q.Types, nil
	}
	if p := m.all[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("import %s: not loaded", path)
}
