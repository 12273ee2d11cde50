package schemata

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

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

// TestImports: what mutants need that have a switch, in order, each once.
func TestImports(t *testing.T) {
	f := &file{File: &load.File{Rel: "p.go"}}
	add := func(places int, files, specs string) {
		it := &item{Candidate: mutate.Candidate{Mutant: &mutant.Mutant{}}, places: make([]place, places)}
		for i, spec := range strings.Fields(specs) {
			it.Imports = append(it.Imports, mutant.Import{File: strings.Fields(files)[i], Spec: spec})
		}
		f.items = append(f.items, it)
	}
	add(0, "p.go", "dropped")
	add(1, "p.go p.go q.go", "z b elsewhere")
	add(1, "", "")
	add(1, "q.go p.go p.go", "elsewhere b a")
	if got := f.imports(); !slices.Equal(got, []string{"a", "b", "z"}) {
		t.Errorf("%v", got)
	}
}

// TestHead: an old file's own build constraint has been decided, and no other
// comment is changed.
func TestHead(t *testing.T) {
	const head = "// Text.\n//go:build !never\n\npackage p\n\n//go:build late\n"
	for old, want := range map[bool]string{
		true:  "//go:build go1.21\n//line :1:1\n" + strings.Replace(head, "//go:build !", "// go:build !", 1),
		false: head,
	} {
		if got := string(switched(t, head+"func f(n int) int { return n + 1 }", old)); !strings.Contains(got, "\n-- p.go --\n"+want+"func f(n int) int {") {
			t.Errorf("old %v:\n%s\nwant\n%s", old, got, want)
		}
	}
}
