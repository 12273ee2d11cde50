// Package canary makes the synthetic package on which every run proves itself:
// source whose mutants have known verdicts, and a test for it.
//
// The source goes through the same operators and the same instrumentation as the
// user's packages. It is overlaid into GOROOT, as the agent is, and package
// testing gets one more test, which no list of tests holds and which runs only
// where an order names it. So every test binary can judge it, whatever the
// user's module looks like, and no binary has to be built for it.
//
// Three mutants of the package, behind switches of different forms, must be
// killed, and one must survive although it makes a difference. Between them they catch a switch that is never on, always
// on or another one, instrumentation that changes what code means, recordings
// that miss infection, orders that name the wrong mutant, and verdicts that do
// not follow from how a process ended.
//
// The package knows nothing of processes. It owns no goroutine.
package canary

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
	"github.com/evilution-go/evilution-go/internal/schemata"
)

// ImportPath is the package's place in GOROOT/src.
const ImportPath = "evilution/canary"

// Test is the name of the test that judges; no identifier can be like it.
const Test = "evilution.canary"

//go:embed subject/canary.go hook/canary.go.txt
var source embed.FS

// Canary is a mutant whose verdict is known.
type Canary struct {
	Mutant mutant.Mutant
	Want   mutant.Status
}

// known are the canaries, by where they are; no two of a line are alike.
var known = []struct {
	function, operator string
	want               mutant.Status
}{
	{"Below", "comparison_boundary", mutant.Killed},
	{"Twice", "bitwise", mutant.Killed},
	{"Set", "statement_removal", mutant.Killed},
	{"Next", "arithmetic", mutant.Survived},
}

// Overlay returns the files to overlay into the Go installation at goroot, by
// absolute path, and the canaries in them.
func Overlay(goroot string) (map[string][]byte, []Canary, error) {
	p, err := read(filepath.Join(goroot, "src", filepath.FromSlash(ImportPath)))
	if err != nil {
		return nil, nil, fmt.Errorf("read canary: %w", err)
	}
	operators, err := mutate.Select([]string{"arithmetic", "bitwise", "comparison_boundary", "comparison_negation", "statement_removal"}, "")
	if err != nil {
		return nil, nil, err
	}
	candidates := mutate.Find(p, operators)
	result, err := schemata.Instrument(p, candidates)
	if err != nil {
		return nil, nil, err
	}
	hook, err := source.ReadFile("hook/canary.go.txt")
	if err != nil {
		return nil, nil, fmt.Errorf("read canary: %w", err)
	}
	result.Files[filepath.Join(goroot, "src", "testing", "evilution_canary.go")] = hook
	canaries, err := choose(candidates)
	return result.Files, canaries, err
}

// choose finds the canaries among the mutants.
func choose(candidates []mutate.Candidate) ([]Canary, error) {
	var chosen []Canary
	for _, k := range known {
		for _, c := range candidates {
			if c.Operator == k.operator && c.Function == k.function && c.Number > 0 {
				chosen = append(chosen, Canary{Mutant: *c.Mutant, Want: k.want})
			}
		}
	}
	if len(chosen) != len(known) {
		return nil, fmt.Errorf("find canaries: %d instead of %d mutants have a switch", len(chosen), len(known))
	}
	return chosen, nil
}

// read parses and checks the source as if it lay in dir.
func read(dir string) (*load.Package, error) {
	text, err := source.ReadFile("subject/canary.go")
	if err != nil {
		return nil, err
	}
	p := &load.Package{
		Path: ImportPath, Name: "canary", Dir: dir, GoVersion: "go1.21",
		Fset: token.NewFileSet(), Sizes: types.SizesFor("gc", runtime.GOARCH),
		Info: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
			Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
			Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
			Scopes: make(map[ast.Node]*types.Scope), FileVersions: make(map[*ast.File]string),
		},
	}
	path := filepath.Join(dir, "canary.go")
	syntax, err := parser.ParseFile(p.Fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	config := types.Config{GoVersion: p.GoVersion, Sizes: p.Sizes}
	if p.Types, err = config.Check(ImportPath, p.Fset, []*ast.File{syntax}, p.Info); err != nil {
		return nil, err
	}
	p.Files = []*load.File{{Path: path, Rel: "canary.go", Source: text, Syntax: syntax, GoVersion: p.GoVersion}}
	return p, nil
}
