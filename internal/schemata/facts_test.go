package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
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

// TestTypeKinds: what is no basic type is none of its kinds.
func TestTypeKinds(t *testing.T) {
	kinds := func(t types.Type) (words []string) {
		for _, k := range []struct {
			is   bool
			word string
		}{
			{isBasic(t), "basic"}, {isInteger(t), "integer"}, {isUnsigned(t), "unsigned"}, {isUntyped(t), "untyped"},
			{isText(t), "text"}, {isPlainBool(t), "bool"}, {isPointer(t), "pointer"}, {basicInfo(t) != 0, "known"},
		} {
			if k.is {
				words = append(words, k.word)
			}
		}
		return words
	}
	named := types.NewNamed(types.NewTypeName(0, nil, "named", nil), types.Typ[types.Bool], nil)
	for _, c := range []struct {
		typ  types.Type
		want string
	}{
		{types.Typ[types.Int], "basic integer known"},
		{types.Typ[types.Uint8], "basic integer unsigned known"},
		{types.Typ[types.Float32], "basic known"},
		{types.Typ[types.UntypedInt], "basic integer untyped known"},
		{types.Typ[types.String], "basic text known"},
		{types.Typ[types.Bool], "basic bool known"},
		{named, "basic known"},
		{types.NewPointer(named), "integer pointer"}, // integer: or what may be one
		{types.NewSlice(named), "integer"},
		{nil, "integer"},
	} {
		if got := strings.Join(kinds(c.typ), " "); got != c.want {
			t.Errorf("%v: %s, want %s", c.typ, got, c.want)
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

// TestStableLocals: which variables can a call not change?
func TestStableLocals(t *testing.T) {
	for body, want := range map[string]bool{
		"var x int; _ = x":                                            true,
		"x := 1; x = 2; x++; x += 3; _ = x":                           true,
		"x := 1; func() { _ = x }()":                                  true,
		"x := 1; func() { _ = x }(); x = 2":                           false,
		"x := 1; func() { x = 2 }(); _ = x":                           false,
		"x := 1; func() { x++ }(); _ = x":                             false,
		"x := 1; func() { x, y := 2, x; _, _ = x, y }()":              true,
		"x := 1; f := func() int { return x }; x, y := f(), 2; _ = y": false,
		"x := 1; func() { for x = range 3 { } }(); _ = x":             false,
		"x := 1; func() { for _, x = range []int{1} { } }(); _ = x":   false,
		"x := 1; func() { for x := range 3 { _ = x } }(); _ = x":      true,
		"x := 1; p := &x; _ = p":                                      false,
		"x := 1; p := &(x); _ = p":                                    false,
		"x := s{}; p := &x.n; _ = p":                                  false,
		"x := s{}; p := &x.a[1]; _ = p":                               false,
		"x := s{p: &s{}}; p := &x.p.n; _ = p":                         true,
		"x := s{p: &s{}}; p := &x.sl[1]; _ = p":                       true,
		"x := &s{}; p := &x.n; _ = p":                                 true,
		"x := &s{}; p := &(*x).n; _ = p":                              true,
		"x := [3]int{}; y := x[:]; _ = y":                             false,
		"x := []int{}; y := x[:]; _ = y":                              true,
		"x := s{}; x.ptr()":                                           false,
		"x := s{}; x.val()":                                           true,
		"x := &s{}; x.ptr()":                                          false,
		"x := s{}; f := x.ptr; _ = f":                                 false,
		"x := s{}; func() { x.n = 1 }(); _ = x":                       false,
		"x := s{}; func() { x.a[1] = 1 }(); _ = x":                    false,
		"x := s{p: &s{}}; func() { x.p.n = 1 }(); _ = x":              true,
		"x := []int{1}; func() { x[0] = 1 }(); _ = x":                 true,
		"x := new(int); func() { *x = 1 }(); _ = x":                   true,
		"x := -1; y := -x; _ = y":                                     true,
		"for x := 0; x < 3; x++ { func() { _ = x }() }":               false,
		"x := 1; func() { y := 1; y, x = x, y }(); _ = x":             false,
		"x := s{}; f := (*s).ptr; f(&s{}); _ = x":                     true,
		"x := struct{ f func() }{}; x.f()":                            true,
		"x := s{}; type t struct { s }; y := t{x}; y.ptr(); _ = x":    true,
		"type t struct { s }; x := t{}; x.ptr()":                      false,
		"func() { x := 1; x = 2; _ = x }()":                           true,
	} {
		f, _ := within(t, "package p; type s struct { n int; p *s; a [3]int; sl []int }; func (s) val(); func (*s) ptr(); func f() {\n"+body+"\n;_ = 0; return }")
		var x *types.Var
		for id, obj := range f.pkg.Info.Defs {
			if id.Name == "x" && (x == nil || obj.Pos() < x.Pos()) {
				x = obj.(*types.Var)
			}
		}
		if got := f.locals.stable(x); got != want {
			t.Errorf("%s: stable is %v", body, got)
		}
	}
	// Those of the package, and fields, are never.
	f, _ := within(t, "package p; var x int; type s struct { y int }; func f() { _ = x; return }")
	for id, obj := range f.pkg.Info.Defs {
		if v, ok := obj.(*types.Var); ok && f.locals.stable(v) {
			t.Errorf("%s is stable", id.Name)
		}
	}
}

// TestCallBeside: is a call or a receive evaluated beside global, in no fixed order?
func TestCallBeside(t *testing.T) {
	for statement, want := range map[string]bool{
		"_ = global":                                      false,
		"_ = global + a":                                  false,
		"_ = global + call()":                             true,
		"_ = call() + global":                             true,
		"_ = <-c + global":                                true,
		"_ = (global) + (call())":                         true,
		"_ = call(global)":                                false,
		"_ = call(global, call())":                        true,
		"_ = call(call(), global)":                        true,
		"_ = call(global) + call()":                       false,
		"_ = int64(global) + int64(call())":               true,
		"_ = len(sl[global:]) + call()":                   true,
		"_ = global > 1 && call() > 1":                    false,
		"_ = global > 1 || call() > 1":                    false,
		"_ = sl[global] + call()":                         true,
		"_ = sl[global]":                                  false,
		"_ = []int{call()}[global]":                       true,
		"_ = []func(int) int{}[global](call())":           true,
		"_ = []int{global}[call()]":                       true,
		"_ = sl[global:]":                                 false,
		"_ = global + (call() + int(x))":                  true,
		"_ = global + (call() + -a)":                      true,
		"_ = global + (<-c + -a)":                         true,
		"[]chan int{c}[global] <- call()":                 true,
		"_ = sl[global:call()]":                           true,
		"_ = sl[call():global]":                           true,
		"_ = sl[:global:call()]":                          true,
		"_ = []int{global, call()}":                       true,
		"_ = map[int]int{global: call()}":                 true,
		"_ = map[int]int{call(): global}":                 true,
		"_ = s{n: global, a: [3]int{call()}}":             true,
		"_ = s{n: global}":                                false,
		"_ = func() int { return call() }() + global":     true,
		"_ = []any{func() int { return call() }, global}": false,
		"a, b = global, call()":                           true,
		"sl[call()] = global":                             true,
		"sl[a] = global":                                  false,
		"return global, fmtError()":                       true,
		"return global, nil":                              false,
		"c <- global":                                     false,
		"chans()[0] <- global":                            true,
		"var q, w2 = global, call(); _, _ = q, w2":        true,
		"if global > 1 { call() }":                        false,
		"switch global { case call(): }":                  false,
		"_ = -global + -call()":                           true,
		"_ = *(&global) + call()":                         true,
	} {
		const more = "func fmtError() error\nfunc chans() []chan int\n"
		source := strings.Replace(fragment, "func f(", more+"func f(", 1)
		f, _ := within(t, source+statement+"\n_ = 0\nreturn }")
		var at ast.Expr
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == "global" && f.pkg.Info.Uses[id] != nil {
				at = id
			}
			return true
		})
		if got := f.callBeside(at); got != want {
			t.Errorf("%s: %v", statement, got)
		}
	}
}

// TestTargets: of which type must the value 7 be, or what is marked?
func TestTargets(t *testing.T) {
	for statement, want := range map[string]string{
		"a = 7":                                  "int",
		"a, x = 1, 7":                            "float64",
		"a += 7":                                 "",
		"_ = 7":                                  "",
		"q := 7; _ = q":                          "",
		"a, x = (7), 1":                          "int",
		"var q int8 = 7; _ = q":                  "int8",
		"var q = 7; _ = q":                       "",
		"return 7, nil":                          "int",
		"func() float32 { return 7 }()":          "float32",
		"func() (int8, int16) { return 1, 7 }()": "int16",
		"call(1, 7)":                             "int",
		"call(7)":                                "int",
		"i16(2, 7)":                              "int16",
		"i16(7, 2)":                              "int8",
		"generic(7)":                             "int",
		"_ = a == 7":                             "int",
		"_ = 7 < x":                              "float64",
		"_ = 7 + 2":                              "",
		"_ = a << 7":                             "",
		"_ = 7 >> u":                             "",
		"c <- 7":                                 "int",
		"_ = []int8{1, 7}":                       "int8",
		"_ = [2]int8{1, 7}":                      "int8",
		"_ = []int8{1: 7}":                       "int8",
		"_ = [2]int8{1: 7}":                      "int8",
		"_ = map[string]int16{``: 7}":            "int16",
		"_ = map[int8]string{7: ``}":             "",
		"_ = s{n: 7}":                            "int",
		"_ = mixed{7, 2}":                        "int",
		"_ = mixed{2, 7}":                        "any",
		"if 7 > 2 { }":                           "",
		"sl[7]++":                                "",
		"/*x*/a = 2":                             "",
		"_ = /*x*/x / 2":                         "", // 1 / 2 would be one of whole numbers
		"_ = nil == /*x*/v":                      "", // the other side takes its type from this one
		"/*x*/c <- 1":                            "",
		"func(d D) { d <- 7 }(c)":                "int",
		"wide(7, 2)":                             "int8",
		"wide(2, 7)":                             "int16",
		"wide(2, 3, 7)":                          "int16",
		"call(/*x*/sl...)":                       "",
		"(/*x*/fn)()":                            "",
		"_ = int64(7)":                           "",
		"_ = min(7, 2)":                          "",
		"_ = (func(int))(/*x*/nil)":              "",
		"_ = (func())(/*x*/nil)":                 "",
		"m[`x`], a = a, 7":                       "int",
	} {
		const more = "type D chan int\nfunc i16(a int8, b int16)\nfunc wide(a int8, b ...int16)\n"
		f, _ := within(t, strings.Replace(fragment, "func f(", more+"func f(", 1)+statement+"\n_ = 0\nreturn }")
		mark := f.pos(strings.Index(string(f.Source), "/*x*/") + len("/*x*/"))
		var at ast.Expr
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if id, named := n.(*ast.Ident); ok && lit.Value == "7" || named && id.Pos() == mark {
				at = n.(ast.Expr)
			}
			return true
		})
		if got := typeString(f.target(at)); got != want {
			t.Errorf("%s: %q, want %q", statement, got, want)
		}
	}
	// A channel whose type is a parameter.
	f, send := within(t, "package p; func f[C interface{ chan int }](c C) { c <- 7; return }")
	if got := f.target(send.(*ast.SendStmt).Value); got != nil {
		t.Errorf("sent where the channel's type is a parameter: %v", got)
	}
}

