package mutate

import "testing"

func TestFunctionBodies(t *testing.T) {
	checkWants(t, `package m

import (
	"log"
	"strings"
)

type point struct{ x int }

func several(n int) (int, []int, error) {
	x := n + 1 // want function_body: return 0, nil, nil
	return x, nil, nil
}

func named(n int) (m int, err error) {
	m = n // want function_body: return
	return m, nil
}

func nothing(s *point) {
	s.x = len(strings.Fields("")) // want function_body: _ = strings.Fields
}

func talks() {
	log.Print("x") // want function_body: _ = log.Print [ignored: call of log.Print]
}

func empty() {}

func whole() point {
	return point{1} // want function_body: return *new(point)
}

func (p *point) set(n int) {
	p.x = n // want function_body: | receiver_copy: if p != nil { evilution_copy := *p; p = &evilution_copy }; p.x = n
}

func (p *point) get() int {
	return p.x // want function_body: return 0
}
`, "function_body", "receiver_copy")
}

func TestIterations(t *testing.T) {
	checkWants(t, `package m

func f(a []int, m map[int]int, n int, g func(int) bool, c chan int) {
	for _, x := range a { // want loop_skip_first: evilution_i := 0; for _, x := range a { if evilution_i++; evilution_i == 1 { continue }; g(x) } | loop_skip_last: evilution_a := a; evilution_i := 0; for _, x := range evilution_a { if evilution_i++; evilution_i == len(evilution_a) { break }; g(x) }
		g(x) // want loop_zero: _ = x; break | loop_once: g(x); break
	}
	for i := 0; i < n; i++ { // want loop_skip_first: evilution_i := 0; for i := 0; i < n; i++ { if evilution_i++; evilution_i == 1 { continue }; g(i) }
		g(i) // want loop_zero: break | loop_once: g(i); break
	}
	for k := range m {
		g(k) // want loop_zero: _ = k; break
	}
	for _, x := range a { // want loop_once: evilution_i := 0; for _, x := range a { if evilution_i++; evilution_i > 1 { break }; if g(x) { continue }; g(n) } | loop_skip_first: evilution_i := 0; for _, x := range a { if evilution_i++; evilution_i == 1 { continue }; if g(x) { continue }; g(n) } | loop_skip_last: evilution_a := a; evilution_i := 0; for _, x := range evilution_a { if evilution_i++; evilution_i == len(evilution_a) { break }; if g(x) { continue }; g(n) }
		if g(x) { continue }; g(n) // want loop_zero: _ = x; break
	}
	for g(n) {
		g(1) // want loop_zero: break | loop_once: g(1); break
	}
	for x := range c { // want loop_skip_first: evilution_i := 0; for x := range c { if evilution_i++; evilution_i == 1 { continue }; g(x); return }
		g(x); return // want loop_zero: _ = x; break
	}
}
`, "loop_zero", "loop_once", "loop_skip_first", "loop_skip_last")
}

// Of what says the same, one is made.
func TestLoopTwins(t *testing.T) {
	checkWants(t, `package m

func f(a []int, c chan int, n int, g func(int)) {
	for _, x := range a {
		g(x) // want loop_zero: _ = x; break
	}
	for x := range c {
		g(x) // want loop_zero: _ = x; break | block_removal: _ = x
	}
	for i := 0; i < n; i++ { // want condition_false: false
		g(i)
	}
	if n > 1 { // want condition_false: false
		g(1) // want block_removal:
	} else {
		g(2) // want block_removal:
	}
}

func h(b func() bool, g func(int)) {
	if b() { // want branch_swap: if b() { g(2) } else { g(1) } | condition_false: false
		g(1) // want block_removal:
	} else {
		g(2) // want block_removal:
	}
}
`, "loop_zero", "block_removal", "condition_false", "comparison_negation", "branch_swap")
}

func TestClauses(t *testing.T) {
	checkWants(t, `package m

func f(n int, s string, g func(int)) {
	switch n {
	case 1:
		g(1) // want switch_case: g(9) | block_removal:
	case 2, 3: // want switch_case: switch n { case 1: g(1) case 3: g(2) case 4: default: g(9) } | switch_case: switch n { case 1: g(1) case 2: g(2) case 4: default: g(9) }
		g(2) // want switch_case: g(9) | block_removal:
	case 4: // want switch_case: g(9)
	default:
		g(9) // want switch_case:
	}
	switch s {
	case "a":
		g(1) // want switch_case:
	case "b":
		g(2) // want block_removal:
		fallthrough // want switch_case:
	case "c":
		g(3) // want block_removal:
	}
	switch {
	case n > 1:
		g(1) // want block_removal:
	default:
		g(2) // want switch_case:
	}
}

func kind(v any) int {
	switch x := v.(type) {
	case int:
		return x // want type_switch_case: _ = x; return 0
	case string, []byte:
		return 2 // want type_switch_case: return 0
	default:
		return 0
	}
}

func fails(v interface{}, g func(any)) {
	switch x := v.(type) {
	case *failure: // want type_switch_case: switch x := v.(type) { case error: g(x) default: g(x) }
		g(x) // want block_removal:
	case error:
		g(x) // want type_switch_case: { x := interface{}(x); g(x) } | block_removal:
	default:
		g(x) // want type_switch_case:
	}
}

type failure struct{}

func (*failure) Error() string { return "" }
`, "switch_case", "type_switch_case", "block_removal")
}

func TestAssignments(t *testing.T) {
	checkWants(t, `package m

type point struct{ x int }

func f(n int, p *point, m map[string]int, s []int) {
	x := n
	x = n + 1 // want statement_removal: | assignment_zero: x = 0
	x = 0 // want statement_removal:
	_ = x
	p.x, s = n, nil // want statement_removal: | assignment_zero: p.x, s = 0, nil
	*p = point{n} // want statement_removal:
	m["a"] = n // want map_write: | assignment_zero: m["a"] = 0
	m["a"]++ // want map_write:
	delete(m, "a") // want map_delete:
	clear(m) // want map_delete:
	for n < 10 {
		n++ // want statement_removal: [ignored: a loop that nothing advances can only hang]
	}
	for n < 10 {
		if len(s) > 1 {
			n = 5 // want statement_removal: | assignment_zero: n = 0
		}
		n = n + 1 // want statement_removal: | assignment_zero: n = 0
	}
}
`, "statement_removal", "assignment_zero", "map_write", "map_delete")
}

// TestCountedPastGoto: a goto must not jump over the counter of a loop.
func TestCountedPastGoto(t *testing.T) {
	checkWants(t, `package m

func f(s string, i int) int {
	for ; i < len(s); i++ { // want loop_skip_first: { evilution_i := 0; for ; i < len(s); i++ { if evilution_i++; evilution_i == 1 { continue }; if s[i] == 'x' { goto odd } } }
		if s[i] == 'x' {
			goto odd
		}
	}
	return 1
odd:
	for ; i < len(s); i++ {
		i++
	}
	return i
}

func g(s string, i int) int {
	for ; i < len(s); i++ { // want loop_skip_first: evilution_i := 0; for ; i < len(s); i++ { if evilution_i++; evilution_i == 1 { continue }; i++ }
		i++
	}
	return i
}
`, "loop_skip_first")
}
