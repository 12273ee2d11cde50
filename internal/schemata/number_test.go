package schemata

import (
	"fmt"
	"go/ast"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

// TestCalm: what would compute what can panic goes on to its next form, if a mutant
// inside it changes whether the original does.
func TestCalm(t *testing.T) {
	expr := &ast.Ident{}
	at := func(start, end int, forms ...place) *item {
		it := &item{}
		for _, pl := range forms {
			pl.start, pl.end, pl.node = start, end, expr
			if pl.arm == "" {
				pl.arm = "a"
			}
			it.places = append(it.places, pl)
		}
		return it
	}
	eager, lazy := place{form: helper, eager: true}, place{form: helper, eager: true, lazy: true}
	plain, other, body := place{form: helper}, place{form: circuit}, place{form: whole}
	wrong := place{form: circuit, arm: "a +"}
	for _, c := range []struct {
		name  string
		items []*item
		want  string // the forms that are taken, or - for a mutant that is gone
	}{
		{"alone", []*item{at(1, 9, eager, other)}, "0"},
		{"around another", []*item{at(1, 9, eager, other), at(2, 5, plain)}, "1 0"},
		{"behind another", []*item{at(1, 4, plain), at(4, 9, eager, other)}, "0 0"},
		{"two around another", []*item{at(1, 9, eager, other), at(1, 9, eager, other), at(2, 5, plain)}, "1 1 0"},
		{"the second of its site", []*item{at(1, 9, plain), at(1, 9, eager, other), at(2, 5, plain)}, "0 1 0"},
		{"in the second site", []*item{at(1, 4, plain), at(4, 9, eager, other), at(5, 6, plain)}, "0 1 0"},
		{"inside", []*item{at(1, 9, plain), at(2, 8, eager, other), at(3, 5, plain)}, "0 1 0"},
		{"what cannot panic", []*item{at(1, 9, plain, other), at(2, 5, plain)}, "0 0"},
		{"what can wait", []*item{at(1, 9, lazy, other), at(2, 5, plain)}, "0 0"},
		{"another form", []*item{at(1, 9, place{form: circuit, eager: true}, plain), at(2, 5, plain)}, "0 0"},
		{"a version of the body is not inside", []*item{at(1, 9, eager, other), at(2, 5, body)}, "0 0"},
		{"no form is left", []*item{at(1, 9, eager), at(2, 5, plain)}, "- 0"},
		{"the next form is wrong", []*item{at(1, 9, eager, wrong, other), at(2, 5, plain)}, "2 0"},
		{"all others are wrong", []*item{at(1, 9, eager, wrong), at(2, 5, plain)}, "- 0"},
	} {
		var forms []string
		all := append([]*item(nil), c.items...)
		left := map[*item]bool{}
		for _, it := range calm(c.items) {
			left[it] = true
		}
		for _, it := range all {
			if left[it] != (it.place() != nil) {
				t.Errorf("%s: a mutant without a form is there, or one with a form is not", c.name)
			}
			if it.at > 0 && it.words == "" {
				t.Errorf("%s: it does not say why", c.name)
			}
			if left[it] {
				forms = append(forms, fmt.Sprint(it.at))
			} else {
				forms = append(forms, "-")
			}
		}
		if got := strings.Join(forms, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestNumberedFunctions: those with mutants, and those that loop if there are any.
func TestNumberedFunctions(t *testing.T) {
	const text = "package p; func f(n int) { for n > 1 { n++ } }; func g() { }; func h() { for { } }; func i() { for { } }"
	p := source(t, text)
	if r, err := Instrument(p, nil); err != nil || r.Funcs != 0 || len(r.Files) != 0 {
		t.Errorf("without mutants: %+v, %v", r, err)
	}
	in, err := newInstrumenter(p, []mutate.Candidate{change(p, "n++", "n--")})
	if err != nil {
		t.Fatal(err)
	}
	in.items[0].places = []place{{form: whole, node: &ast.EmptyStmt{}, arm: "n--", marker: noMarker}}
	funcs := in.files[0].funcs
	in.items[0].fn = funcs[0]
	funcs[3].plain = true
	in.number()
	for i, want := range []int{1, 0, 2, 0} {
		if got := funcs[i].number; got != want {
			t.Errorf("function %d has number %d, want %d", i, got, want)
		}
	}
	if len(funcs[0].whole) != 1 || len(funcs[0].markers) != 0 || in.items[0].marked {
		t.Errorf("without a marker: %+v", funcs[0])
	}
	in.items[0].places[0].marker = 7
	in.number()
	if len(funcs[0].whole) != 1 || len(funcs[0].markers) != 1 || !in.items[0].marked {
		t.Errorf("with a marker: %+v", funcs[0])
	}
}

// TestSpans: every part of the text is known from its beginning to its end.
func TestSpans(t *testing.T) {
	p := source(t, `package p
var v = 1 + 2
func loud(n int) int { if n > 1 { return n + 1 }; return call(n) }
func call(int) int
func quiet(n int) int { return other(n) + 1 }
func other(n int) int { return n + 2 }
func leaf(n int) int { return n + 3 }`)
	in, err := newInstrumenter(p, steadyOperators(p))
	if err != nil {
		t.Fatal(err)
	}
	in.number()
	o := in.render()["/p/p.go"]
	text, copies := string(o.bytes()), 0
	for i, s := range o.spans {
		if s.start > s.end || s.end > len(text) || i > 0 && s.start < o.spans[i-1].start {
			t.Fatalf("span %d is %d to %d of %d", i, s.start, s.end, len(text))
		}
		part := text[s.start:s.end]
		switch {
		case s.item != nil:
			if arm := s.item.place().arm; part != arm {
				t.Errorf("a mutant reads %q, want %q", part, arm)
			}
		case s.site != nil:
			if n := strings.Count(part, "evilution_"); n == 0 {
				t.Errorf("no switch in the site %q", part)
			}
		default:
			copies++
			if call := fmt.Sprintf("evilution_call(%d);", s.fn.number); !strings.Contains(part, call) {
				t.Errorf("no copy of function %d in %q", s.fn.number, part)
			}
			if !strings.HasSuffix(part, "}") && !strings.HasSuffix(part, "};") {
				t.Errorf("function %d ends in the middle: %q", s.fn.number, part)
			}
		}
	}
	// quiet calls a twin: its copy is nested in its sibling, and both are known.
	if copies != 5 {
		t.Errorf("%d copies", copies)
	}
}

// TestArms: what a mutant has instead, ended where a comment would swallow what comes.
func TestArms(t *testing.T) {
	f, n := marked(t, "/*x*/call()")
	for _, c := range []struct {
		node ast.Node
		arm  string
		want string
	}{
		{n, "n++", "n++"},
		{n, "n++ // x", "n++ // x\n"},
		{n, "n++ // x\nn--", "n++ // x\nn--"},
		{n, "n++\n// x\nn--", "n++\n// x\nn--"},
		{n, "n++ // x\nn-- // y", "n++ // x\nn-- // y\n"},
		{n, "n++\nn-- // y", "n++\nn-- // y\n"},
		{f.Syntax.Name, "n // x", "n // x"},
	} {
		o := &output{file: f, line: 2}
		o.arm(&item{places: []place{{form: statement, node: c.node, arm: c.arm, start: f.offset(n.Pos())}}})
		if got := o.buf.String(); got != c.want || o.line != 2+strings.Count(c.want, "\n") {
			t.Errorf("%q: %q, line %d, want %q", c.arm, got, o.line, c.want)
		}
		if s := o.spans[0]; s.start != 0 || s.end != len(c.arm) {
			t.Errorf("%q: it goes from %d to %d", c.arm, s.start, s.end)
		}
	}
}

// TestBlockOfLiteral: a function literal with two mutants of its statements.
func TestBlockOfLiteral(t *testing.T) {
	f, n := marked(t, "func() /*x*/{ call() }()")
	var cands []mutate.Candidate
	for _, arm := range []string{" call(1) ", ""} {
		cands = append(cands, mutantAt(f, n, mutate.Body, " call() ", arm).Candidate)
	}
	r, err := Instrument(f.pkg, cands)
	if err != nil {
		t.Fatal(err)
	}
	const want = "func() /*x*/{if evilution_is(1) { call(1) ;return};if evilution_is(2) {;return}; call() }()"
	if got := string(r.Files["/p/p.go"]); !strings.Contains(got, want) {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
