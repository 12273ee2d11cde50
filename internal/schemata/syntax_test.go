package schemata

import (
	"cmp"
	"go/ast"
	"go/token"
	"maps"
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

// marked is the outermost node that begins behind the mark /*x*/ in the body of a
// function.
func marked(t *testing.T, body string) (f *file, n ast.Node) {
	t.Helper()
	f, _ = within(t, "package p; func call(x ...any) int { return 0 }; func one(n int) int { return n }; func two() (int, error) { return 1, nil }; var shared int; func f(n int, c chan int, v any) {\n"+body+"\n_ = 0; return }")
	at := func(mark string) token.Pos {
		return f.pos(strings.Index(string(f.Source), mark) + len(mark))
	}
	ast.Inspect(f.Syntax, func(m ast.Node) bool {
		if m != nil && m.Pos() == at("/*x*/") && n == nil {
			n = m
		}
		return n == nil
	})
	return f, n
}

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

// TestClauses: which blocks can not be put into another one.
func TestClauses(t *testing.T) {
	for body, want := range map[string]struct{ falls, reuses bool }{
		"/*x*/{ call() }": {},
		"/*x*/{ }":        {},
		"switch n { /*x*/case 1: fallthrough; default: }":                                         {falls: true},
		"switch n { /*x*/case 1: goto l; l: fallthrough; default: }":                              {falls: true},
		"switch n { /*x*/case 1: goto l; l: goto m; m: fallthrough; default: }":                   {falls: true},
		"switch n { /*x*/case 1: break; default: }":                                               {},
		"switch n { /*x*/case 1: goto l; goto m; l: m: fallthrough; default: }":                   {falls: true},
		"switch x := v.(type) { /*x*/case int: goto l; goto m; l: m: x, y := x, 1; _, _ = x, y }": {reuses: true},
		"switch n { /*x*/case 1: }":                                                               {},
		"switch x := v.(type) { /*x*/case int: x, y := x, 1; _, _ = x, y }":                       {reuses: true},
		"switch x := v.(type) { /*x*/case int: goto l; l: x, y := x, 1; _, _ = x, y }":            {reuses: true},
		"switch x := v.(type) { /*x*/case int: { x := x; _ = x } }":                               {},
		"switch x := v.(type) { /*x*/case int: y := x; _ = y }":                                   {},
		"switch x := n; x { /*x*/case 1: x := 2; _ = x }":                                         {},
		"switch v.(type) { /*x*/case int: x, y := 1, 2; _, _ = x, y }":                            {},
		"select { /*x*/case x := <-c: x, y := x, 1; _, _ = x, y }":                                {reuses: true},
		"select { /*x*/case x, ok := <-c: y, ok := x, ok; _, _ = y, ok }":                         {reuses: true},
		"select { /*x*/case _, ok := <-c: _, y := ok, 1; _ = y }":                                 {},
		"select { /*x*/case n = <-c: n := n; _ = n }":                                             {},
		"select { /*x*/case c <- 1: n := n; _ = n }":                                              {},
		"select { /*x*/default: n := n; _ = n }":                                                  {},
	} {
		f, n := marked(t, body)
		if falls, reuses := endsInFallthrough(n), f.reusesClauseVariable(n); falls != want.falls || reuses != want.reuses {
			t.Errorf("%s: falls through %v, reuses a variable %v", body, falls, reuses)
		}
	}
	if statementsOf(&ast.Ident{}) != nil || endsInFallthrough(&ast.Ident{}) {
		t.Error("an identifier has statements")
	}
}

// TestFieldNames are those that can be referred to.
func TestFieldNames(t *testing.T) {
	f, _ := within(t, "package p; type r int; func (x r) f(a, b int, _ string) (c int, _ error) { _ = 0; return }")
	d := f.funcs[0].node.(*ast.FuncDecl)
	if got := fieldNames(d.Recv, d.Type); !slices.Equal(got, []string{"x", "a", "b", "c"}) {
		t.Errorf("%v", got)
	}
	if got := fieldNames(nil, &ast.FuncType{Params: &ast.FieldList{}}); got != nil {
		t.Errorf("%v", got)
	}
}

// TestBound: which expressions can not be replaced by another one?
func TestBound(t *testing.T) {
	for body, want := range map[string]bool{
		"n = /*x*/1 + 2":                     false,
		"n = (/*x*/1 + 2)":                   false,
		"/*x*/call()":                        true,
		"(/*x*/call())":                      true,
		"go /*x*/call()":                     true,
		"defer /*x*/call()":                  true,
		"_ = map[int]int{/*x*/1: 2}":         true,
		"_ = map[int]int{1: /*x*/2}":         false,
		"_ = struct{ a int }{/*x*/a: 1}":     true,
		"_ = struct{ a int }{}./*x*/a":       true,
		"_ = [3]int{1: /*x*/2}":              false,
		"switch n { case /*x*/1: }":          true,
		"switch n { case /*x*/n + 1: }":      false,
		"switch { case /*x*/1 > 2: }":        false,
		"switch { case /*x*/n > 2: }":        false,
		"switch /*x*/n { }":                  false,
		"switch v.(type) { case /*x*/int: }": false,
		"const k = /*x*/1":                   true,
		"var k = /*x*/1; _ = k":              false,
		"var k /*x*/int; _ = k":              true,
		"n = len(/*x*/[]int{})":              false,
		"n = call(/*x*/1)":                   false,
		"n = /*x*/int(2)":                    false,
		"_ = v.(/*x*/int)":                   true,
		"_ = /*x*/v.(int)":                   false,
	} {
		f, n := marked(t, body)
		if kv, isPair := n.(*ast.KeyValueExpr); isPair {
			n = kv.Key
		}
		e, ok := n.(ast.Expr)
		if s, isStatement := n.(*ast.ExprStmt); isStatement {
			e, ok = s.X, true
		}
		if !ok {
			t.Fatalf("%s: %T", body, n)
		}
		if got := (&planner{file: f}).bound(e); got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}

// TestConstantAround: what has to change as a whole?
func TestConstantAround(t *testing.T) {
	for body, want := range map[string]string{
		"n = /*x*/1":                 "1",
		"n = /*x*/1 + 2":             "1 + 2",
		"n = n + (/*x*/1 + 2)":       "(/*x*/1 + 2)",
		"n = n * (-(/*x*/1) + 2)":    "(-(/*x*/1) + 2)",
		"n = call(/*x*/1 + 2)":       "1 + 2",
		"n = len([3]int{}) + /*x*/2": "len([3]int{}) + /*x*/2",
		"n = n + /*x*/2":             "2",
		"n = int(/*x*/2)":            "int(/*x*/2)",
		"n = len(/*x*/[3]int{})":     "len(/*x*/[3]int{})",
		"n = len((/*x*/[3]int{}))":   "len((/*x*/[3]int{}))",
		"n = len([3]int{/*x*/n})":    "n",
	} {
		f, n := marked(t, body)
		for { // the innermost one there
			b, ok := n.(*ast.BinaryExpr)
			if !ok {
				break
			}
			n = b.X
		}
		if got := f.text((&planner{file: f}).constantAround(n.(ast.Expr))); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// TestPinned: which functions get no second body, and which none beside them?
func TestPinned(t *testing.T) {
	for directive, want := range map[string]struct{ pinned, directive bool }{
		"// nosplit":              {},
		"//go:noinline":           {directive: true},
		"//go:nosplit":            {true, true},
		"//go:nosplit because":    {true, true},
		"// Text.\n//go:norace":   {true, true},
		"//go:uintptrescapes":     {true, true},
		"//go:uintptrkeepalive":   {true, true},
		"//go:systemstack":        {true, true},
		"//go:nowritebarrier":     {true, true},
		"//go:nowritebarrierrec":  {true, true},
		"//go:yeswritebarrierrec": {true, true},
		"//go:cgo_unsafe_args":    {true, true},
		"// go:nosplit":           {},
	} {
		doc := &ast.CommentGroup{}
		for line := range strings.SplitSeq(directive, "\n") {
			doc.List = append(doc.List, &ast.Comment{Text: line})
		}
		if pinned(doc) != want.pinned || hasDirective(doc) != want.directive {
			t.Errorf("%s: pinned %v, directive %v", directive, pinned(doc), hasDirective(doc))
		}
	}
	if pinned(nil) || hasDirective(nil) {
		t.Error("nothing is pinned")
	}
}

// TestPathProblem: a path that no comment can hold keeps a file with directives from
// being switched, and no other.
func TestPathProblem(t *testing.T) {
	for _, c := range []struct {
		path, text string
		want       bool
	}{
		{"/a*b/p.go", "package p\n//line x.y:1\n", true},
		{"/a\nb/p.go", "package p\n/*line x.y:1:1*/\n", true},
		{"/a*b/p.go", "package p\n// a line of text\n", false},
		{"/ab/p.go", "package p\n//line x.y:1\n", false},
	} {
		p := source(t, c.text+"func f() { }")
		p.Files[0].Path = c.path
		f := newFile(p, p.Files[0])
		if (f.pathProblem != "") != c.want || len(f.funcs) != 1 || (len(f.functions()) == 0) != c.want {
			t.Errorf("%q %q: %q, %d functions", c.path, c.text, f.pathProblem, len(f.functions()))
		}
		it := &item{}
		if plan := f.plan(it); c.want && (plan != nil || it.words != f.pathProblem) {
			t.Errorf("%q: planned %v, %q", c.path, plan, it.words)
		}
	}
}

// TestCollect: which functions can have two bodies?
func TestCollect(t *testing.T) {
	for text, want := range map[string]int{
		"func f()":                                      0,
		"func f() { }":                                  1,
		"//go:nosplit\nfunc f() { }":                    0,
		"//go:noinline\nfunc f() { }":                   1,
		"func f() { _ = func() { } }":                   1,
		"var x = func() { }":                            1,
		"var x = func() func() { return func() { } }":   1,
		"var x, y = func() { }, []func(){ func() { } }": 2,
		"type t int; func (t) f() { }; const c = 1":     1,
	} {
		p := source(t, "package p\n"+text)
		if got := len(newFile(p, p.Files[0]).funcs); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
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

// TestOld: which files cannot have generic functions?
func TestOld(t *testing.T) {
	for version, want := range map[string]bool{"": false, "go1.12": true, "1.12": true, "go1.20": true, "go1.20.5": true, "go1.21": false, "1.21": false, "go1.26": false} {
		if got := (&file{File: &load.File{GoVersion: version}}).old(); got != want {
			t.Errorf("%q: %v", version, got)
		}
	}
}

// TestUniverse: does a name mean what the language says?
func TestUniverse(t *testing.T) {
	f, n := marked(t, "panic := 1; { /*x*/_ = panic }")
	outside := f.Syntax.Decls[0].Pos()
	for _, c := range []struct {
		name string
		pos  token.Pos
		want bool
	}{
		{"panic", n.Pos(), false}, {"panic", outside, true}, {"int", n.Pos(), true}, {"call", n.Pos(), false}, {"missing", n.Pos(), false},
	} {
		if got := f.universe(c.name, c.pos); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if got := f.unreachable(n.Pos()); got != "for {}" {
		t.Errorf("where panic is a variable: %s", got)
	}
	if got := f.unreachable(outside); got != unreachable {
		t.Errorf("elsewhere: %s", got)
	}
}
