package mutate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

var comment = regexp.MustCompile("//.*")

// checkWants compares the mutants of ops in src with what its comments say:
// every line may end in `// want operator: arm`, more of them separated by " | ".
// An arm is written with single spaces and without comments; that of an ignored or invalid mutant is
// followed by the status and the reason in brackets.
func checkWants(t *testing.T, src string, ops ...string) {
	t.Helper()
	p := loadSource(t, src)
	got := map[int][]string{}
	for _, c := range Find(p, pick(t, ops...)) {
		arm := comment.ReplaceAllString(c.Arm, "")
		text := c.Operator + ": " + strings.Join(strings.Fields(arm), " ")
		text = strings.TrimSpace(text)
		if c.Status != "" {
			text += fmt.Sprintf(" [%s: %s]", c.Status, c.Reason)
		}
		got[c.Line] = append(got[c.Line], text)
		if err := compile(t, p, c); (err != nil) != (c.Status == mutant.Invalid) {
			t.Errorf("%s: %s: compiler says %v", describe(c), c.Status, err)
		}
	}
	for i, line := range strings.Split(src, "\n") {
		var want []string
		if _, text, ok := strings.Cut(line, "// want "); ok {
			want = strings.Split(text, " | ")
		}
		slices.Sort(want)
		slices.Sort(got[i+1])
		if !slices.Equal(got[i+1], want) {
			t.Errorf("line %d: %s\n got %q\nwant %q", i+1, line, got[i+1], want)
		}
	}
}

func TestExpressions(t *testing.T) {
	checkWants(t, `package m

type flags uint8

const limit = 3 * 4 // constants are not touched

var size = 2 + 3 // want arithmetic: 2 - 3
var array [2 + 3]int
var said bool
var ready = true // want literal_bool: false
var table = map[bool]int{true: 1, false: 2}

func compare(a, b int, s string) {
	said = a < b  // want comparison_boundary: a <= b | comparison_negation: a >= b
	said = a == b // want comparison_negation: a != b
	said = s > "" // want comparison_boundary: s >= "" | comparison_negation: s <= ""
	_ = !(a == b) // want negation_removal: (a == b)
}

func logic(a, b, c bool) {
	_ = a && b      // want logical_swap: a || b
	_ = a && b && c // want logical_swap: (a || b) | logical_swap: a && b || c
	_ = a || b && c // want logical_swap: a && (b && c) | logical_swap: (b || c)
	_ = !a || b     // want logical_swap: !a && b | negation_removal: a
	said = a == true   // want comparison_negation: a != true
}

func compute(a, b int, f float64, s string, x flags, u uint8) {
	_ = a + b   // want arithmetic: a - b
	_ = a*b - 1 // want arithmetic: a*b + 1 | arithmetic: a/b
	_ = a % b   // want arithmetic: a * b
	_ = s + "x"
	_ = a + 0
	_ = a * 1
	_ = a / -1
	_ = a * 0
	_ = f / 2 // want arithmetic: f * 2
	said = a&b == 0 // want bitwise: a|b | comparison_negation: a&b != 0
	_ = a + b&1 // want arithmetic: a - b&1 | bitwise: (b|1)
	_ = x | 1   // want bitwise: x & 1
	_ = x &^ 1  // want bitwise: x & 1
	_ = x ^ 1   // want bitwise: x & 1
	_ = a << 2  // want bitwise: a >> 2
	_ = u + 255 // want arithmetic: u - 255
	_ = uint8(200 - 100)
	_ = []int{1, 2}[1-1]
	_ = a / (2 - 1) // want arithmetic: 2 + 1
}

func generic[T ~int | ~float64, S ~string | ~int](a, b T, s S) {
	_ = a + b // want arithmetic: a - b
	_ = s + s
}
`, "comparison_boundary", "comparison_negation", "logical_swap", "negation_removal", "arithmetic", "bitwise", "literal_bool")
}

