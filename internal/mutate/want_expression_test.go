package mutate

import "testing"

// The negation of a comparison is its opposite, except where something may be
// NaN, which no comparison holds for.
func TestNaN(t *testing.T) {
	checkWants(t, `package m

func f[T ~int | ~float32](a, b float64, i, j int, t T) bool {
	_ = !(a < b)  // want comparison_negation: a >= b | negation_removal: (a < b)
	_ = !(a == b) // want negation_removal: (a == b)
	_ = !(i < j)  // want negation_removal: (i < j)
	_ = !(t < t)  // want comparison_negation: t >= t | negation_removal: (t < t)
	if i > 0 { // want comparison_negation: i <= 0
		return a == b // want comparison_negation: a != b
	}
	if j > 1 { // want comparison_negation: j <= 1
		return i <= j // want comparison_negation: i > j
	}
	return a <= b // want comparison_negation: a > b | return_value: !(a <= b)
}
`, "comparison_negation", "negation_removal", "return_value")
}

// Three mutants of a comparison tell all.
func TestComparisonsKeepThree(t *testing.T) {
	checkWants(t, `package m

var said bool

func f(i, j int, p, q *int, s []int) bool {
	if i < j { // want comparison_boundary: i <= j | condition_true: true | condition_false: false
		return true
	}
	if q == nil { // want condition_true: true | condition_false: false
		return true
	}
	said = p == q // want comparison_negation: p != q
	return p == nil && s != nil // want nil_check: true | nil_check: false | nil_check: true | nil_check: false | nil_check: len(s) != 0
}

func g(i int, s []int, text string, m map[int]int) {
	said = len(s) == 0 // want nil_check: s == nil | comparison_negation: len(s) != 0
	said = len(m) > 0  // want nil_check: m != nil | comparison_negation: len(m) <= 0 | comparison_boundary: len(m) >= 0
	said = len(text) == 0 // want comparison_negation: len(text) != 0
}
`, "comparison_boundary", "comparison_negation", "condition_true", "condition_false", "nil_check")
}

func TestProvedEqual(t *testing.T) {
	checkWants(t, `package m

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
)

var said bool

func g(b []byte, s, u string) {
	_ = binary.BigEndian.Uint16(b[2:4]) // want slice_bounds: 3 | slice_bounds: 1 | slice_bounds: 0
	hex.Encode(b[:8], b[:4]) // want slice_bounds: 5 | slice_bounds: 3 | slice_bounds: len(b)
	_ = strings.EqualFold(s, u) // want call_swap: (s == u)
	_ = strings.Contains(s, u) // want call_swap: strings.HasPrefix(s, u) | argument_swap: strings.Contains(u, s)
}

func f(a, b int, x, y float64, s, u string) int {
	if a < b { // want comparison_boundary: a <= b [ignored: equal operands give the same either way] | condition_true: true
		a = b
	}
	if x < y { // want comparison_boundary: x <= y | condition_true: true
		x = y
	}
	if len(s) > 0 { // want condition_true: true
		a = 3
	}
	said = len(s) > 0 // want comparison_boundary: len(s) >= 0
	if 0 >= len(s) { // want comparison_boundary: 0 > len(s) | condition_true: true
		a = 3
	}
	if strings.Index(s, u) >= 0 { // want comparison_boundary: strings.Index(s, u) > 0 | condition_true: true | argument_swap: strings.Index(u, s)
		a = 4
	}
	_ = -1 == strings.IndexByte(s, 'x')
	said = strings.Index(s, u) > 0 // want comparison_boundary: strings.Index(s, u) >= 0 | call_swap: strings.LastIndex(s, u) | argument_swap: strings.Index(u, s)
	if a > b { // want comparison_boundary: a >= b [ignored: equal operands give the same either way] | condition_true: true
		return b
	}
	return a
}
`, "comparison_boundary", "condition_true", "call_swap", "slice_bounds", "argument_swap")
}

