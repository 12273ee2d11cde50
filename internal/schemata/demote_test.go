package schemata

import (
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// forms makes an item with n places that are statements, and a last one for the
// whole body.
func forms(f *file, fn *function, n int) *item {
	it := &item{Candidate: mutate.Candidate{Mutant: &mutant.Mutant{}}, file: f, fn: fn}
	for range n {
		it.places = append(it.places, place{form: statement})
	}
	it.places = append(it.places, place{form: whole})
	f.items = append(f.items, it)
	return it
}

// TestDemote: who moves on when the checker objects, and to what.
func TestDemote(t *testing.T) {
	const path = "/p/p.go"
	type state struct{ a, b, other, import_ int } // the forms that they have come to
	for _, c := range []struct {
		name   string
		at     []int // offsets of objections
		hard   bool
		before state
		want   state
		plain  bool // the function is left alone
		moved  bool
	}{
		{"in a mutant's text", []int{21}, false, state{}, state{a: 1}, false, true},
		{"twice", []int{21, 22}, false, state{}, state{a: 1}, false, true},
		{"in another's", []int{31}, false, state{}, state{b: 1}, false, true},
		{"at its first byte", []int{20}, false, state{}, state{a: 1}, false, true},
		{"behind its last byte", []int{25}, false, state{}, state{a: 1, b: 1}, false, true},
		{"in a site", []int{12}, false, state{}, state{a: 1, b: 1}, false, true},
		{"in a site and a text", []int{12, 21}, false, state{}, state{a: 1, b: 1}, false, true},
		{"in the copy", []int{6}, false, state{}, state{a: 2, b: 2}, false, true},
		{"in the copy again", []int{6}, false, state{a: 2, b: 2}, state{a: 3, b: 3}, true, true},
		{"in the copy, one is there", []int{6}, false, state{a: 2}, state{a: 2, b: 2}, false, true},
		{"in the copy, one moves anyway", []int{21, 6}, false, state{a: 1, b: 2}, state{a: 2, b: 2}, false, true},
		{"in the copy, none is left", []int{6}, false, state{a: 3, b: 3}, state{a: 3, b: 3}, true, true},
		{"outside", []int{1}, false, state{}, state{import_: 3}, false, true},
		{"outside, nobody imports", []int{1}, false, state{import_: 3}, state{import_: 3}, false, false},
		{"in the copy and a text", []int{6, 21}, false, state{}, state{a: 2, b: 2}, false, true},
		{"in the copy again and a text", []int{6, 21}, false, state{a: 2, b: 2}, state{a: 3, b: 3}, true, true},
		{"in the copy, one has just lost its last", []int{21, 6}, false, state{a: 2, b: 3}, state{a: 3, b: 3}, false, true},
		{"hard, in the copy and another", []int{52, 6}, true, state{}, state{3, 3, 3, 3}, true, true},
		{"hard, in the copy and another's", []int{6, 52}, true, state{}, state{3, 3, 3, 3}, true, true},
		{"hard, in the copy", []int{6}, true, state{}, state{a: 3, b: 3}, true, true},
		{"hard, in a text", []int{21}, true, state{}, state{a: 3, b: 3}, true, true},
		{"hard, outside", []int{1}, true, state{}, state{3, 3, 3, 3}, true, true},
		{"hard, all is gone", []int{1}, true, state{3, 3, 3, 3}, state{3, 3, 3, 3}, true, false},
	} {
		f := &file{}
		fn, elsewhere := &function{file: f}, &function{file: f}
		other, a, b, imports := forms(f, elsewhere, 2), forms(f, fn, 2), forms(f, fn, 2), forms(f, elsewhere, 2)
		imports.Imports = []mutant.Import{{}}
		all := []*item{a, b, other, imports}
		a.at, b.at, other.at, imports.at = c.before.a, c.before.b, c.before.other, c.before.import_
		s := &site{items: []*item{a, b}}
		o := &output{file: f, spans: []span{
			{start: 5, end: 40, fn: fn}, {start: 10, end: 38, site: s}, {start: 20, end: 25, item: a}, {start: 30, end: 35, item: b},
			{start: 50, end: 60, fn: elsewhere},
		}}
		o.funcs = []*function{fn, elsewhere}
		in := &instrumenter{items: all}
		problems := []problem{{"/p/unknown.go", 1, "unknown"}}
		if !c.hard {
			problems = nil // concerns all that import, see TestGiveUp
		}
		for _, at := range c.at {
			problems = append(problems, problem{path, at, "no"})
		}
		moved := in.demote(map[string]*output{path: o}, problems, c.hard)
		if got := (state{a.at, b.at, other.at, imports.at}); got != c.want || moved != c.moved || fn.plain != c.plain {
			t.Errorf("%s: %+v, moved %v, plain %v", c.name, got, moved, fn.plain)
		}
		if want := c.hard && other.at == 3; elsewhere.plain != want {
			t.Errorf("%s: the other function is plain: %v", c.name, elsewhere.plain)
		}
		for i, it := range all {
			before := []int{c.before.a, c.before.b, c.before.other, c.before.import_}[i]
			if moved := it.at != before; moved && it.words != "no" || !moved && before < 3 && it.words != "" {
				t.Errorf("%s: mutant %d says %q", c.name, i, it.words)
			}
		}
		if in.demote(map[string]*output{}, []problem{{path, 1, "no"}}, true) {
			t.Errorf("%s: moved something in a file that is not there", c.name)
		}
	}
}

// TestGiveUp: an objection in another file than those with mutants is about what
// mutants import.
func TestGiveUp(t *testing.T) {
	f, g := &file{}, &file{}
	plain, imports, there := forms(f, nil, 1), forms(f, nil, 1), forms(g, nil, 1)
	imports.Imports, there.Imports = []mutant.Import{{}}, []mutant.Import{{}}
	in := &instrumenter{items: []*item{plain, imports, there}}
	in.giveUp(&output{file: f}, problem{text: "no"}, map[*item]bool{})
	if plain.at != 0 || imports.at != 2 || there.at != 0 || imports.words != "no" {
		t.Errorf("%d, %d, %d", plain.at, imports.at, there.at)
	}
	if !in.demote(map[string]*output{}, []problem{{"/other.go", 1, "no"}}, false) || plain.at != 0 || there.at != 2 {
		t.Errorf("then %d, %d, %d", plain.at, imports.at, there.at)
	}
}

// TestInnermost finds the smallest span and the function around it.
func TestInnermost(t *testing.T) {
	fn, second := &function{}, &function{}
	s := &site{}
	o := &output{spans: []span{{start: 5, end: 20, fn: fn}, {start: 8, end: 10, site: s}, {start: 30, end: 40, fn: second}}}
	for at, want := range map[int]*span{4: nil, 5: &o.spans[0], 7: &o.spans[0], 8: &o.spans[1], 9: &o.spans[1], 10: &o.spans[0], 19: &o.spans[0], 20: nil, 30: &o.spans[2], 40: nil} {
		if got := o.innermost(at); got != want {
			t.Errorf("at %d: %+v", at, got)
		}
	}
	// A function literal inside of a site that is outside of functions.
	o.spans = append(o.spans, span{start: 50, end: 70, site: s}, span{start: 55, end: 60, fn: fn})
	for at, want := range map[int]*function{52: nil, 56: fn, 65: nil} {
		if got := o.functionAt(at); got != want {
			t.Errorf("at %d: %p", at, got)
		}
	}
	for at, want := range map[int]*function{4: nil, 5: fn, 9: fn, 19: fn, 20: nil, 30: second, 39: second, 40: nil} {
		if got := o.functionAt(at); got != want {
			t.Errorf("at %d: %p", at, got)
		}
	}
}