func typeString(t types.Type) string {
	if t == nil {
		return ""
	}
	return t.String()
}

// TestTypeText: how a type is written where a name may mean something else.
func TestTypeText(t *testing.T) {
	const source = `package p
import ("errors"; str "strings"; . "math"; _ "os")
var _ = errors.New; var _ = str.Contains; var _ = NaN
type mine struct{}
type generic[T any] struct{}
type shadow struct{}
func f() {
	type bool string
	type mine int
	shadow := shadow{}
	_ = shadow
	return
}`
	f, statement := within(t, source)
	inside, outside := statement.Pos(), f.Syntax.Decls[0].Pos()
	scope := f.pkg.Types.Scope()
	own := scope.Lookup("mine").Type()
	for _, c := range []struct {
		typ  types.Type
		pos  token.Pos
		text string // "" where it cannot be written
	}{
		{types.Typ[types.Int], inside, "int"},
		{types.Typ[types.Bool], inside, ""},
		{types.Typ[types.Bool], outside, "bool"},
		{types.Typ[types.Invalid], outside, ""},
		{types.Typ[types.UnsafePointer], outside, ""},
		{types.Typ[types.UntypedInt], outside, ""},
		{own, outside, "mine"},
		{own, inside, ""},
		{types.NewSlice(own), outside, "[]mine"},
		{types.NewPointer(own), inside, ""},
		{types.Universe.Lookup("error").Type(), inside, "error"},
		{types.NewMap(types.Typ[types.String], types.Typ[types.Int8]), inside, "map[string]int8"},
		{scope.Lookup("generic").Type(), outside, ""},
		{scope.Lookup("shadow").Type(), outside, "shadow"},
		{scope.Lookup("shadow").Type(), inside, ""}, // there it is a variable of this type
	} {
		text, ok := f.typeText(c.typ, c.pos)
		if ok != (c.text != "") || ok && text != c.text {
			t.Errorf("%v: %q, %v, want %q", c.typ, text, ok, c.text)
		}
	}
	for path, want := range map[string]string{"errors": "errors", "strings": "str", "math": "", "os": "evilution_no_import", "fmt": "evilution_no_import"} {
		imported, err := f.pkg.Importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.qualify(imported); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if got := f.qualify(f.pkg.Types); got != "" {
		t.Errorf("the package itself is %q", got)
	}
}
