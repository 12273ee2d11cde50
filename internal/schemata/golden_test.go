package schemata

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

var update = flag.Bool("update", false, "write the golden files")

// steadyOperators are mutants of every kind, of operators that are made for the golden
// files: a change of package mutate changes none of them.
func steadyOperators(p *load.Package) []mutate.Candidate {
	return bluntAnd(p, func(b *blunt, n ast.Node) {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			b.binary(p, n)
		case *ast.IfStmt:
			b.add("condition", n.Cond, mutate.Bool, n.Cond.Pos(), n.Cond.End(), "true")
			b.add("condition", n.Cond, mutate.Bool, n.Cond.Pos(), n.Cond.End(), "false")
		case *ast.ForStmt:
			if n.Cond != nil {
				b.add("condition", n.Cond, mutate.Bool, n.Cond.Pos(), n.Cond.End(), "false")
			}
		case *ast.AssignStmt:
			if n.Tok == token.ADD_ASSIGN {
				b.add("increment", n, mutate.Stmt, n.TokPos, n.TokPos+2, "-=")
			}
		case *ast.ReturnStmt:
			for _, e := range n.Results {
				b.result(p, n, e)
			}
		}
	})
}

// binary changes the operator, and drops a side of && and ||.
func (b *blunt) binary(p *load.Package, n *ast.BinaryExpr) {
	other, kind := map[token.Token]string{
		token.ADD: "-", token.SUB: "+", token.MUL: "/", token.QUO: "*", token.SHL: ">>", token.LSS: "<=", token.GTR: ">=",
		token.EQL: "!=", token.NEQ: "==", token.LAND: "||", token.LOR: "&&",
	}[n.Op], mutate.Value
	if n.Op.Precedence() <= token.EQL.Precedence() {
		kind = mutate.Bool
	}
	if other == "" || isText(p.Info.TypeOf(n)) {
		return
	}
	left, right := b.text(n.X), b.text(n.Y)
	b.add("operator", n, kind, n.Pos(), n.End(), left+" "+other+" "+right)
	if n.Op == token.LAND || n.Op == token.LOR {
		b.add("operand", n, kind, n.Pos(), n.End(), left)
	}
}

// result returns another value of simple types and errors.
func (b *blunt) result(p *load.Package, n *ast.ReturnStmt, e ast.Expr) {
	t := p.Info.TypeOf(e)
	switch text := b.text(e); {
	case text == "nil":
		b.add("result", n, mutate.Stmt, e.Pos(), e.End(), `evilution_errors.New("evilution")`)
		b.list[len(b.list)-1].Imports = []mutant.Import{{File: b.file.Rel, Spec: `evilution_errors "errors"`}}
	case types.Identical(t, types.Universe.Lookup("error").Type()):
		b.add("result", n, mutate.Stmt, e.Pos(), e.End(), "nil")
	case isText(t):
		b.add("result", n, mutate.Stmt, e.Pos(), e.End(), `""`)
	case isPlainBool(t):
		b.add("result", n, mutate.Stmt, e.Pos(), e.End(), "!("+text+")")
	case isBasic(t):
		b.add("result", n, mutate.Stmt, e.Pos(), e.End(), "0")
	}
}

func (b *blunt) text(n ast.Node) string {
	return string(b.file.Source[b.tok.Offset(n.Pos()):b.tok.Offset(n.End())])
}

// TestGolden shows what becomes of the hazards, word for word. That such text does what
// it should is proved by TestHazards, which compiles and runs these sources; here it
// is seen within milliseconds that something changed. After a change that TestHazards
// likes, go test ./internal/schemata -run Golden -update writes the files.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/hazards/*.go")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	sources := map[string]string{}
	for _, name := range append(names, "testdata/golden/more.go") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources[strings.TrimSuffix(filepath.Base(name), ".go")] = string(text) + "\nfunc spend() bool\nfunc here() int\nfunc place() string\n"
	}
	maps.Copy(sources, shapes())
	for base, text := range sources {
		t.Run(base, func(t *testing.T) {
			golden := filepath.Join("testdata", "golden", base+".txt")
			got := switched(t, text, strings.HasPrefix(base, "old"))
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if line, a, b := firstDifference(got, want); line > 0 {
				t.Errorf("%s:%d is\n%s\nwant\n%s", golden, line, a, b)
			}
		})
	}
}

