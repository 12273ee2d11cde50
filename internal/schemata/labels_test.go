package schemata

import (
	"cmp"
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestWrappable: what must an if be put around?
func TestWrappable(t *testing.T) {
	for body, want := range map[string]string{
		"/*x*/call()":                                          "call()",
		"{ /*x*/n := 1; _ = n }":                               "",
		"/*x*/n = 1":                                           "n = 1",
		"/*x*/var m int; _ = m":                                "",
		"l: /*x*/call(); goto l":                               "call()",
		"l: /*x*/for { break l }":                              "l: /*x*/for { break l }",
		"goto l; l: /*x*/for { break l }":                      "",
		"l: /*x*/for { goto l }":                               "for { goto l }",
		"/*x*/l: call(); goto l":                               "",
		"if /*x*/n++; n > 1 { }":                               "",
		"for ; n < 3; /*x*/n++ { }":                            "",
		"switch { case n > 1: /*x*/call() }":                   "call()",
		"switch { /*x*/case n > 1: call() }":                   "",
		"switch /*x*/n++; n { }":                               "",
		"select { case /*x*/<-c: }":                            "",
		"select { case <-c: /*x*/call() }":                     "call()",
		"select { /*x*/case <-c: }":                            "",
		"switch { case n > 1: /*x*/fallthrough; case n > 2: }": "",
		"for { /*x*/break }":                                   "break",
		"m: l: /*x*/for { break l }; goto m":                   "",
		"/*x*/{ l: call(); goto l }":                           "{ l: call(); goto l }",
	} {
		f, n := marked(t, body)
		got := ""
		if s := f.wrappable(n.(ast.Stmt)); s != nil {
			got = f.text(s)
		}
		if got != want {
			t.Errorf("%s: around %q, want %q", body, got, want)
		}
	}
}

// TestMarker: before which statement is it known that a node is reached?
func TestMarker(t *testing.T) {
	for body, want := range map[string]string{
		"/*x*/call()":                             "call()",
		"n = /*x*/1":                              "n = /*x*/1",
		"if n > 1 { /*x*/call() }":                "call()",
		"if /*x*/n++; n > 1 { }":                  "if ",
		"if n > /*x*/1 { }":                       "if ",
		"for ; n < 3; /*x*/n++ { }":               "for ",
		"switch n { case /*x*/1: }":               "switch ",
		"select { case c <- /*x*/1: }":            "select ",
		"l: /*x*/call(); goto l":                  "",
		"l: for ; n < 3; /*x*/n++ { continue l }": "",
		"l: for { /*x*/call(); continue l }":      "call()",
		"{ /*x*/l: call(); goto l }":              "",
		"func() { /*x*/call() }()":                "call()",
	} {
		f, n := marked(t, body)
		got := ""
		if at := f.marker(n); at >= 0 {
			got = string(f.Source[at:])
		}
		if (got == "") != (want == "") || !strings.HasPrefix(got, want) {
			t.Errorf("%s: at %.20q, want %q", body, got, want)
		}
	}
	f, _ := marked(t, "/*x*/call()")
	if at := f.marker(f.Syntax.Name); at != -1 {
		t.Errorf("outside of functions: %d", at)
	}
}

// TestLabels: who leads to a label, and from where?
func TestLabels(t *testing.T) {
	for body, want := range map[string]string{
		"goto l; l: call()":                                   "l: entered",
		"l: call(); goto l":                                   "l: entered",
		"l: for { goto l }":                                   "l:",
		"l: for { break l }":                                  "l: loops",
		"l: for { continue l; goto l }":                       "l: loops",
		"goto l; l: for { break l; goto l }":                  "l: loops entered",
		"goto l; l: { goto l }":                               "l: entered",
		"l: m: for { break m; goto l }":                       "l: m: loops",
		"l: call(); func() { l: for { break l } }(); goto l":  "l: entered l: loops",
		"for { break }; for { continue }; goto l; l: call(1)": "l: entered",
		"for { break }":                                       "",
	} {
		f, _ := marked(t, body)
		uses := slices.SortedFunc(maps.Values(f.labels), func(a, b *labelUse) int { return cmp.Compare(a.decl.Pos(), b.decl.Pos()) })
		var got []string
		for _, u := range uses {
			got = append(got, u.decl.Label.Name+":")
			if u.loops {
				got = append(got, "loops")
			}
			if u.entered {
				got = append(got, "entered")
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}