func TestLogicalOperands(t *testing.T) {
	checkWants(t, `package m

var said bool

func f(a, b, c bool, g func() bool) {
	said = a && b // want logical_operand: a | logical_operand: b
	said = a && b || c // want logical_operand: c | logical_operand: a && b | logical_operand: a | logical_operand: b
	if x := g(); a || x { // want logical_operand: a || (0 != 0 && x) | logical_operand: x | negation_insertion: !g()
	}
	if g() { // want negation_insertion: !g()
	}
	_ = !g()
	_ = !(g())
	g()
	_ = true || false
}
`, "logical_operand", "negation_insertion")
}

func TestBounds(t *testing.T) {
	checkWants(t, `package m

import "strings"

func f(s []int, a [4]int, text string, i, j int, m map[int]int, g func() []int) {
	_ = s[i:j] // want slice_bounds: i+1 | slice_bounds: i-1 | slice_bounds: 0 | slice_bounds: j+1 | slice_bounds: j-1 | slice_bounds: len(s)
	_ = s[1:] // want slice_bounds: 2 | slice_bounds: 0
	_ = s[:len(s)-1] // want slice_bounds: len(s) | slice_bounds: len(s)-2
	_ = s[i+1:] // want slice_bounds: i+2 | slice_bounds: i | slice_bounds: 0
	_ = s[0:] // want slice_bounds: 1
	_ = s[:0] // want slice_bounds: 1 | slice_bounds: len(s)
	_ = s[:]
	_ = g()[:i] // want slice_bounds: i+1 | slice_bounds: i-1
	_ = a[:4] // want slice_bounds: 3 | slice_bounds: len(a)
	_ = s[:i:j] // want slice_bounds: i+1 | slice_bounds: i-1 | slice_bounds: len(s) | slice_bounds: s[:i]
	_ = a[3] // want index_offset: 2
	_ = s[0] // want index_offset: 1
	_ = m[i]
	a[i] = 1 // want index_offset: i+1 | index_offset: i-1
	if k := strings.Index(text, "x"); k > 0 && text[k] == 'x' { // want index_offset: k+1 | index_offset: k-1
		_ = text[k:] // want slice_bounds: k+1 | slice_bounds: k-1 | slice_bounds: 0
	}
	from := 2
	_ = s[from:] // want slice_bounds: from+1 | slice_bounds: from-1 | slice_bounds: 0*from
	var four [4]int
	copy(four[:], s[i:i+4]) // want slice_bounds: i+1 | slice_bounds: i-1 | slice_bounds: 0 | slice_bounds: i+5 | slice_bounds: i+3
	copy(four[:], s[i:i+3]) // want slice_bounds: i+1 | slice_bounds: i-1 | slice_bounds: 0 | slice_bounds: i+4 | slice_bounds: i+2 | slice_bounds: len(s)
	to, up := int32(i), 3
	_ = s[:to] // want slice_bounds: to+1 | slice_bounds: to-1 | slice_bounds: len(s)+0*int(to)
	_ = s[:up] // want slice_bounds: up+1 | slice_bounds: up-1 | slice_bounds: func() int { _ = up; return len(s) }()
}
`, "slice_bounds", "index_offset")
}

func TestBuiltins(t *testing.T) {
	checkWants(t, `package m

func f(s, u []int, text string, i, j int, c chan int) []int {
	_ = min(i, j) // want builtin_swap: max(i, j)
	_ = max(i)
	_ = len(s) // want builtin_swap: cap(s)
	_ = cap(c) // want builtin_swap: len(c)
	_ = len(text)
	x := 1
	s = append(s, x) // want builtin_swap: func() []int { _ = x; return s }()
	return append(s, u...) // want builtin_swap: s
}
`, "builtin_swap")
}

