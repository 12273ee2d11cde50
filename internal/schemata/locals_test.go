package schemata

import (
	"go/types"
	"testing"
)

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
