package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

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
