package schemata

import (
	"go/ast"
	"strings"
	"testing"
)

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