func TestConditions(t *testing.T) {
	checkWants(t, `package m

type failure struct{}

func (*failure) Error() string { return "" }

func f(n int, err error, p *failure, g func() bool, a []int) {
	if n > 0 { // want condition_true: true | condition_false: false
		g()
	}
	if true { // want condition_false: false
		g()
	}
	if v := n; v > 0 { // want condition_true: true || (v > 0) | condition_false: false && (v > 0)
		g()
	}
	if err != nil { // want condition_true: true | error_branch: false
		g()
	} else if nil != p { // want condition_true: true | error_branch: false
		g()
	}
	if err == nil { // want condition_true: true | condition_false: false
		g()
	}
	for g() { // want condition_true: true | condition_false: false
		g()
	}
	for n < 10 { // want condition_true: true [ignored: a loop that nothing leaves can only hang] | condition_false: false
		n++
	}
	for i := 0; i < n; i++ { // want condition_true: true | condition_false: false
		a[i] = 1
	}
	for {
	}
	switch {
	case n == 1, n == 2: // want condition_true: true | condition_false: false | condition_true: true | condition_false: false
		g()
	case true: // want condition_false: false
		n = len(err.Error())
	default:
	}
	switch n {
	case 1:
	}
}

func hidden(n int) {
	true := n
	if true > 0 { // want condition_true: 0 == 0 || (true > 0) | condition_false: false && (true > 0)
		println(n)
	}
}
`, "condition_true", "condition_false", "error_branch")
}

func TestReturns(t *testing.T) {
	checkWants(t, `package m

import "strconv"

type point struct{ x int }

type list[T any] []T

func number(n int) int {
	if n > 3 { // want comparison_negation: n <= 3
		return 0 // want return_value: 1
	}
	return n * 2 // want return_value: 0
}

func text(s string) (string, bool) {
	if s == "" { // want comparison_negation: s != ""
		return "", false // want return_value: "evilution" | return_value: true
	}
	return s, s == "x" && s != "y" // want return_value: "" | return_value: !(s == "x" && s != "y") | comparison_negation: s != "x" | comparison_negation: s == "y"
}

func called() int { return number(1) } // want return_value: return 0
func compared(a, b int) bool { return a == b } // want comparison_negation: a != b

func things(p *point) (*point, []int, map[int]int, func(), any, point, [2]int) {
	return p, []int{1}, nil, func() {}, 1, point{1}, [2]int{} // want return_value: return nil, []int{1}, nil, func() {}, 1, point{1}, [2]int{} | return_value: return p, nil, nil, func() {}, 1, point{1}, [2]int{} | return_value: return p, []int{1}, nil, nil, 1, point{1}, [2]int{} | return_value: return p, []int{1}, nil, func() {}, nil, point{1}, [2]int{} | return_value: return p, []int{1}, nil, func() {}, 1, *new(point), [2]int{}
}

func fails(n int, err error) (int, error) {
	if err != nil { // want comparison_negation: err == nil
		return n, err // want error_swallow: return n, nil | return_value: 0 [ignored: a value beside an error]
	}
	return n, nil // want return_value: return n, evilution_errors.New("evilution") | return_value: 0
}

func does(f func() error) error { return f() } // want error_swallow: _ = f(); return nil
func keeps(f func(int) error) error { x := 1; return f(x) } // want error_swallow: _ = f(x); return nil
func parses(s string) (int, error) { return strconv.Atoi(s) } // want return_value: _ = strconv.Atoi; return 0, nil

func named() (n int, ok bool, err error) {
	n++
	return // want return_value: return 0, ok, err | return_value: return n, !ok, err | error_swallow: return n, ok, nil
}

func blank() (_ int, s string) {
	return // want return_value: return 0, s
}

func (l list[T]) first() T { return l[0] } // want return_value: return *new(T)

func shadowed() point {
	type point int
	return struct{ x int }{1}
}

func inner() func() int {
	return func() int { return 5 } // want return_value: return nil | return_value: 0
}

func last() int {
	x := number(1)
	return x // want return_value: _ = x; return 0
}
`, "return_value", "error_swallow", "comparison_negation")
}

