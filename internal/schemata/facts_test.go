package schemata

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// fragment is what the expressions and statements of these tests stand in.
const fragment = `package p
import ("errors"; "os"; "unsafe")
const device = os.DevNull
var failure = errors.New
const size = unsafe.Sizeof(global)
type s struct { n int; p *s; a [3]int; sl []int }
func (s) val() int
func (*s) ptr() int
type in interface { m() int }
type mixed struct { n int; v any }
type named string
var global int
var array [3]int
const two = 2
func call(n ...int) int
func generic[T any](x T) T { return x }
func many() (int, string)
func f(a, b int, u uint, x, y float64, p *s, sl []int, m map[string]int, mi map[any]int, t string, c chan int, v, w any, st s, ar [3]int, fn func() int, pa *[3]int, i in, k mixed, ok bool, z complex128, nm named, e error) (r1 int, r2 error) {
`

// inFragment type-checks a statement there and returns it.
func inFragment(t *testing.T, statement string) (*file, ast.Stmt) {
	t.Helper()
	return within(t, fragment+statement+"\nreturn }")
}

// within returns the last statement but the return of the last function.
func within(t *testing.T, source string) (*file, ast.Stmt) {
	t.Helper()
	p := typed(token.NewFileSet(), stubs{}, source, "go1.26")
	if p == nil {
		t.Fatalf("it does not compile:\n%s", source)
	}
	f := newFile(p, p.Files[0])
	f.survey()
	decls := f.Syntax.Decls
	list := decls[len(decls)-1].(*ast.FuncDecl).Body.List
	return f, list[len(list)-2]
}

// text says what is known about an expression.
func (a facts) text() string {
	var words []string
	for _, w := range []struct {
		is   bool
		word string
	}{{!a.known, "unknown"}, {a.constant, "constant"}, {a.effects, "effects"}, {!a.stable, "unstable"}, {a.ordered, "ordered"}} {
		if w.is {
			words = append(words, w.word)
		}
	}
	for _, h := range a.hazards {
		words = append(words, "["+h+"]")
	}
	return strings.Join(words, " ")
}

// TestExamine says what evaluating an expression early, or in vain, would mean.
func TestExamine(t *testing.T) {
	for expression, want := range map[string]string{
		"a + b":                     "",
		"(a)":                       "",
		"3":                         "constant",
		"two * 3":                   "constant",
		"len(array)":                "constant",
		"len(t)":                    "",
		"min(a, b)":                 "",
		"global":                    "unstable",
		"array[1]":                  "unstable",
		"array[a]":                  "unstable [array[a]]",
		"ar[1]":                     "",
		"ar[a]":                     "[ar[a]]",
		"ar[call()]":                "effects unstable [ar[call()]]",
		"sl[1]":                     "unstable [sl[1]]",
		"sl[sl[a]]":                 "unstable [sl[a]] [sl[sl[a]]]",
		"t[a]":                      "unstable [t[a]]",
		"pa[1]":                     "unstable [pa[1]]",
		`m["x"]`:                    "unstable",
		"mi[a]":                     "unstable",
		"mi[v]":                     "unstable [mi[v]]",
		"sl[a:b]":                   "[sl[a:b]]",
		"sl[:]":                     "[sl[:]]",
		"sl[a:b:sl[0]]":             "unstable [sl[0]] [sl[a:b:sl[0]]]",
		"st.n":                      "",
		"st.a[a]":                   "[st.a[a]]",
		"p.n":                       "unstable [p.n]",
		"p.p.n":                     "unstable [p.p] [p.p.n]",
		"st.p.n":                    "unstable [st.p.n]",
		"st.val":                    "effects unstable",
		"*p":                        "unstable [*p]",
		"(*p).n":                    "unstable [*p]",
		"*p.p":                      "unstable [p.p] [*p.p]",
		"s.val":                     "effects unstable",
		"(*s).ptr":                  "effects unstable",
		"new(*s)":                   "effects unstable ordered",
		"os.Args":                   "unstable",
		"os.DevNull":                "constant",
		"errors.New":                "",
		"errors.AsType[error]":      "",
		"unsafe.Sizeof(a)":          "constant",
		"len([1]func(){func() {}})": "constant",
		"-a":                        "",
		"-x":                        "",
		"&st":                       "effects unstable",
		"<-c":                       "effects unstable ordered",
		"!ok":                       "",
		"a / b":                     "[a / b]",
		"a % b":                     "[a % b]",
		"a / 2":                     "",
		"x / y":                     "",
		"z / z":                     "",
		"a << u":                    "",
		"a << b":                    "[shift by b]",
		"a >> b":                    "[shift by b]",
		"a >> 2":                    "",
		"a == b":                    "",
		"v == w":                    "[v compared to w]",
		"v != a":                    "[v compared to a]",
		"a == v":                    "[a compared to v]",
		"k == k":                    "[k compared to k]",
		"ar == ar":                  "",
		"st.a == ar":                "",
		"p == nil":                  "",
		"v == nil":                  "[v compared to nil]",
		"ok && ok":                  "ordered",
		"ok || a > b":               "ordered",
		"ok || a/b > 1":             "ordered [ok || a / b > 1]",
		"1 < 2 && two > 1":          "constant",
		"ok && a/b > 1":             "ordered [ok && a / b > 1]",
		"a/b > 1 && ok":             "ordered [a / b]",
		"a/b > 1 && sl == nil":      "ordered [a / b]",
		"(ok || ok)":                "ordered",
		"call()":                    "effects unstable ordered",
		"call(a / b)":               "effects unstable ordered [a / b]",
		"fn()":                      "effects unstable ordered",
		"p.ptr()":                   "effects unstable ordered",
		"i.m()":                     "effects unstable ordered",
		"append(sl, a)":             "effects unstable ordered",
		"generic[int](a)":           "effects unstable ordered",
		"generic[int]":              "",
		"int64(a)":                  "",
		"string(t)":                 "",
		"[3]int(sl)":                "[[3]int(sl)]",
		"(*[3]int)(sl)":             "[(*[3]int)(sl)]",
		"float64(a / b)":            "[a / b]",
		"v.(int)":                   "[v.(int)]",
		"func() {}":                 "effects unstable",
		"[]int{1}":                  "effects unstable",
		"s{}":                       "effects unstable",
		"nil == e":                  "[nil compared to e]",
		"real(z)":                   "",
		"imag(z)":                   "",
		"complex(x, y)":             "",
		"cap(sl)":                   "",
		"max(a, b)":                 "",
		"real(z / z)":               "",
		"min(a / b, b)":             "[a / b]",
		"min(a, b / a)":             "[b / a]",
		"call(a, b % a)":            "effects unstable ordered [b % a]",
		"fn() / fn()":               "effects unstable [fn() / fn()]",
		"-sl[a]":                    "unstable [sl[a]]",
		"len(sl[a:])":               "[sl[a:]]",
		"v.(in).m()":                "effects unstable ordered [v.(in)]",
		"v.(in).(error)":            "[v.(in)] [v.(in).(error)]",
		"p.p.val()":                 "effects unstable ordered [p.p]",
	} {
		f, statement := inFragment(t, "_ = "+expression)
		got := f.original(statement.(*ast.AssignStmt).Rhs[0])
		if got.text() != want || got.typ == nil {
			t.Errorf("%s: %q of type %v, want %q", expression, got.text(), got.typ, want)
		}
		// The same as a mutant's own text, but for function literals.
		if strings.Contains(expression, "func() {") {
			want = "unknown unstable"
		}
		if got := f.arm(expression, statement.End()).text(); got != want {
			t.Errorf("as a mutant %s: %q, want %q", expression, got, want)
		}
	}
}