// shapes are those of TestShapes that differ as files.
func shapes() map[string]string {
	const head = "// Copyright\n\n//go:build !never\n// +build !never\n\n"
	old := oldSource + "\nfunc spend() bool\nfunc here() int\nfunc place() string\n"
	return map[string]string{
		"old":         head + strings.Replace(old, "package p\n", "package p // a comment\n", 1),
		"old-mark":    "\ufeff" + old,
		"old-inside":  strings.Replace(old, "\tif n > 2", "/*line other.y:100:5*/\tif n > 2", 1),
		"new":         head + old,
		"directive":   strings.Replace(old, "func old", "//line other.y:100\nfunc old", 1),
		"placed":      strings.Replace(old, "func old", "/*line other.y:100:7*/func old", 1),
		"cr":          strings.ReplaceAll(old, "\n", "\r\n"),
		"line":        "package p; func f(n int) string { a := 1; if a > n { return \"x\" }; return \"y\" }",
		"constant":    "package p; const c = 2 * 3",
		"loops-alone": "package p; func f(n int) { for { } }; func g(n int) int { return n + 1 }; func h() { l: goto l }",
	}
}

// switched is what Instrument makes of a source, for people.
func switched(t *testing.T, source string, old bool) []byte {
	t.Helper()
	fset, version := token.NewFileSet(), "go1.26"
	if old {
		version = "go1.12"
	}
	p := typed(fset, stubs{}, source, version)
	if p == nil {
		t.Fatal("the source does not compile")
	}
	cands := steadyOperators(p)
	r, err := Instrument(p, cands)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, c := range cands {
		m := c.Mutant
		fmt.Fprintf(&b, "%d in %d: line %d, %s", m.Number, m.Func, m.Line, m.Operator)
		if m.Status != "" {
			fmt.Fprintf(&b, ", %s: %s", m.Status, m.Reason)
		}
		if i := slices.IndexFunc(r.Alone, func(a Alone) bool { return a.Mutant == m }); i >= 0 {
			fmt.Fprintf(&b, ", alone: %s", r.Alone[i].Why)
		}
		b.WriteByte('\n')
	}
	for _, path := range slices.Sorted(maps.Keys(r.Files)) {
		fmt.Fprintf(&b, "\n-- %s --\n%s", filepath.Base(path), strings.TrimSuffix(string(r.Files[path]), agentFuncs))
	}
	return b.Bytes()
}

// firstDifference returns the number of the first line that differs, or 0.
func firstDifference(a, b []byte) (line int, inA, inB string) {
	left, right := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range max(len(left), len(right)) {
		x, y := "(end)", "(end)"
		if i < len(left) {
			x = left[i]
		}
		if i < len(right) {
			y = right[i]
		}
		if x != y {
			return i + 1, x, y
		}
	}
	return 0, "", ""
}

// stubs imports as much of the standard library as the hazards use: to read the
// real packages would take a second.
type stubs map[string]*types.Package

func (s stubs) Import(path string) (*types.Package, error) {
	if p := s[path]; p != nil {
		return p, nil
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	text, ok := map[string]string{
		"errors":  "func New(text string) error; func Join(errs ...error) error; func AsType[E error](err error) (E, bool)",
		"fmt":     "func Sprint(a ...any) string; func Sprintln(a ...any) string; func Sprintf(format string, a ...any) string; func Errorf(format string, a ...any) error",
		"math":    "func NaN() float64",
		"os":      "const DevNull = \"/dev/null\"; var Args []string",
		"strings": "type Asker interface{ Ask() }; type Reader struct{}; func (Reader) Len() int; func Join(elems []string, sep string) string; func Contains(s, sub string) bool; func HasPrefix(s, prefix string) bool; func ContainsFunc(s string, f func(rune) bool) bool; func Repeat(s string, n int) string",
	}[path]
	if !ok {
		return nil, fmt.Errorf("import %s: no stub", path)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, "package "+path+"; "+text, 0)
	if err != nil {
		return nil, err
	}
	conf := types.Config{IgnoreFuncBodies: true, Error: func(error) {}}
	p, _ := conf.Check(path, fset, []*ast.File{f}, nil) // functions without a body are no errors here
	p.MarkComplete()
	s[path] = p
	return p, nil
}
