package schemata

import (
	"go/ast"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// TestAdapt: how the text of a mutant reads in the copy of a function. What may loop
// is counted, and what is named by a label or a parameter keeps its meaning.
func TestAdapt(t *testing.T) {
	f, _ := within(t, `package p
type t int
func (r t) f(n int, err error) (ok bool) {
outer:
	for range n {
		break outer
	}
	_ = 0
	return
}`)
	fn := f.funcs[0]
	fn.number = 7
	expr, stmt := f.Syntax.Name, ast.Node(fn.body().List[0])
	for _, c := range []struct {
		name string
		pl   place
		fn   *function
		want string
	}{
		{"plain", place{form: helper, node: expr, arm: "n + 1"}, fn, "n + 1"},
		{"expression that loops", place{form: literal, node: expr, arm: "func() { for { } }"}, fn, "func() { for {evilution_tick(7); } }"},
		{"outside of functions", place{form: literal, node: expr, arm: "func() { for { } }"}, nil, "func() { for { } }"},
		{"statements that loop", place{form: statement, node: stmt, arm: "n++; for n < 3 { n++ }"}, fn, "n++; for n < 3 {evilution_tick(7); n++ }"},
		{"a label of the copy", place{form: statement, node: stmt, arm: "break outer"}, fn, "break evilution_0_outer"},
		{"a label of its own", place{form: statement, node: stmt, arm: "mine: for { continue mine }"}, fn, "evilution_5_mine: for {evilution_tick(7); continue evilution_5_mine }"},
		{"a goto", place{form: statement, node: stmt, arm: "l: n++; goto l"}, fn, "evilution_5_l: evilution_tick(7);n++; goto evilution_5_l"},
		{"a goto into a loop", place{form: statement, node: stmt, arm: "l: for { continue l; goto l }"}, fn, "evilution_5_l: for {evilution_tick(7); continue evilution_5_l; goto evilution_5_l }"},
		{"no parameter in an inner block", place{form: statement, node: stmt, arm: "n, m := 1, 2; for { _ = n + m }"}, fn, "n, m := 1, 2; for {evilution_tick(7); _ = n + m }"},
		{"a parameter in a body", place{form: whole, node: stmt, arm: "n, m := 1, 2; _, err := m, error(nil); ok, x, _ := true, m, n"}, fn,
			"evilution_r0_n, m := 1, 2;n = evilution_r0_n; _, evilution_r1_err := m, error(nil);err = evilution_r1_err; evilution_r2_ok, x, _ := true, m, n;ok = evilution_r2_ok"},
		{"two parameters at once", place{form: whole, node: stmt, arm: "n, err, k := 1, error(nil), 2; _ = k"}, fn,
			"evilution_r0_n, evilution_r0_err, k := 1, error(nil), 2;n, err = evilution_r0_n, evilution_r0_err; _ = k"},
		{"the receiver in a body", place{form: whole, node: stmt, arm: "r, k := t(1), 2; _ = k"}, fn,
			"evilution_r0_r, k := t(1), 2;r = evilution_r0_r; _ = k"},
		{"what is no name", place{form: whole, node: stmt, arm: "r.x, n := 1, 2"}, fn, "r.x, evilution_r0_n := 1, 2;n = evilution_r0_n"},
		{"a label of a function in it", place{form: statement, node: stmt, arm: "func() { outer: for { break outer } }(); break outer"}, fn,
			"func() { evilution_5_outer: for {evilution_tick(7); break evilution_5_outer } }(); break evilution_0_outer"},
		{"a body with a labelled one", place{form: whole, node: stmt, arm: "l: k, n := 1, 2; _ = k; goto l"}, fn,
			"evilution_5_l: evilution_tick(7);k, evilution_r0_n := 1, 2;n = evilution_r0_n; _ = k; goto evilution_5_l"},
		{"what does not parse", place{form: statement, node: stmt, arm: "for {"}, fn, "for {"},
		{"what ends the function", place{form: statement, node: stmt, arm: "for { } }; func g() { "}, fn, "for { } }; func g() { "},
	} {
		if got := f.adapt(&c.pl, 5, c.fn); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	// In a file without labels only what may loop is looked at, and whole bodies.
	f.labels = nil
	for _, c := range []struct {
		pl   place
		want string
	}{
		{place{form: helper, node: expr, arm: "n + 1"}, "n + 1"},
		{place{form: literal, node: expr, arm: "func() { for { } }"}, "func() { for {evilution_tick(7); } }"},
		{place{form: whole, node: stmt, arm: "n, m := 1, 2"}, "evilution_r0_n, m := 1, 2;n = evilution_r0_n"},
	} {
		if got := f.adapt(&c.pl, 5, fn); got != c.want {
			t.Errorf("without labels:\n%s\nwant\n%s", got, c.want)
		}
	}
}

// TestParse: a mutant goes on to the first form in which its text is correct.
func TestParse(t *testing.T) {
	expr, stmt := &ast.Ident{}, &ast.ExprStmt{}
	for _, c := range []struct {
		name  string
		arms  []place
		at    int
		words string
	}{
		{"the first", []place{{form: helper, node: expr, arm: "a + 1"}}, 0, ""},
		{"the second", []place{{form: helper, node: expr, arm: "a +"}, {form: statement, node: stmt, arm: "a++"}}, 1, "expected operand"},
		{"an expression is no statement", []place{{form: helper, node: expr, arm: "a++"}, {form: statement, node: stmt, arm: "a++"}}, 1, "expected"},
		{"statements are no expression", []place{{form: helper, node: expr, arm: "return"}}, 1, "expected operand"},
		{"none", []place{{form: helper, node: expr, arm: ")"}, {form: whole, node: stmt, arm: "}}"}}, 2, "expected"},
		{"braces that match by themselves", []place{{form: whole, node: stmt, arm: "}; func g() {"}}, 1, "the braces do not match"},
		{"a comment at its end", []place{{form: helper, node: expr, arm: "a // b"}}, 0, ""},
	} {
		it := &item{places: c.arms}
		it.parse()
		if it.at != c.at || !strings.Contains(it.words, c.words) || (it.words == "") != (c.words == "") {
			t.Errorf("%s: form %d, %q", c.name, it.at, it.words)
		}
		if pl := it.place(); pl != nil && !pl.parsed {
			t.Errorf("%s: parsed in vain", c.name)
		}
	}
}

// TestCovers: edits lie within a range, and others in the text of it.
func TestCovers(t *testing.T) {
	f := &file{File: &load.File{Rel: "p.go", Source: []byte("0123456789")}}
	edit := func(offset int, original, replacement string) mutant.Edit {
		return mutant.Edit{File: "p.go", Offset: offset, Original: original, Replacement: replacement}
	}
	other := mutant.Edit{File: "q.go", Offset: 4, Original: "4", Replacement: "x"}
	for _, c := range []struct {
		name   string
		edits  []mutant.Edit
		covers bool
		text   string // of [3, 7)
	}{
		{"none", nil, true, "3456"},
		{"inside", []mutant.Edit{edit(4, "45", "x")}, true, "3x6"},
		{"all of it", []mutant.Edit{edit(3, "3456", "x")}, true, "x"},
		{"at its end", []mutant.Edit{edit(7, "", "x")}, true, "3456x"},
		{"at its beginning", []mutant.Edit{edit(3, "", "x")}, true, "x3456"},
		{"two, in any order", []mutant.Edit{edit(6, "6", "y"), edit(3, "3", "x")}, true, "x45y"},
		{"before", []mutant.Edit{edit(2, "2", "x")}, false, "3456"},
		{"reaching in", []mutant.Edit{edit(2, "23", "x")}, false, "3456"},
		{"reaching out", []mutant.Edit{edit(6, "67", "x")}, false, "3456"},
		{"one of two", []mutant.Edit{edit(4, "4", "x"), edit(8, "8", "y")}, false, "3x56"},
		{"the other of two", []mutant.Edit{edit(1, "1", "x"), edit(4, "4", "y")}, false, "3y56"},
		{"another file", []mutant.Edit{other}, false, "3456"},
		{"another file too", []mutant.Edit{edit(3, "3", "x"), other, edit(6, "6", "y")}, false, "x45y"},
	} {
		it := &item{Candidate: mutate.Candidate{Mutant: &mutant.Mutant{Edits: c.edits}}}
		before := slices.Clone(c.edits)
		if got, text := f.covers(it, 3, 7), f.applied(it, 3, 7); got != c.covers || text != c.text {
			t.Errorf("%s: %v, %q", c.name, got, text)
		}
		if !slices.Equal(c.edits, before) {
			t.Errorf("%s: the edits were moved", c.name)
		}
	}
}
