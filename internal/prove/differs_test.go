package prove

import "testing"

// TestDiffers: mutants that make a difference, though they look like those that make
// none.
func TestDiffers(t *testing.T) {
	ask(t, false, []question{
		{"a panic of what is not asked any more", version + `func f(v, o *version, dirty bool) bool {
			if v.Major() != o.Major() && !dirty { return true }
			if !dirty && v.Equal(o) { fmt.Print(); return false }
			return true
		}`, "v.Major() != o.Major() && !dirty", "false"},
		{"a part of a constant", `const os = "linux"; func f() bool { return os != "plan9" && os != "android" }`, `os != "plan9"`, "=="},
		{"another result", `func f(a int) int { if a == 3 { return 4 }; return a }`, "a == 3", "false"},
		{"another text", `import "fmt"
			func f(a int) error { if a == 3 { return fmt.Errorf("three") }; return fmt.Errorf("%d", a) }`, "a == 3", "false"},
		{"an error instead of nil", `func g() error { for {} }; func f() error { if err := g(); err == nil { return err }; return nil }`, "err == nil", "true"},
		{"conditions that overlap", `func f(a, b int) bool { if a == 1 { return true }; return a == 1 && b == 1 }`, "a == 1", "false"},
		{"a call that is left out", `func g() {}
			func h() { for { g() } }
			func f(a bool) int { if a { h() }; return 1 }`, "a", "false"},
		{"a call that is made twice", `var n int
			func h() int { n++; return n }
			func f(a bool) int { x := h(); if a { x = h() }; return x }`, "a", "true"},
		{"a store that is left out", `type t struct{ n int }; func f(p *t, a bool) { if a { p.n = 1 } }`, "a", "false"},
		{"a store into a global", `var n int; func f(a bool) { if a { n = 1 } }`, "a", "false"},
		{"a store into a slice", `func f(s []int, a bool) { if a && len(s) > 0 { s[0] = 0 } }`, "a && len(s) > 0", "a"},
		{"stores in another order", `type t struct{ n int }; func f(p, q *t, a bool) { if a { p.n = 1; q.n = 2; return }; q.n = 2; p.n = 1 }`, "a", "true"},
		{"what may have been stored", `type t struct{ n int }; func f(p, q *t) int { q.n = 2; if p.n == 1 { q.n = 3; return p.n }; q.n = 3; return 1 }`, "p.n == 1", "true"},
		{"a read before and after a store", `type t struct{ n int }
			func f(p, q *t) int { x := p.n; q.n = x + 1; if p.n != x { return p.n }; return x }`, "p.n != x", "false"},
		{"a panic", `type t struct{ n int }; func f(p *t) int { if p != nil && p.n == 1 { return 1 }; return 1 }`, "p != nil", "true"},
		{"an index", `func f(s []int) int { if len(s) > 0 { if s[0] == 1 { return 1 } }; return 1 }`, "len(s) > 0", "true"},
		{"another panic", `type t struct{ n int }; func f(p *t, s []int, a bool) int { if a { return p.n*0 + s[0] }; return s[0] + p.n*0 }`, "a", "true"},
		{"a division", `func f(a, b int) int { if b != 0 { if a/b == 1 { return 1 } }; return 1 }`, "b != 0", "true"},
		{"a panic of its own", `func f(a bool) { if a { panic(nil) }; var p *int; *p = 1 }`, "a", "true"},
		{"a call that may never end", `func calc(a int) bool { for a != 1 { a /= 2 }; return true }
			func f(a int, b bool) int { if b && calc(a) { return 1 }; return 1 }`, "b && calc(a)", "calc(a)"},
		{"overflow", `func f(a int) bool { if a+1 > a { return true }; return false }`, "a+1 > a", "true"},
		{"overflow of a small type", `func f(a uint8) bool { if a+200 > a { return true }; return false }`, "a+200 > a", "true"},
		{"below zero", `func f(a uint) bool { if a-1 < a { return true }; return false }`, "a-1 < a", "true"},
		{"widened after overflow", `func f(a uint8) bool { if int(a+200) == int(a)+200 { return true }; return false }`, "int(a+200) == int(a)+200", "true"},
		{"narrowed", `func f(a int) bool { if int(uint8(a)) == a { return true }; return false }`, "int(uint8(a)) == a", "true"},
		{"NaN", `func f(a float64) bool { if a == a { return true }; return false }`, "a == a", "true"},
		{"minus zero", `func f(a float64) float64 { if a == 0 { return a }; return 1 / a * a }`, "a == 0", "false"},
		{"a zero that is another", `func f(a, b float64) float64 { if a == b { return a }; return b }`, "a == b", "true"},
		{"equal and not the same", `func f(a, b any) any { if a == b { return a }; return b }`, "a == b", "true"},
		{"an interface that holds nil", `type e struct{}
			func (*e) Error() string { return "" }
			func f(p *e) error { if p == nil { return nil }; return p }`, "p == nil", "false"},
		{"a pointer that is nil and an interface", `type e struct{}
			func (*e) Error() string { return "" }
			func f(err error) bool { var p *e; if err == p { return true }; return err == nil }`, "err == p", "false"},
		{"another type in an interface", `func f(a int8) any { if a == 1 { return 1 }; return a }`, "a == 1", "false"},
		{"nil and empty", `func f(s []int) []int { if len(s) == 0 { return nil }; return s }`, "len(s) == 0", "false"},
		{"nil and empty again", `func f(s []byte) []byte { if s == nil { return s }; if len(s) == 0 { return nil }; return s }`, "len(s) == 0", "false"},
		{"a new thing each time", `type t struct{ n int }
			func calc() *t { return &t{} }
			func f() bool { p := calc(); if p == calc() { return true }; return false }`, "p == calc()", "true"},
		{"a map has no order", `func calc(m map[int]int) int { for k := range m { return k }; return 0 }
			func f(m map[int]int) int { if calc(m) != 0 { return calc(m) }; return 0 }`, "calc(m) != 0", "true"},
	})
}