// TestExamineGeneric: a type parameter may be more than one sees.
func TestExamineGeneric(t *testing.T) {
	for expression, want := range map[string]string{
		"a / a":             "[a / a]", // it may be a whole number
		"a + a":             "",
		"A(sl)":             "[A(sl)]", // it may be an array
		"fn()":              "effects unstable ordered",
		"a == a":            "[a compared to a]",
		"x == x":            "[x compared to x]",
		"unsafe.Sizeof(a)":  "",
		"unsafe.Alignof(a)": "",
	} {
		f, statement := within(t, `package p
import "unsafe"
var _ = unsafe.Sizeof(1)
func f[N int | float64, A interface{ [3]int }, F interface{ func() int }, C comparable](a N, x C, fn F, sl []int) {
_ = `+expression+"\nreturn }")
		if got := f.original(statement.(*ast.AssignStmt).Rhs[0]).text(); got != want {
			t.Errorf("%s: %q, want %q", expression, got, want)
		}
	}
}

// Texts that are no expression where they stand.
func TestArmsUnknown(t *testing.T) {
	f, statement := inFragment(t, "_ = a")
	for _, text := range []string{"", "a +", "missing", "a + t", "map[[]int]int(nil)", "func() int { return 1 }()", "int", "call2()", "a := 1"} {
		if got := f.arm(text, statement.End()); got.known {
			t.Errorf("%q is known: %s", text, got.text())
		}
	}
	// What was found out once is not asked again.
	f.armInfo[armKey{"a", statement.End()}] = facts{known: true, effects: true}
	if !f.arm("a", statement.End()).effects || f.arm("b", statement.End()).effects {
		t.Error("an arm was looked at twice")
	}
}

func TestFactsTogether(t *testing.T) {
	plain := facts{known: true, stable: true}
	with := func(change func(*facts)) facts { f := plain; change(&f); return f }
	effects := with(func(f *facts) { f.effects = true })
	hazard := with(func(f *facts) { f.hazards = []string{"a"} })
	other := with(func(f *facts) { f.hazards = []string{"b"} })
	unstable := with(func(f *facts) { f.stable = false })
	ordered := with(func(f *facts) { f.ordered, f.stable, f.effects = true, false, true })
	for _, c := range []struct {
		name                    string
		a, b                    facts
		same, harmless, movable bool
	}{
		{"plain", plain, plain, true, true, true},
		{"unknown", facts{}, plain, false, false, false},
		{"against unknown", plain, facts{}, false, true, true},
		{"effects", effects, plain, false, false, false},
		{"against effects", plain, effects, false, true, true},
		{"a hazard", hazard, hazard, true, false, false},
		{"another hazard", hazard, other, false, false, false},
		{"unstable", unstable, plain, true, true, false},
		{"ordered", ordered, plain, false, false, true},
	} {
		if c.a.same(c.b) != c.same || c.a.harmless() != c.harmless || c.a.movable() != c.movable {
			t.Errorf("%s: same %v, harmless %v, movable %v", c.name, c.a.same(c.b), c.a.harmless(), c.a.movable())
		}
	}
}
