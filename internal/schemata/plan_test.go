package schemata

import (
	"go/ast"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// mutantAt makes the mutant of a kind whose site is n and that has replacement where
// original stands first at or behind n.
func mutantAt(f *file, n ast.Node, kind mutate.Kind, original, replacement string) *item {
	at := f.offset(n.Pos()) + strings.Index(string(f.Source[f.offset(n.Pos()):]), original)
	m := &mutant.Mutant{Edits: []mutant.Edit{{File: f.Rel, Offset: at, Original: original, Replacement: replacement}}}
	it := &item{Candidate: mutate.Candidate{Mutant: m, File: f.File, Site: n, Kind: kind, Start: at, End: at + len(original), Arm: replacement}, file: f}
	for _, fn := range f.functions() {
		if fn.body().Lbrace <= n.Pos() && n.End() <= fn.body().Rbrace+1 {
			it.Func, it.fn = fn.node, fn
		}
	}
	return it
}

// TestPlans: in which forms can a mutant come, the best one first?
func TestPlans(t *testing.T) {
	for _, c := range []struct {
		name, body            string
		kind                  mutate.Kind
		original, replacement string
		want                  string
	}{
		{"value", "n = /*x*/n + 1", mutate.Value, "+", "-", "helper statement literal outer function"},
		{"value among others", "call(); n = /*x*/n + 1", mutate.Value, "+", "-", "helper statement literal outer function"},
		{"value in a condition", "if n > /*x*/1 { call() }", mutate.Value, "1", "2", "helper literal outer function"},
		{"condition", "if /*x*/n > 1 { call() }", mutate.Bool, ">", ">=", "helper literal outer function"},
		{"condition that calls", "if /*x*/call() > 1 { }", mutate.Bool, "call() > 1", "true", "circuit literal outer function"},
		{"value with recover", "n = /*x*/call(recover()) + 1", mutate.Value, "+", "-", "statement function"},
		{"in a declaration", "m := /*x*/n + 1; _ = m", mutate.Value, "+", "-", "helper literal function"},
		{"no value", "go call(/*x*/call())", mutate.Value, "call()", "1", "statement literal outer function"},
		{"what cannot be exchanged", "go /*x*/call()", mutate.Value, "call()", "call(1)", "statement function"},
		{"site that is no value", "/*x*/{ call() }", mutate.Value, "call()", "call(1)", "outer function"},
		{"statement", "/*x*/n++", mutate.Stmt, "n++", "n--", "statement function"},
		{"statement that declares", "{ /*x*/m := n; _ = m }", mutate.Stmt, "n", "1", "outer function"},
		{"assignment whose value changes", "/*x*/n = n + 2", mutate.Stmt, "n + 2", "1", "helper statement function"},
		{"assignment whose variable changes", "/*x*/n = n + 2", mutate.Stmt, "n =", "_ =", "statement function"},
		{"a part of a value changes", "/*x*/n = n + 2", mutate.Stmt, "2", "3", "statement function"},
		{"assignment that adds", "/*x*/n += 2", mutate.Stmt, "2", "3", "statement function"},
		{"two values", "/*x*/n, _ = 1, 2", mutate.Stmt, "2", "3", "helper statement function"},
		{"return that ends", "if n > 1 { /*x*/return }", mutate.Stmt, "return", "", "statement outer function"},
		{"simple", "for ; n < 3; /*x*/n++ { }", mutate.Simple, "n++", "n--", "literal outer function"},
		{"simple that stands in a list", "/*x*/n++; call()", mutate.Simple, "n++", "n--", "statement function"},
		{"simple that declares", "for /*x*/m := 0; m < 3; m++ { }", mutate.Simple, "0", "1", "outer function"},
		{"simple with recover", "if /*x*/n = call(recover()); n > 1 { }", mutate.Simple, "n =", "_ =", "outer function"},
		{"simple that is no statement", "n = /*x*/1", mutate.Simple, "1", "2", "outer function"},
		{"condition of one loop in another statement", "if n > 1 { for n > /*x*/2 { } }", mutate.Value, "2", "3", "helper literal outer function"},
		{"edit beside the value", "n = call(/*x*/n, 1)", mutate.Value, "1", "2", "statement function"},
		{"a call beside, and the mutant reads what it may change", "n = call() + /*x*/n", mutate.Value, "n", "shared", "statement function"},
		{"a call beside, and the original reads what it may change", "n = call() + /*x*/shared", mutate.Value, "shared", "n", "statement function"},
		{"a call beside what it cannot change", "n = call() + /*x*/n", mutate.Value, "n", "(n + 1)", "helper statement literal outer function"},
		{"a constant that cannot stand there", "n = [3]int{}[/*x*/n]", mutate.Value, "n", "5", "statement function"},
		{"a constant that can", "n = [3]int{}[/*x*/n]", mutate.Value, "n", "2", "helper statement literal outer function"},
		{"a type that has no name there", "int := n; n = /*x*/1; _ = int", mutate.Value, "1", "2", "statement function"},
		{"recover in the original", "n = call(/*x*/recover())", mutate.Value, "recover()", "nil", "statement function"},
		{"recover in the mutant", "n = call(/*x*/v)", mutate.Value, "v", "recover()", "statement function"},
		{"the beginning of a value changes", "/*x*/n = n + 2", mutate.Stmt, "n +", "n -", "statement function"},
		{"block", "if n > 1 /*x*/{ call() }", mutate.Body, " call() ", "", "block outer function"},
		{"block of a function literal", "func() /*x*/{ call() }()", mutate.Body, " call() ", "", "block outer function"},
		{"block that falls through", "switch n { /*x*/case 1: call(); fallthrough; default: }", mutate.Body, " call(); fallthrough", "", "outer function"},
		{"block that reuses", "switch x := v.(type) { /*x*/case int: x, y := x, 1; _, _ = x, y; default: _ = x }", mutate.Body, "x, y := x, 1; _, _ = x, y", "", "outer function"},
	} {
		f, n := marked(t, c.body)
		if s, ok := n.(*ast.ExprStmt); ok && c.kind == mutate.Value {
			n = s.X
		}
		it := mutantAt(f, n, c.kind, c.original, c.replacement)
		if it.Start >= f.offset(f.funcs[len(f.funcs)-1].body().Rbrace) || !strings.Contains(c.body, c.original) {
			t.Fatalf("%s: no %q", c.name, c.original)
		}
		var forms []string
		for _, pl := range f.plan(it) {
			forms = append(forms, pl.form.String())
		}
		if got := strings.Join(forms, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestPlansOfWholes: where a form would cover as much as the whole body, or cannot
// cover all edits.
func TestPlansOfWholes(t *testing.T) {
	f, _ := marked(t, "call()")
	only := surveyed(t, "package p; func f(n int) { switch n { case 1: n++ } }")
	sw := only.funcs[0].body().List[0].(*ast.SwitchStmt)
	label := sw.Body.List[0].(*ast.CaseClause).List[0]
	outside := mutant.Edit{File: "p.go", Offset: 0, Original: "package", Replacement: "package"}
	for _, c := range []struct {
		name  string
		f     *file
		n     ast.Node
		kind  mutate.Kind
		text  string // what changes
		edits []mutant.Edit
		want  string
	}{
		{"the body", f, f.funcs[2].body(), mutate.Body, "return 1, nil", nil, "function"},
		{"the only statement", only, label, mutate.Value, "1", nil, "function"},
		{"an edit outside of the function", only, sw.Tag, mutate.Value, "n", []mutant.Edit{outside}, ""},
	} {
		it := mutantAt(c.f, c.n, c.kind, c.text, c.text)
		it.Edits = append(it.Edits, c.edits...)
		var forms []string
		for _, pl := range c.f.plan(it) {
			forms = append(forms, pl.form.String())
		}
		if got := strings.Join(forms, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	// Two edits are no change of one value.
	f, n := marked(t, "/*x*/n, _ = 1, 2")
	it := mutantAt(f, n, mutate.Stmt, "1", "3")
	it.Edits = append(it.Edits, mutantAt(f, n, mutate.Stmt, "2", "4").Edits...)
	if plan := f.plan(it); len(plan) != 2 || plan[0].form != statement {
		t.Errorf("two edits: %v", plan)
	}
}

// surveyed is the only file of a package.
func surveyed(t *testing.T, text string) *file {
	t.Helper()
	p := source(t, text)
	f := newFile(p, p.Files[0])
	f.survey()
	return f
}

// TestWraps: how a value is exchanged where it stands.
func TestWraps(t *testing.T) {
	for _, c := range []struct{ body, original, replacement, want string }{
		{"n = /*x*/n + 1", "n + 1", "n - 1", "helper"},
		{"n = /*x*/1", "1", "2", "helper[int]"},
		{"n = /*x*/1", "1", "n", "helper[int]"},
		{"n = /*x*/n", "n", "1", "helper[int]"},
		{"var u uint8 = /*x*/1; _ = u", "1", "2", "helper[uint8]"},
		{"t := /*x*/`a`; _ = t", "`a`", "`b`", "helper[string] text"},
		{"if /*x*/n > 1 { }", "n > 1", "n >= 1", "helper lazy"},
		{"s := []int{}; n = /*x*/s[n]", "s[n]", "-s[n]", "helper eager"},
		{"s := []int{}; if /*x*/s[n] > 1 { }", "s[n] > 1", "s[n] < 1", "helper eager lazy"},
		{"if /*x*/call() > 1 { }", "call() > 1", "true", "circuit harmless"},
		{"if /*x*/call() > 1 { }", "call() > 1", "n > 1", "circuit harmless"},
		{"if /*x*/call() > 1 { }", "call() > 1", "shared > 1", "circuit"}, // which the call may change
		{"if /*x*/call() > 1 { }", "call() > 1", "call() > 2", "circuit"},
		{"s := []int{}; if /*x*/s[n] > 1 { }", "s[n] > 1", "shared > 1", "circuit harmless"},
		{"s := []int{}; _ = s; if /*x*/n > 1 { }", "n > 1", "s[0] > 1", "circuit"},
		{"n = /*x*/call()", "call()", "1", ""},
	} {
		f, n := marked(t, c.body)
		it := mutantAt(f, n, mutate.Value, c.original, c.replacement)
		got := ""
		if pl := (&planner{file: f, it: it}).wrap(n.(ast.Expr)); pl != nil {
			got = pl.form.String()
			if pl.result != "" {
				got += "[" + pl.result + "]"
			}
			for _, flag := range []struct {
				is   bool
				word string
			}{{pl.text, " text"}, {pl.harmless, " harmless"}, {pl.eager, " eager"}, {pl.lazy, " lazy"}} {
				if flag.is {
					got += flag.word
				}
			}
		}
		if got != c.want {
			t.Errorf("%s with %s: %q, want %q", c.body, c.replacement, got, c.want)
		}
	}
}

// TestFits: does the expression around a constant still compile with the mutant's?
func TestFits(t *testing.T) {
	for _, c := range []struct {
		body, original, replacement string
		want                        bool
	}{
		{"n = [3]int{}[/*x*/1]", "1", "2", true},
		{"n = [3]int{}[/*x*/1]", "1", "3", false},
		{"n = n / /*x*/1", "1", "2", true},
		{"n = n / /*x*/1", "1", "0", false},
		{"n = (n / (/*x*/1))", "1", "0", false},
		{"n = int(int8(/*x*/1))", "1", "1000", false},
		{"n = call(n / /*x*/1)", "1", "0", false},
		{"n = call(/*x*/1)", "1", "t t", false},
		{"n = call(/*x*/1)", "1", "`x`", true}, // wrong only for its type, which is seen elsewhere
		{"n = one(/*x*/1)", "1", "`x`", true},
		{"n = one(/*x*/1)", "1", "1 2", false},
		{"n = len([]int{/*x*/1})", "1", "`x`", true},
		{"n = len(make([]int, /*x*/1))", "1", "-1", false},
		{"n = len(map[int]int{1: /*x*/1 / 1})", "1 / 1", "1 / 0", false},
		{"n = [3]int{}[func() int { return /*x*/1 }()]", "1", "2", true},
		{"n = [3]int{}[/*x*/1]", "1", "func() int { return 5 }()", true},
		// So long that what it declares seems to come later than the expression.
		{"n = [3]int{}[/*x*/1]", "1", "func() int { " + strings.Repeat(" ", 1000) + "k := 5; return k }()", true},
	} {
		f, n := marked(t, c.body)
		for {
			b, ok := n.(*ast.BinaryExpr)
			if !ok || c.original == f.text(b) {
				break
			}
			n = b.X
		}
		if got := f.fits(mutantAt(f, n, mutate.Value, c.original, c.replacement), n.(ast.Expr)); got != c.want {
			t.Errorf("%s with %s: %v", c.body, c.replacement, got)
		}
	}
}

// TestValueTypes: of which type is the value of an expression and of its mutant, for
// what is around them?
func TestValueTypes(t *testing.T) {
	for _, c := range []struct{ body, arm, want string }{
		{"n = /*x*/n", "1", "int"},
		{"n = /*x*/1", "2", "int"},
		{"_ = /*x*/1", "2", "int"},
		{"var f float64 = /*x*/1; _ = f", "2", "float64"},
		{"var f float64 = /*x*/1; _ = f", "n", "float64"},
		{"var f = /*x*/1.5; _ = f", "2", ""}, // would make it a whole number
		{"var f = /*x*/1.5; _ = f", "2.5", "float64"},
		{"f := float32(1); f = /*x*/f; _ = f", "2", "float32"},
		{"f := float32(1); g := /*x*/f; _ = g", "2", ""},
		{"var e error = /*x*/nil; _ = e", "nil", "error"},
		{"e := error(nil); e = /*x*/nil; _ = e", "nil", "error"},
		{"_ = v == /*x*/nil", "nil", "any"},
		{"var e error; e = /*x*/e; _ = e", "nil", "error"},
		{"n = /*x*/n", "missing", ""},
		{"b := /*x*/n > 1; _ = b", "true", "bool"},
		{"if /*x*/n > 1 { }", "true", "bool"},
		{"f := /*x*/v; _ = f", "n", "any"},
		{"_ = map[any]int{}[/*x*/nil]", "nil", ""},
		{"_, _ = /*x*/two()", "two()", ""},
		{"f := float32(1); n = int(/*x*/f)", "1", ""}, // nothing says what a constant would become
	} {
		f, n := marked(t, c.body)
		e := n.(ast.Expr)
		if got := typeString(f.valueType(e, f.original(e), f.arm(c.arm, e.Pos()))); got != c.want {
			t.Errorf("%s with %s: %q, want %q", c.body, c.arm, got, c.want)
		}
	}
}

// TestLoops: what can run more than once a call?
func TestLoops(t *testing.T) {
	for body, want := range map[string]bool{
		"call()":                     false,
		"if n > 1 { call() }":        false,
		"for { call() }":             true,
		"for range 3 { call() }":     true,
		"func() { for { } }()":       true,
		"l: call(); goto l":          true,
		"switch n { case 1: break }": false,
		"if n > 1 { for n < 3 { } }; if n > 2 { call() }": true,
		"switch n { case 1: for { }; break }":             true,
	} {
		f, _ := within(t, "package p; func call() int; func f(n int) {\n"+body+"\n_ = 0; return }")
		if got := f.funcs[0].loops(); got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}

// TestQuiet: whose copy may stand beside it?
func TestQuiet(t *testing.T) {
	for declaration, want := range map[string]bool{
		"func f() { }":                   true,
		"func f() { g() }; func g() { }": true,
		"func f() { g() }; func g() { h() }; func h() { go g() }": false,
		"func f() { f() }":                                                 true,
		"func f() { g() }; func g() { f() }":                               true,
		"func f() { g() }; func g()":                                       false,
		"func f() { len([]int{}) }; func len([]int) { recover() }":         false,
		"func f() int { return len([]int{}) + int(3) }":                    true,
		"func f(n int) int { return " + strings.Repeat("n + ", 99) + "n }": true,
		"func f() { recover() }":                                           false,
		"func f() { (recover)() }":                                         false,
		"func f() { defer g() }; func g() { }":                             false,
		"func f() { go g() }; func g() { }":                                false,
		"func f() { _ = func() { } }":                                      false,
		"func f(c chan int) { c <- 1 }":                                    false,
		"func f(c chan int) { <-c }":                                       true,
		"func f(c chan int) { select { case <-c: } }":                      false,
		"func f() { l: for { break l } }":                                  true,
		"func f(g func()) { g() }":                                         false,
		"func f(g []func()) { g[0]() }":                                    false,
		"func f(g func(func() bool)) { for range g { } }":                  false,
		"func f(s []int) { for range s { } }":                              true,
		"func f(t t) { t.m() }; type t int; func (t) m() { }":              true,
		"func f(t i) { t.m() }; type i interface { m() }":                  false,
		"func f() string { return strings.Repeat(``, 1) }":                 true,
		"func f() string { return fmt.Sprint(1) }":                         false,
		"func f() bool { return strings.ContainsFunc(``, nil) }":           false,
		"func f() error { return errors.Join(nil) }":                       false,
		"func f() string { return strings.Join(nil, ``) }":                 true,
		"func f(a strings.Asker) { a.Ask() }":                              false,
		"func f(r strings.Reader) int { return r.Len() }":                  true,
		"func f() error { return error(nil) }":                             true,
		"func f(e error) string { return e.Error() }":                      false,
		"//go:noinline\nfunc f() { }":                                      false,
		"// Text.\nfunc f() { }":                                           true,
		"func f[T any](x T) T { return x }":                                true,
		"func f[_ any]() { }":                                              false,
		"func f[T, _ any]() { }":                                           false,
		"func f() { g[int]() }; func g[T any]() { }":                       false,
		"func f() { g(1) }; func g[T any](x T) { }":                        true,
		"type t[T any] struct{}; func (t[T]) f() { }":                      false,
		"type t[T any] struct{}; func (_ t[T]) f() { }":                    false,
		"type t[T any] struct{}; func (x t[T]) f() { }":                    true,
		"type t[T any] struct{}; func (*t[T]) f() { }":                     false,
		"type t[T any] struct{}; func (x *t[T]) f() { }":                   true,
		"type t[T, U any] struct{}; func (t[T, U]) f() { }":                false,
		"type t struct{}; func (t) f() { }":                                true,
		"type t struct{}; func (*t) f() { }":                               true,
	} {
		p := source(t, "package p; import (`errors`; `fmt`; `strings`); var _ = errors.New; var _ = fmt.Sprint; var _ = strings.Repeat\n"+declaration)
		in := &instrumenter{pkg: p, files: []*file{newFile(p, p.Files[0])}}
		in.findQuiet()
		for _, fn := range in.files[0].funcs {
			if d, ok := fn.node.(*ast.FuncDecl); ok && d.Name.Name == "f" && fn.quiet != want {
				t.Errorf("%s: %v", declaration, fn.quiet)
			}
		}
	}
	// Functions in different files know each other.
	p := sources(t, "package p; func g() { }", "package p; func f() { g() }")
	in := &instrumenter{pkg: p, files: []*file{newFile(p, p.Files[0]), newFile(p, p.Files[1])}}
	if in.findQuiet(); !in.files[0].funcs[0].quiet || !in.files[1].funcs[0].quiet {
		t.Error("a call of a function in another file is not quiet")
	}
	for _, name := range []string{"init", "main"} {
		p := source(t, "package p; func "+name+"() { }")
		in := &instrumenter{pkg: p, files: []*file{newFile(p, p.Files[0])}}
		if in.findQuiet(); in.files[0].funcs[0].quiet {
			t.Errorf("%s stands beside itself", name)
		}
	}
}

// TestQuietPackages names the packages whose functions may be called a frame deeper:
// they take no part in what asks for callers.
func TestQuietPackages(t *testing.T) {
	for _, path := range []string{"bytes", "errors", "math", "math/bits", "strconv", "strings", "sync/atomic", "time", "unicode", "unicode/utf8", "unsafe"} {
		if !quietPackages[path] {
			t.Errorf("%s is not quiet", path)
		}
	}
	for _, path := range []string{"runtime", "fmt", "log", "sync", "slices", "sort"} {
		if quietPackages[path] {
			t.Errorf("%s is quiet", path)
		}
	}
}

// TestSortedEdits leaves what is in order.
func TestSortedEdits(t *testing.T) {
	a, b, c := mutant.Edit{Offset: 1}, mutant.Edit{Offset: 2, Original: "x"}, mutant.Edit{Offset: 2, Original: "y"}
	list := []mutant.Edit{b, c, a}
	got := sortedEdits(list)
	if len(got) != 3 || got[0] != a || got[1] != b || got[2] != c || list[0] != b {
		t.Errorf("%v of %v", got, list)
	}
	if got := sortedEdits(got); got[0] != a || got[2] != c {
		t.Errorf("then %v", got)
	}
}
