package schemata

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
)

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