// TestVariables: what outlives a statement, and what ends with it.
func TestVariables(t *testing.T) {
	ask(t, true, []question{{"inner", `func f(a, b int) int { x := a; if b > 1 { x := b; x++; _ = x }; return x }`, "b > 1", "false"}})
	ask(t, false, []question{
		{"outer", `func f(a, b int) int { x := a; if b > 1 { x = b }; return x }`, "b > 1", "false"},
		{"declared", `func f(a, b bool) bool { x := a && b; return x }`, "a && b", "a"},
		{"declared with var", `func f(a, b bool) bool { var x = a && b; return x }`, "a && b", "b"},
		{"in an init statement", `func f(a, b bool) int { if x := a && b; x { return 1 }; return 2 }`, "a && b", "a"},
		{"named result", `func f(a bool) (n int) { n = 3; if a { n = 0; return }; return }`, "a", "true"},
		{"a loop's variable", `func f(s string) (n int) { for i := 0; i < len(s); i++ { if s[i] == 'a' { i++ } ; n++ }; return n }`, "s[i] == 'a'", "false"},
		{"a round too many", `func f(n int) (m int) { for i := 0; i < n; i++ { m++ }; return m }`, "i < n", "<="},
		{"a round more that ends it", `func f(s []int) (m int) { for i := 0; i < len(s); i++ { if s[i] == 0 { break } }; return m }`, "i < len(s)", "<="},
		{"a loop that never ends", `func f(a, b int) int { for a > b { a-- }; return b }`, "a > b", "true"},
	})
}

// TestRefused: what is not understood is not proved, whatever it does.
func TestRefused(t *testing.T) {
	ask(t, false, []question{
		{"defer", `func f(a bool) (n int) { defer func() { n++ }(); if a { return 1 }; return 1 }`, "a", "true"},
		{"goto", `func f(a bool) int { if a { goto out }; return 1; out: return 1 }`, "a", "true"},
		{"a label", `func f(a bool) int { out: for { if a { break out }; return 1 }; return 1 }`, "a", "true"},
		{"a type parameter", `func f[T any](a bool, x T) T { if a { return x }; return x }`, "a", "true"},
		{"a shared variable", `func f(a bool, g func(func())) int { n := 1; g(func() { n++ }); if a { n = 1 }; return n }`, "a", "false"},
		{"its address", `func f(a bool, g func(*int)) int { n := 1; g(&n); if a { return 1 }; return n }`, "a", "false"},
		{"a part's address", `type t struct{ n int }
			func f(a bool, g func(*int)) int { var x t; g(&x.n); if a { return 0 }; return x.n }`, "a", "false"},
		{"a method's address", `type t struct{ n int }
			func (p *t) inc() { for { p.n++ } }
			func f(a bool) int { var x t; x.inc(); if a { return 0 }; return x.n }`, "a", "false"},
		{"an array's slice", `func g(s []int) { for { s[0]++ } }
			func f(a bool) int { var x [1]int; g(x[:]); if a { return 0 }; return x[0] }`, "a", "false"},
		{"a channel", `func f(c chan int) int { if <-c == 1 { return 1 }; return 1 }`, "<-c == 1", "true"},
		{"a goroutine", `func g() {}; func f(a bool) int { if a { go g() }; return 1 }`, "a", "false"},
		{"who sees the line", `func where() int { for {} }; func f(a bool) int { if a { return where() }; return where() }`, "a", "true"},
		{"a loop of unknown length", `func f(n int, a bool) int { if a { for i := 0; i < n; i++ { n-- } }; return 1 }`, "a", "false"},
		{"changed by a loop", `func f(n int) int { m := 0; for i := 0; i < n; i++ { if m == 0 { m = 1 } }; return m }`, "m == 0", "true"},
		{"itself with another outcome", `func f(n int) int { if n <= 0 { return 0 }; return f(n-1) + 1 }`, "n <= 0", "<"},
		{"itself in the condition", `func f(n int) bool { if n > 0 && f(n-1) && n < 5 { return false }; return n != 3 }`, "n > 0 && f(n-1) && n < 5", "n < 5"},
	})
}
