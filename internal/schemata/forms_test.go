package schemata

import (
	"fmt"
	"go/importer"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

// TestForms says for small functions in which form each mutant comes, and for
// some how the switch reads. What the forms do is TestHazards' business.
func TestForms(t *testing.T) {
	const rest = `
var global int
func call(n int) int
func ask() bool
type named bool
`
	for _, c := range []struct{ name, operator, source, forms, text string }{
		{"pure comparison", "comparison_boundary", "func f(a, b int) bool { return a < b }",
			"helper 1", "return evilution_v1(1, a < b, a <= b)"},
		{"same panics", "comparison_boundary", "func f(a []int, i int) bool { return a[i] < 3 }",
			"helper 1", "evilution_v1(1, a[i] < 3, a[i] <= 3)"},
		{"other panics", "blunt_literal", "func f(a []int) int { x := 0; x = a[1]; return x }",
			"helper 2", "a[evilution_v1[int](2, 1, 2)]"},
		{"index out of range is an error", "blunt_literal", "func f(a [2]int) int { return a[1] }",
			"invalid 1", ""},
		{"condition that calls", "condition_true", "func f() int { if ask() { return 1 }; return 2 }",
			"circuit 1", "if (evilution_is(1) && (true) || evilution_off(1, 1) && (evilution_same(1, ask(), true)))"},
		{"arm that cannot fail", "condition_true", "func f(p *int) int { if p != nil && *p > 2 { return 1 }; return 2 }",
			"circuit 1", "evilution_same(1, p != nil && *p > 2, true)"},
		{"guard", "logical_swap", "type t struct{ n int }; func f(p *t) bool { return p != nil && p.n > 0 }",
			"circuit 1", "(evilution_is(1) && (p != nil || p.n > 0) || evilution_off(1, 1) && (p != nil && p.n > 0))"},
		{"division", "arithmetic", "func f(a, b int) int { return a * b }",
			"statement 1", "if evilution_is(1) {return a / b} else {return a * b}"},
		{"call beside a global", "arithmetic", "func f() int { return global*2 + call(1) }",
			"statement 2", ""},
		{"call beside a stable local", "arithmetic", "func f(a int) int { return a*2 + call(1) }",
			"helper 1 statement 1", ""},
		{"declaration", "arithmetic", "func f() int { x := global*2 + call(1); return x }",
			"function 1 literal 1", ""},
		{"constant as a whole", "arithmetic", "func f(x float64) float64 { return 1 / 2 * x }",
			"helper 2", "evilution_v1[float64](2, 1 / 2, 1 * 2)"},
		{"named bool", "comparison_negation", "func f(a, b int) named { var x named; x = a == b; return x }",
			"helper 1", "evilution_v1[named](1, a == b, a != b)"},
		{"text", "return_value", "func f(s string) string { return s }",
			"helper 1", `evilution_s1[string](1, s, "")`},
		{"nil in an interface", "error_swallow", "func f(x error) error { return x }",
			"helper 1", "evilution_v1[error](1, x, nil)"},
		{"deferred call", "blunt_literal", "func f() { defer call(1) }",
			"helper 1", "defer call(evilution_v1[int](1, 1, 2))"},
		{"post statement", "blunt_post", "func f() { for i := 0; i < 3; i++ { call(i) } }",
			"literal 1", "; func() {if !evilution_is(1) {i++}}() {"},
		{"directives in a copy", "blunt_literal", "\n//go:noinline\nfunc f() int {\n// Text.\n//go:norace\nx := 1\n//go:nosplit\nreturn x }",
			"helper 1", "\n//go:noinline\nfunc f() int {if evilution_on[1] {evilution_call(1);\n// Text.\n// go:norace\nx := evilution_v1[int](1, 1, 2)\n// go:nosplit\nreturn x "},
		{"behind the brace", "blunt_literal", "func f(n int) int {switch n { case 1: return n }; return n }",
			"outer 1", "evilution_call(1);evilution_is(1);if evilution_at(1) {switch n { case 2: return n }} else {switch n { case 1: return n }};"},
		{"empty list of results", "blunt_body", "func f(n int) () { if n > 1 { call(1) } }",
			"block 1", "if n > 1 {if !evilution_is(1) { call(1) }} ;return}; if n > 1 { call(1) } }"},
		{"literal with an empty list of results", "blunt_body", "func f() { func() () { call(1) }() }",
			"block 1", "func() () {if evilution_is(1) {;return}; call(1) }() ;return};"},
		{"case label of the only statement", "blunt_literal", "func f(n int) { switch n { case 1: call(n) } }",
			"function 1", "if evilution_at(1) {"},
		{"case label", "blunt_literal", "func f(n int) int { switch n { case 1: return n }; return n }",
			"outer 1", ""},
		{"array length", "blunt_literal", "func f() int { var a [2]int; return len(a) }",
			"function 1", ""},
		{"variable", "arithmetic", "var v = 2 * global",
			"literal 1", "var v = func() int {if evilution_is(1) {return 2 / global};return 2 * global}()"},
		{"constant", "blunt_literal", "const c = 3; var a [c]int",
			"alone 1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkForm(t, c.operator, "package p; "+c.source+rest, c.forms, c.text)
		})
	}
}

func checkForm(t *testing.T, operator, source, forms, text string) {
	fset := token.NewFileSet()
	p := typed(fset, importer.ForCompiler(fset, "source", nil), source, "go1.26")
	if p == nil {
		t.Fatal("the source does not compile")
	}
	cands := slices.DeleteFunc(append(mutate.Find(p, mutate.Operators()), bluntOperators(p)...),
		func(c mutate.Candidate) bool { return c.Operator != operator })
	r, err := Instrument(p, cands)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, form := range slices.Sorted(maps.Keys(r.Forms)) {
		got = append(got, fmt.Sprint(form, " ", r.Forms[form]))
	}
	out := string(r.Files["/p/p.go"])
	if strings.Join(got, " ") != forms || !strings.Contains(out, text) {
		t.Errorf("forms %q, want %q, and %q in\n%s", got, forms, text, out)
	}
}
