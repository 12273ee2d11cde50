package mutate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// What ends a function is compared with what the checker says.
func TestEndsWell(t *testing.T) {
	for _, body := range []string{
		"return 1", "", ";", "x := 1; _ = x", "panic(1);;", "{ return 1 }", "L: return 1",
		"if c { return 1 }", "if c { return 1 } else { return 2 }", "if c { return 1 } else if c { return 2 }",
		"if c { return 1 } else if c { return 2 } else { panic(2) }",
		"for {}", "for { break }", "for c {}", "for range 3 { return 1 }", "for { for { break } }",
		"for { switch { case c: break } }", "L: for { for { break L } }", "L: for { switch { case c: break L } }",
		"L: for { for { continue L } }", "for { select { default: break } }", "for { func() { for { break } }() }",
		"switch { case c: return 1 }", "switch { case c: return 1; default: return 2 }",
		"switch { case c: fallthrough; default: return 2 }", "switch { default: break; return 1 }",
		"switch { default: if c { break }; return 1 }", "L: switch { default: for { break L } }",
		"switch { default: for { break }; return 1 }", "switch any(1).(type) { case int: return 1; default: return 2 }",
		"switch any(1).(type) { case int: return 1 }", "select {}", "select { default: return 1 }",
		"select { case <-make(chan int): return 1; case <-make(chan int): }",
		"select { case <-make(chan int): if c { break }; return 1 }",
		"L: select { default: for { break L } }", "L: if c { goto L }; goto L", "{ for {} }", "{ { } }",
		"defer panic(1)", "(panic)(1)", "(panic(1))", "func() { panic(1) }()",
	} {
		src := "package p\nfunc f(c bool) int {" + body + "\n}"
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "", src, 0)
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		missing := false
		conf := types.Config{Error: func(err error) { missing = missing || strings.Contains(err.Error(), "missing return") }}
		conf.Check("p", fset, []*ast.File{f}, nil)
		if got := endsWell(body, true); got == missing {
			t.Errorf("%s: ends well %v, checker says missing return %v", body, got, missing)
		}
	}
	if endsWell("panic(1)", false) {
		t.Error("a panic of the user's ends the function")
	}
}
