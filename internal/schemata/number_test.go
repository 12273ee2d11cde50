package schemata

import (
	"fmt"
	"go/ast"
	"slices"
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

// TestForest nests sites by their ranges.
func TestForest(t *testing.T) {
	at := func(start, end int, as form) *item {
		return &item{places: []place{{form: as, start: start, end: end}}}
	}
	show := func(roots []*site) string {
		var b strings.Builder
		var walk func(s *site)
		walk = func(s *site) {
			b.WriteString(s.form.String()[:1])
			b.WriteString(strings.Repeat("*", len(s.items)))
			if len(s.children) > 0 {
				b.WriteString("(")
				for _, c := range s.children {
					walk(c)
				}
				b.WriteString(")")
			}
		}
		for _, r := range roots {
			walk(r)
		}
		return b.String()
	}
	for _, c := range []struct {
		items []*item
		want  string
	}{
		{nil, ""},
		{[]*item{at(1, 5, helper), at(1, 5, circuit)}, "h**"},
		{[]*item{at(1, 5, literal), at(1, 5, helper)}, "l**"},
		{[]*item{at(5, 9, helper), at(1, 5, statement)}, "s*h*"},
		{[]*item{at(1, 9, helper), at(1, 5, helper), at(5, 9, helper)}, "h*(h*h*)"},
		{[]*item{at(1, 9, helper), at(1, 9, statement), at(1, 9, block)}, "b*(s*(h*))"},
		{[]*item{at(1, 9, outer), at(1, 9, statement)}, "o**"},
		{[]*item{at(1, 9, block), at(2, 8, statement), at(3, 4, helper), at(5, 6, helper), at(8, 9, helper)}, "b*(s*(h*h*)h*)"},
		{[]*item{at(3, 3, block), at(1, 3, helper)}, "h*(b*)"},
		{[]*item{at(3, 3, block), at(1, 3, helper), at(3, 5, helper)}, "h*h*(b*)"},
		{[]*item{at(3, 3, block), at(1, 5, block)}, "b*(b*)"},
	} {
		if got := show(forest(c.items)); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	// The items of a site come in the order of their forms.
	roots := forest([]*item{at(1, 5, literal), at(1, 5, helper), at(1, 5, circuit)})
	var order []form
	for _, it := range roots[0].items {
		order = append(order, it.place().form)
	}
	if !slices.Equal(order, []form{helper, circuit, literal}) {
		t.Errorf("%v", order)
	}
}
