package mutate

import (
	"slices"
	"testing"
)

// TestBehind: leaving out a return where the same comes behind.
func TestBehind(t *testing.T) {
	checkWants(t, `package m

import (
	"errors"
	"fmt"
)

var counted int

func count() int { counted++; return counted }

func scan(src any, g func()) error {
	switch src := src.(type) {
	case nil:
		return nil // want block_removal: [ignored: what stands behind returns the same] | type_switch_case: return errors.New("odd")
	case string:
		g() // want block_removal: | type_switch_case: return errors.New("odd")
	case bool:
		return fmt.Errorf("bool %v", src) // want block_removal: | type_switch_case: return errors.New("odd") [ignored: only the text of an error changes]
	case error:
		return fmt.Errorf("error %w", src) // want block_removal: | type_switch_case: return errors.New("odd")
	default:
		return errors.New("odd") // want type_switch_case:
	}
	return nil
}

func list(a []int, s string) []string {
	if a == nil { // want condition_true: true | condition_false: false
		return nil
	}
	if len(s) == 0 { // want condition_true: true | condition_false: false
		return nil
	}
	out := []string(nil)
	for range a {
		out = append(out, s) // want block_removal:
	}
	return out
}

func rewrite(in string, a []int) string {
	if len(a) == 0 { // want condition_true: true | condition_false: false [ignored: what stands behind returns the same]
		return in
	}
	out := in
	for range a {
		out += "x" // want block_removal:
	}
	return out
}

func counts(n int) error {
	if n == 2 { // want condition_true: true | condition_false: false
		return fmt.Errorf("%d", count())
	}
	return errors.New("more")
}

func drain(c chan int, n int) int {
	if len(c) == 0 { // want condition_true: true | condition_false: false
		return n
	}
	for range c {
		n-- // want block_removal:
	}
	return n
}

func fails(n int, err error) error {
	if n == 1 { // want condition_true: true [ignored: only the text of an error changes] | condition_false: false [ignored: only the text of an error changes]
		return errors.New("one")
	}
	return errors.New("more")
}

func chain(n int, err error) (int, error) {
	if n == 1 { // want condition_true: true | condition_false: false
		return n, nil // want block_removal: [ignored: what stands behind returns the same]
	} else if n == 2 { // want condition_true: true | condition_false: false
		n++ // want block_removal:
	} else {
		return n, err // want block_removal:
	}
	return n, nil
}

func shadow(err error, g func() error) error {
	if err := g(); err != nil { // want condition_true: true | condition_false: false
		return err
	}
	for err == nil { // want condition_true: true | condition_false: false
		if g() == nil { // want condition_true: true | condition_false: false | block_removal: [ignored: a loop that nothing leaves can only hang]
			return err // want block_removal:
		}
	}
	return err
}
`, "condition_true", "condition_false", "block_removal", "type_switch_case")
}

// TestNested: a condition whose body is another if.
func TestNested(t *testing.T) {
	checkWants(t, `package m

import "strings"

func valid(s string) error {
	for _, part := range strings.Split(s, ".") {
		if part == "" { // want condition_false: false && (part == "") | block_removal: _ = part
			return errOdd
		}
	}
	return nil
}

type odd struct{}

func (odd) Error() string { return "odd" }

var errOdd error = odd{}

func version(s, t string, g func() error) (int, error) {
	var err error
	if s != "" {
		if err = valid(s); err != nil { // want error_branch: false
			return 0, err
		}
	}
	if t != "" {
		if err = valid(t); err != nil { // want error_branch: false
			return 0, err
		}
	}
	if len(t) > 3 { // want condition_false: false
		if err := g(); err != nil { // want error_branch: false
			return 0, err
		}
	}
	n := 0
	if s > "a" { // want condition_false: false
		if n = len(s); n > 3 { // want condition_false: false
			return 1, nil
		}
	}
	if s > "b" {
		if t > "c" { // want condition_false: false
			n++
		}
	}
	if s > "d" { // want condition_false: false
		if t > "e" { // want condition_false: false
			n++ // want block_removal:
		} else {
			n-- // want block_removal:
		}
	}
	return n, nil
}
`, "condition_false", "error_branch", "block_removal")
}

// TestBreak: at the end of a loop's body, continue is nothing.
func TestBreakAtTheEnd(t *testing.T) {
	checkWants(t, `package m

func f(a []int, c chan int, g func(int) bool) (found bool) {
	for _, x := range a {
		if x == 3 {
			found = true
			break // want loop_control: continue [ignored: a search that goes on finds the same]
		}
	}
	for _, x := range a {
		if x == 3 {
			break // want loop_control: continue | loop_control:
		}
		found = true
	}
	for i := 0; i < len(a); i++ {
		if a[i] == 3 {
			i, found = 1, true
			break // want loop_control: continue
		}
	}
	last := 0
	for i, x := range a {
		if x == 3 {
			last = i
			break // want loop_control: continue
		}
	}
	found = last > 0
	for x := range c {
		if x == 3 {
			found = true
			break // want loop_control: continue
		}
	}
	for _, x := range a {
		if g(x) {
			found = true
			break // want loop_control: continue
		}
	}
	return found
}
`, "loop_control")
	p := loadSource(t, `package m

func f(a []int, g func(int) bool) (found bool) {
	for _, x := range a {
		if g(x) {
			found = true
			break
		}
	}
	return found
}
`)
	ops, err := Select([]string{"loop_control"}, "default")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(Find(p, ops)); n != 0 {
		t.Errorf("%d mutants in the default profile, want none: only g could tell", n)
	}
}

// TestLoneReturn: emptying an if that only returns says nearly what condition_false
// says; it is for the strong profile.
func TestLoneReturn(t *testing.T) {
	p := loadSource(t, `package m

func f(n int, g func() bool) int {
	if g() {
		return 1
	} else if n > 3 {
		n++
	}
	for !g() {
		if g() {
			panic("x")
		}
		if g() {
			n--
			return 2
		}
	}
	return n
}
`)
	ops, err := Select([]string{"block_removal"}, "default")
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, c := range Find(p, ops) {
		lines = append(lines, c.Line)
	}
	if want := []int{7, 10, 14}; !slices.Equal(lines, want) {
		t.Errorf("lines %v, want %v", lines, want)
	}
}

// TestEmptyLiterals: empty and nil differ for those who ask for nil; empty and not
// empty for everybody.
func TestEmptyLiterals(t *testing.T) {
	src := `package m

type list []int

func f(n int) []error { return []error{} } // want return_value: return []error{*new(error)} | return_value: return nil
func g(n int) []int { return []int{n} } // want return_value: return nil
func h(n int) list { return list{} } // want return_value: return nil
func m(n int) map[int]int { return map[int]int{} } // want return_value: return nil
`
	checkWants(t, src, "return_value")
	ops, err := Select([]string{"return_value"}, "default")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(Find(loadSource(t, src), ops)); n != 2 {
		t.Errorf("%d mutants in the default profile, want 2", n)
	}
}
