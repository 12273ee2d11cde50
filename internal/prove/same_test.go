package prove

import (
	"strings"
	"testing"
)

const version = `
import "fmt"

type version struct{ major, minor uint64; pre string }
func (v version) Major() uint64 { return v.major }
func (v version) Pre() string { return v.pre }
func segment(a, b uint64) int { if a < b { return -1 }; if a > b { return 1 }; return 0 }
func (v *version) Equal(o *version) bool {
	if v == o { return true }
	if v == nil || o == nil { return false }
	if d := segment(v.Major(), o.Major()); d != 0 { return false }
	return v.pre == o.pre
}
`

const prereleases = `
import "strings"

func part(a, b string) int { if a == b { return 0 }; if a < b { return -1 }; return 1 }
func compare(v, o string) int {
	a, b := strings.Split(v, "."), strings.Split(o, ".")
	n := len(a)
	if len(b) > n { n = len(b) }
	for i := 0; i < n; i++ {
		x, y := "", ""
		if i < len(a) { x = a[i] }
		if i < len(b) { y = b[i] }
		if d := part(x, y); d != 0 { return d }
	}
	return 0
}
`

// TestSame: mutants that are the same program.
func TestSame(t *testing.T) {
	ask(t, true, []question{
		{"what stands behind answers alike", version + `func f(v, o *version, dirty bool) (bool, error) {
			_ = v.Major() + o.Major()
			if v.Major() != o.Major() && !dirty { return true, nil }
			if !dirty && v.Equal(o) { return false, fmt.Errorf("%v is equal to %v", v, o) }
			return true, nil
		}`, "v.Major() != o.Major() && !dirty", "false"},
		{"a loop over constants", prereleases + `func f(a, b string) bool {
			if a != "" || b != "" { return compare(a, b) != 0 }
			return false
		}`, `a != "" || b != ""`, "true"},
		{"a round too many", strings.Replace(prereleases, "compare(", "f(", 1), "i < n", "<="},
		{"the call by itself answers alike", `func f(x any) int {
			switch x := x.(type) {
			case string:
				if x == "" { return 1 }
				return len(x)
			case []byte:
				if len(x) == 0 { return 1 }
				return f(string(x))
			}
			return 0
		}`, "len(x) == 0", "false"},
		{"nothing in a clause", `func f(a, b bool) int {
			switch { case a && b: return 1; case a && !b: ; case b: }
			return 2
		}`, "a && !b", "true"},
		{"the same assignment", `func f(a, b int) int { n := a; if b < a { n = b }; return n }`, "b < a", "<="},
		{"continue at the end", `func f(s string) (n int) {
			for i := 0; i < len(s); i++ { if s[i] > 'a' { continue }; if s[i] == ' ' { n++ } }
			return n
		}`, "s[i] > 'a'", "false"},
		{"a shortcut before a switch", `func f(s string) (n int) {
			for i := 0; i < len(s); i++ { if s[i] >= ' ' { switch s[i] { case ' ', 'x': n++ } } }
			return n
		}`, "s[i] >= ' '", "true"},
		{"nil is returned", `func g() error { for {} }; func f() error { if err := g(); err != nil { return err }; return nil }`, "err != nil", "true"},
		{"the same panic", `type t struct{ n int }; func f(p *t, a bool) int { if a { return p.n }; return p.n }`, "a", "true"},
		{"the same store", `type t struct{ n int }; func f(p *t, a bool) { if a { p.n = 1; return }; p.n = 1 }`, "a", "true"},
		{"the same call", `import "fmt"
			func f(a int) error { if a == 3 { return fmt.Errorf("%d", a) }; return fmt.Errorf("%d", a) }`, "a == 3", "true"},
		{"within its type", `func f(a, b uint8) int {
			if a >= 'A' && a <= 'Z' && b < 'A' { if a+32 < b { return 1 }; return 2 }
			return 3
		}`, "a+32 < b", "false"},
		{"a named result", `func f(a bool) (n int) { if a { return }; return 0 }`, "a", "true"},
		{"pure calls", `func calc(a int) bool { for a > 1 { a /= 2 }; return a == 1 }
			func f(a int, x bool) int { if calc(a) && x { return 1 }; if calc(a) && !x { return 2 }; return 3 }`, "calc(a) && !x", "calc(a)"},
		{"one side decided before", `func f(a, b bool) int { if a && b { return 1 }; if !a && b { return 2 }; return 3 }`, "!a && b", "b"},
		{"a number that is a float elsewhere", `func f(a, b int8, d float64) int8 {
			n := a + 1
			if d == 1 { return 0 }
			if b < n { n = b }
			return n
		}`, "b < n", "<="},
		{"a field of a struct in a variable", `type t struct{ n, m int }
			func f(a bool) int { var x t; x.m = 2; if a { x.n = 0 }; return x.n + x.m }`, "a", "true"},
	})
}

// TestTwice: a place is looked at once, and the mutants there do not disturb each other.
func TestTwice(t *testing.T) {
	s := load(t, `func f(a, b int) int { n := a; if b < a { n = b }; return n }`)
	for range 2 {
		for instead, want := range map[string]bool{"<=": true, ">=": false, "true": false, "false": false, "!=": false} {
			if got := s.pkg.Same(s.mutant(t, "b < a", instead)); got != want {
				t.Errorf("%s: same is %v", instead, got)
			}
		}
	}
}