func TestLiterals(t *testing.T) {
	checkWants(t, `package m

import (
	"errors"
	"fmt"
	"os"
	"time"
)

type name struct{ n int }

func (n name) String() string { return "name" + fmt.Sprint(n.n+1) } // want literal_string: "" [ignored: text of String] | literal_int: 2 [ignored: text of String] | literal_int: 0 [ignored: text of String]

var table = []int{1, 2, 3, 4} // want literal_int: 0 | literal_int: 2 | literal_int: 3 | literal_int: 1 [ignored: one of many in a composite literal] | literal_int: 2 [ignored: one of many in a composite literal] | literal_int: 4 [ignored: one of many in a composite literal] | literal_int: 3 [ignored: one of many in a composite literal] | literal_int: 5 [ignored: one of many in a composite literal]

func numbers(n int, u uint8, f float64, s []int, g func(...int)) {
	_ = n + 5 // want literal_int: 6 | literal_int: 4
	_ = n / 1 // want literal_int: 2
	_ = n * 0x1f // want literal_int: 0x20 | literal_int: 0x1e
	_ = u + 255 // want literal_int: 254
	_ = f * 2 // want literal_int: 3 | literal_int: 1
	g(-1) // want literal_int: 0
	_ = n < 10 // want literal_int: 9
	_ = n >= 10 // want literal_int: 9
	_ = 10 > n // want literal_int: 9
	_ = len(s) == 0 // want literal_int: 1
	_ = len(s) > 0 // want literal_int: 1
	_ = n == 0 // want literal_int: 1 | literal_int: -1
	_ = s[1]
	_ = s[n+1:]
	for n := 0; n < 10; n += 2 { // want literal_int: 1 | literal_int: -1 | literal_int: 9
	}
	_ = f + 0.0 // want literal_float: 1.0
	_ = f + 1.0 // want literal_float: 0.0
	_ = f + 2.5 // want literal_float: 3.5
	_ = make([]int, 0, 10)
	_ = make(map[int]int, 10) // want literal_int: 11 [ignored: a capacity] | literal_int: 9 [ignored: a capacity]
}

func texts(s string, w error) error {
	_ = s + "," // want literal_string: ""
	_ = s == "" // want literal_string: "evilution"
	_ = []string{"a", "b", "c", "d"} // want literal_string: "" | literal_string: "" | literal_string: "" | literal_string: "" [ignored: one of many in a composite literal]
	time.Sleep(5 * time.Second) // want literal_int: 6 [ignored: a duration] | literal_int: 4 [ignored: a duration]
	os.Chmod(s, 0o644) // want literal_int: 421 [ignored: a file mode] | literal_int: 419 [ignored: a file mode]
	switch s {
	case "x":
	}
	if s == s {
		panic("text") // want literal_string: "" [ignored: argument of panic]
	}
	fmt.Println("text") // want literal_string: "" [ignored: argument of fmt.Println]
	if w != nil {
		return fmt.Errorf("x: %w", w) // want literal_string: "" [ignored: text of an error]
	}
	return errors.New("text") // want literal_string: "" [ignored: text of an error]
}
`, "literal_int", "literal_float", "literal_string")
}

func TestPatterns(t *testing.T) {
	checkWants(t, "package m\n\nimport \"regexp\"\n\n"+
		"var a = regexp.MustCompile(`^a+[b]]c*?$`) // want regexp: `a+[b]]c*?$` | regexp: `^a[b]]c*?$` | regexp: `^a+]c*?$` | regexp: `^a+[b]]c$` | regexp: `^a+[b]]c*?`\n"+
		"var b = regexp.MustCompile(\"\\\\d+\\\\.x{2}(?i:y)\") // want regexp: \"\\\\.x{2}(?i:y)\" | regexp: \"\\\\d\\\\.x{2}(?i:y)\" | regexp: \"\\\\d+\\\\.x(?i:y)\"\n"+
		"var c = regexp.MustCompile(`(a|b)`)\n",
		"regexp", "literal_string")
}