func TestStatements(t *testing.T) {
	checkWants(t, `package m

import (
	"fmt"
	"log"
	"slices"
	"strings"
)

func calls(n int, s []int) int {
	x := n
	n++ // want increment: n-- | statement_removal:
	n += 2 // want increment: n -= 2 | statement_removal:
	n *= 1 // want statement_removal:
	n /= 2 // want increment: n *= 2 | statement_removal:
	n |= 4 // want bitwise: n &= 4 | statement_removal:
	for i := 0; i < 3; i++ { // want increment: i-- [ignored: a loop that nothing leaves can only hang]
	}
	print(x) // want statement_removal: _ = x [ignored: call of print]
	fmt.Println() // want statement_removal: _ = fmt.Println [ignored: call of fmt.Println]
	log.Default().Print() // want statement_removal: [ignored: call of log.Logger.Print]
	log.Print() // want statement_removal: [ignored: call of log.Print]
	strings.NewReplacer() // want statement_removal: _ = strings.NewReplacer
	slices.Sort(s) // want statement_removal: _ = slices.Sort[[]int, int]
	calls(1, nil) // want statement_removal:
	defer calls(2, nil) // want defer_removal: | defer_removal: calls(2, nil)
	defer func() { // want defer_removal: | defer_removal: func() { calls(3, nil) }()
		calls(3, nil) // want statement_removal:
	}()
	if n > 1 {
		panic("x") // want statement_removal:
	}
	panic("the end")
}

//go:nosplit
func trusted() {
	calls(1, nil) // want statement_removal: [ignored: function is marked //go:nosplit]
}
`, "increment", "bitwise", "statement_removal", "defer_removal")
}

func TestBlocks(t *testing.T) {
	checkWants(t, `package m

func f(n int, a []int, g func() int, v any, c chan int) int {
	if g() > 0 {
		g() // want block_removal:
		g()
	} else {
		g() // want block_removal:
	}
	for i, x := range a {
		a[i] = x // want block_removal: _ = i; _ = x
	}
	for i := 0; i < g(); i++ {
		g() // want block_removal:
	}
	for n < 3 {
		n++ // want block_removal: [ignored: a loop that nothing leaves can only hang]
	}
	switch x := v.(type) {
	case int:
		n = x // want block_removal: _ = x
	case string:
		break
	}
	select {
	case x := <-c:
		_ = x // not made: it would be what is there
	default:
		g() // want block_removal:
	}
	if g() > 1 {
		return 1
	} else {
		return 2
	}
}
`, "block_removal")
}

// An if without an else whose condition calls nothing is as good as empty when
// the condition is false: one of the two is enough.
func TestTwins(t *testing.T) {
	checkWants(t, `package m

func f(n int, g func(), b func() bool) {
	if n > 0 { // want condition_false: false
		g()
		g()
	}
	if b() { // want condition_false: false
		g() // want block_removal:
		g()
	}
	for i := 0; i < n; i++ { // want condition_false: false
		g()
	}
}
`, "condition_false", "block_removal")
}

func TestLoops(t *testing.T) {
	checkWants(t, `package m

func f(a []int, g func(int) bool) int {
outer:
	for _, x := range a {
		for {
			if g(x) {
				break outer // want loop_control: continue outer | loop_control: break | loop_control:
			}
			g(1)
		}
	}
	for _, x := range a {
		if g(x) {
			continue // want loop_control: break | loop_control:
		}
		if x > 0 {
			break // want loop_control: continue | loop_control:
		}
		switch {
		case g(1):
			if x < 0 {
				break // want loop_control: continue | loop_control:
			}
			g(2)
		case g(2):
			continue // want loop_control: break | loop_control:
		case g(3):
			break // want loop_control: continue
		}
		g(3)
	}
	for {
		if g(4) {
			continue // want loop_control: break [invalid: does not compile: missing return] | loop_control:
		}
		if g(5) {
			return 1
		}
	}
}
`, "loop_control")
}
