package schemata

import (
	"strings"
	"testing"
)

// oldSource compiles as Go 1.12, where the closures of a loop share its variable.
const oldSource = `package p

import "fmt"

func CaseOldLoop() string {
	var fs []func() int
	for i := 0; i < 3 && spend(); i++ {
		fs = append(fs, func() int { return i * 10 })
	}
	out := ""
	for _, f := range fs {
		out += fmt.Sprint(f(), here(), " ")
	}
	return out
}

func CaseOldError() string {
	if err := old(3); err != nil {
		return err.Error()
	}
	return "fine"
}

func old(n int) error {
	if n > 2 && n < 5 {
		return fmt.Errorf("n is %d on line %d", n, here())
	}
	return nil
}
`

// TestShapes compares switched and plain programs whose files are unusual as
// files: in old modules, with constraints, marks, line ends and line directives.
func TestShapes(t *testing.T) {
	constrained := "// Copyright\n\n//go:build !never\n// +build !never\n\n" + oldSource
	long := strings.Replace(oldSource, "n > 2 &&", "n > 2 && n != "+strings.Repeat("1 + ", 100)+"0 && \""+strings.Repeat("long", 10000)+"\" != \"\" &&", 1)
	directive := strings.Replace(oldSource, "func old", "//line other.y:100\nfunc old", 1)
	inside := strings.Replace(oldSource, "\tif n > 2", "/*line other.y:100:5*/\tif n > 2", 1)
	for _, c := range []struct{ name, version, text string }{
		{"go 1.12", "1.12", oldSource},
		{"go 1.16", "1.16", constrained},
		{"go 1.21", "1.21", constrained},
		{"file of go 1.20", "1.24", "//go:build go1.20\n\n" + oldSource},
		{"mark", "1.24", "\ufeff" + oldSource},
		{"mark in go 1.12", "1.12", "\ufeff" + constrained},
		{"carriage returns", "1.24", strings.ReplaceAll(oldSource, "\n", "\r\n")},
		{"carriage returns in go 1.12", "1.12", strings.ReplaceAll(constrained, "\n", "\r\n")},
		{"long line", "1.24", long},
		{"line directive", "1.24", directive},
		{"line directive in a function", "1.12", inside},
		{"one line", "1.24", "package p; func CaseOne() string { a := 1; if a > 0 { return \"x\" }; return \"y\" }"},
		{"empty lists of results", "1.24", "package p; import \"fmt\"; func CaseOne() string { n := 0; func() () { n++ }(); add(&n); return fmt.Sprint(n) }; func add(n *int) () { *n++ }"},
		{"clause with comment", "1.12", "package p // a comment\n" + strings.TrimPrefix(oldSource, "package p\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			differ(t, "old.go", c.text, c.version, 4)
		})
	}
}
