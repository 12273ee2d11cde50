package schemata

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

func hazards(t *testing.T) *load.Package {
	t.Helper()
	files := map[string]string{"go.mod": "module h\n\ngo 1.24\n"}
	cases := ""
	for _, name := range []string{"order", "panics", "control", "types", "vars"} {
		text := sourceOf(t, "testdata/hazards/"+name+".go")
		files["p/"+name+".go"] = text
		cases += text
	}
	files["p/run.go"] = runner(cases)
	return loadPackage(t, module(t, files), "./p")
}

func candidates(p *load.Package) []mutate.Candidate {
	return append(mutate.Find(p, mutate.Operators()), bluntOperators(p)...)
}

// TestDeterministic: equal packages in different folders give equal text, also
// when they are instrumented again.
func TestDeterministic(t *testing.T) {
	var before map[string]string
	for _, p := range []*load.Package{hazards(t), hazards(t)} {
		for range 2 {
			r, err := Instrument(p, candidates(p))
			if err != nil {
				t.Fatal(err)
			}
			now := map[string]string{}
			for path, text := range r.Files {
				now[filepath.Base(path)] = string(text)
			}
			for name, text := range now {
				if before != nil && before[name] != text {
					t.Errorf("%s differs", name)
				}
			}
			before = now
		}
	}
}

// TestNumbers: every mutant has a number of its own, or a reason to have none;
// none is lost.
func TestNumbers(t *testing.T) {
	p := hazards(t)
	cands := candidates(p)
	ignored := &mutant.Mutant{Status: mutant.Ignored, Reason: "test"}
	cands = append(cands, mutate.Candidate{Mutant: ignored, File: p.Files[0], Site: p.Files[0].Syntax, Kind: mutate.Stmt})
	r, err := Instrument(p, cands)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	none := 0
	for _, c := range cands {
		switch {
		case c.Mutant.Number > 0:
			numbers = append(numbers, c.Mutant.Number)
			if c.Mutant.Func < 0 || c.Mutant.Func > r.Funcs || (c.Mutant.Func == 0) != (c.Func == nil) {
				t.Errorf("%s: function %d of %d", describe(c), c.Mutant.Func, r.Funcs)
			}
		case c.Status == "":
			none++
		case c.Reason == "":
			t.Errorf("%s: %s without a reason", describe(c), c.Status)
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("number %d comes after %d others", n, i)
		}
	}
	if len(numbers) != r.Mutants || none != len(r.Alone) {
		t.Errorf("%d numbers of %d, %d without one, %d alone", len(numbers), r.Mutants, none, len(r.Alone))
	}
}

// TestNothing: a package without mutants is left alone.
func TestNothing(t *testing.T) {
	r, err := Instrument(hazards(t), nil)
	if err != nil || len(r.Files) != 0 || r.Funcs != 0 {
		t.Errorf("files %v, %d functions, %v", r.Files, r.Funcs, err)
	}
}
