package mutate

import "testing"

// TestKnown: what is known where a mutant stands rules it out. Every line has a
// twin of which less is known.
func TestKnown(t *testing.T) {
	checkWants(t, `package m

type version struct{ major, minor uint64; dirty bool }

func (v version) Major() uint64 { return v.major }

func (v *version) Set(n uint64) { v.major = n }

func compare(s, o string) int {
	if s == o { // want condition_true: true | condition_false: false
		return 0
	}
	if s == "" { // want condition_true: true | condition_false: false
		if o != "" { // want condition_true: true [ignored: it is always true here] | condition_false: false
			return -1
		}
		return 1
	}
	if o == "" { // want condition_true: true | condition_false: false
		if s != "" { // want condition_true: true [ignored: it is always true here] | condition_false: false
			return 1
		}
		if s == o { // want condition_true: true [ignored: code that nothing reaches] | condition_false: false [ignored: code that nothing reaches]
			return 3
		}
	}
	o = s
	if s != o { // want condition_true: true | condition_false: false [ignored: it is always false here]
		return 4
	}
	return 2
}

func getters(v, w *version) bool {
	if v.Major() > 0 || v.dirty { // want condition_true: true | condition_false: false | logical_operand: v.Major() > 0 | logical_operand: v.dirty | comparison_boundary: v.Major() >= 0
		return false
	}
	if v.Major() == 0 && w.Major() > 0 { // want condition_true: true | condition_false: false | logical_operand: v.Major() == 0 | logical_operand: w.Major() > 0 [ignored: it is always true here] | comparison_boundary: w.Major() >= 0
		return false
	}
	v.Set(3)
	return v.Major() == 0 && w.Major() > 0 // want logical_operand: v.Major() == 0 | logical_operand: w.Major() > 0 | comparison_boundary: w.Major() >= 0
}

func stored(v, w *version, g func()) bool {
	if v.major == 0 { // want condition_true: true | condition_false: false
		return v.major > 0 // want comparison_boundary: v.major >= 0
	}
	w.major = 0
	if v.major != 0 { // want condition_true: true | condition_false: false
		g()
		return v.major > 0 // want comparison_boundary: v.major >= 0
	}
	if v.minor != 0 { // want condition_true: true | condition_false: false
		w.major = 1
		return v.minor > 0 // want comparison_boundary: v.minor >= 0 [ignored: no value that comes here tells the difference]
	}
	return true
}

func lengths(list []string, other []string) (n int) {
	size := len(list)
	for i := range list {
		if size > 1 && i < size-1 { // want condition_true: true || (size > 1 && i < size-1) | condition_false: false && (size > 1 && i < size-1) | logical_operand: size > 1 | logical_operand: i < size-1 [ignored: the other side says so too] | comparison_boundary: size >= 1 [ignored: no value that comes here tells the difference] | comparison_boundary: i <= size-1
			n++
		}
		if len(other) > 1 && i < len(list)-1 { // want condition_true: true | condition_false: false | logical_operand: len(other) > 1 | logical_operand: i < len(list)-1 | comparison_boundary: len(other) >= 1 | comparison_boundary: i <= len(list)-1
			n++
		}
	}
	return n
}

func loops(n int, list []int, g func(*int)) (m int) {
	if n == 0 { // want condition_true: true | condition_false: false
		return 0
	}
	for _, x := range list {
		if n != 0 { // want condition_true: true | condition_false: false
			m += x
		}
		if x == 0 { // want condition_true: true | condition_false: false
			continue
		}
		m += x
		if x != 0 { // want condition_true: true [ignored: it is always true here] | condition_false: false
			n--
		}
	}
	k := n
	g(&k)
	if k == n { // want condition_true: true | condition_false: false
		m++
	}
	func() {
		if n == 3 { // want condition_true: true | condition_false: false
			m++
		}
	}()
	if m == 3 { // want condition_true: true | condition_false: false
		return 1
	}
	func() { m++ }()
	if m == 3 { // want condition_true: true | condition_false: false
		return 1
	}
	return m
}

func shared(n int, g func(), c chan func()) int {
	_ = n
	c <- func() {
		_ = n
		if n == 0 { // want condition_true: true | condition_false: false
			return
		}
		g()
		if n != 0 { // want condition_true: true | condition_false: false
			g()
		}
	}
	n = 0
	k := n + 1
	c <- func() {
		if k == 0 { // want condition_true: true | condition_false: false
			return
		}
		g()
		if k != 0 { // want condition_true: true [ignored: it is always true here] | condition_false: false
			g()
		}
	}
	return n
}

func cases(n int, f float64) int {
	switch {
	case n < 0: // want condition_true: true | condition_false: false | comparison_boundary: n <= 0
		return 0
	case n >= 0: // want condition_true: true [ignored: it is always true here] | condition_false: false | comparison_boundary: n > 0
		return 1
	}
	switch n {
	case 1, 2:
		return 3
	case 3:
		if n > 2 { // want condition_true: true [ignored: it is always true here] | condition_false: false | comparison_boundary: n >= 2 [ignored: no value that comes here tells the difference]
			return 4
		}
		fallthrough
	case 4:
		if n == 4 { // want condition_true: true | condition_false: false
			return 5
		}
	}
	if f == 0 { // want condition_true: true | condition_false: false
		return 6
	}
	if f != 0 { // want condition_true: true | condition_false: false
		return 7
	}
	return 8
}
`, "condition_true", "condition_false", "logical_operand", "comparison_boundary")
}

// TestNeverFails: errors that are always nil.
func TestNeverFails(t *testing.T) {
	checkWants(t, `package m

import (
	"bytes"
	"errors"
	"strings"
)

func now() (int, error) { return 1, nil }

func later() (int, error) {
	n, err := now()
	if err != nil { // want error_branch: false [ignored: it is always false here]
		return 0, err // want error_swallow: return 0, nil [ignored: the error is always nil]
	}
	return n, err // want error_swallow: return n, nil [ignored: the error is always nil]
}

func again() (int, error) { return now() }

func fails(n int) error {
	if n > 3 {
		return errors.New("no") // want error_swallow: _ = errors.New; return nil
	}
	return nil
}

func named() (err error) {
	defer func() { err = fails(5) }()
	return nil
}

var buf bytes.Buffer

func use(n int, walk func(func(string, error) error)) error {
	_, err := again()
	if err != nil { // want error_branch: false [ignored: it is always false here]
		return err // want error_swallow: return nil [ignored: the error is always nil]
	}
	if err := buf.WriteByte('x'); err != nil { // want error_branch: false [ignored: it is always false here]
		panic(err)
	}
	var b strings.Builder
	if _, err := b.WriteString("x"); err != nil { // want error_branch: false [ignored: it is always false here]
		panic(err)
	}
	walk(func(s string, err error) error {
		if err != nil { // want error_branch: false
			return err // want error_swallow: return nil
		}
		return named() // want error_swallow: _ = named(); return nil
	})
	if _, err := buf.WriteTo(nil); err != nil { // want error_branch: false
		panic(err)
	}
	if err := named(); err != nil { // want error_branch: false
		panic(err)
	}
	err2 := fails(n)
	if err2 != nil { // want error_branch: false
		return err2 // want error_swallow: return nil
	}
	return nil
}
`, "error_branch", "error_swallow")
}

// TestGroups: what a pattern matches wherever it matches.
func TestGroups(t *testing.T) {
	checkWants(t, `package m

import (
	"fmt"
	"regexp"
)

const number = "([0-9]+)(\\.[0-9]+)?"

var later *regexp.Regexp

func init() {
	signs := "-|"
	later = regexp.MustCompile(fmt.Sprintf("^(%s)(%s)$", signs, number))
}

var open = regexp.MustCompile(number)

func parse(s string, g func([]string)) int {
	m := later.FindStringSubmatch(s)
	if m == nil { // want condition_true: true | condition_false: false
		return 0
	}
	if m[1] == "" { // want condition_true: true | condition_false: false
		return 1
	}
	if m[2] == "" || m[4] == "" { // want condition_true: true | condition_false: false | logical_operand: m[2] == "" | logical_operand: m[4] == "" [ignored: it is always false here]
		return 2
	}
	if len(m[3]) > 0 { // want condition_true: true [ignored: it is always true here] | condition_false: false
		return 3
	}
	return 4
}

func changed(s string, p []string, g func([]string)) bool {
	m := open.FindStringSubmatch(s)
	g(m)
	n := later.FindStringSubmatch(s)
	n[2] = ""
	if m[1] == "" || n[2] == "" { // want condition_true: true | condition_false: false | logical_operand: m[1] == "" | logical_operand: n[2] == ""
		return true
	}
	if len(p) > 1 && p[2] == "" { // want condition_true: true | condition_false: false | logical_operand: len(p) > 1 | logical_operand: p[2] == ""
		p = later.FindStringSubmatch(s)
	}
	return false
}
`, "condition_true", "condition_false", "logical_operand")
}

// TestGroupsUncertain: the pattern may have become another, and the match too.
func TestGroupsUncertain(t *testing.T) {
	checkWants(t, `package m

import "regexp"

var (
	kept      = regexp.MustCompile("^(a+)$")
	given     = regexp.MustCompile("^(a+)$")
	ranged    = regexp.MustCompile("^(a+)$")
	bracketed = regexp.MustCompile("^(a+)$")
)

func ofPatterns(s string) int {
	a, b := kept.FindStringSubmatch(s), given.FindStringSubmatch(s)
	if a == nil { // want condition_true: true | condition_false: false
		return 0
	}
	if a[1] == "" { // want condition_true: true | condition_false: false [ignored: it is always false here]
		return 1
	}
	if b[1] == "" { // want condition_true: true || (b[1] == "") | condition_false: false && (b[1] == "")
		return 2
	}
	c := ranged.FindStringSubmatch(s)
	if c[1] == "" { // want condition_true: true || (c[1] == "") | condition_false: false && (c[1] == "")
		return 3
	}
	d := bracketed.FindStringSubmatch(s)
	if d[1] == "" { // want condition_true: true || (d[1] == "") | condition_false: false && (d[1] == "")
		return 4
	}
	return 0
}

func ofMatches(s string, list []string) int {
	a, b, c := kept.FindStringSubmatch(s), kept.FindStringSubmatch(s), kept.FindStringSubmatch(s)
	if a == nil { // want condition_true: true | condition_false: false
		return 0
	}
	for _, a[1] = range list {
	}
	if a[1] == "" { // want condition_true: true | condition_false: false
		return 1
	}
	for b[1] = range map[string]bool{"": true} {
	}
	if b[1] == "" { // want condition_true: true | condition_false: false
		return 2
	}
	p := &(c[1])
	*p = ""
	if c[1] == "" { // want condition_true: true | condition_false: false
		return 3
	}
	return 0
}
-- other.go --
package m

import "regexp"

func init() {
	set(&given)
	for _, ranged = range []*regexp.Regexp{regexp.MustCompile("")} {
	}
	(bracketed) = regexp.MustCompile("")
}

func set(re **regexp.Regexp) { *re = regexp.MustCompile("") }
`, "condition_true", "condition_false")
}

// TestSettled: what is asked of a call that gets constants only.
func TestSettled(t *testing.T) {
	checkWants(t, `package m

import (
	"errors"
	"net/url"
	"strings"
)

var errParts = errors.New("parts")

var strict = true

type version struct{ major string }

func parse(s string) (*version, error) {
	parts := strings.Split(s, ".")
	v := &version{}
	if len(parts) != 3 { // want condition_false: false
		return nil, errParts
	}
	v.major = parts[0]
	return v, nil
}

func loose(s string) (*version, error) {
	if strict { // want condition_false: false
		return nil, errParts
	}
	return parse(s)
}

func use(s string) (*version, error) {
	v, err := parse("0.0.0")
	if err != nil { // want error_branch: false [ignored: a call with constants fails always or never]
		return nil, err
	}
	if _, err := url.Parse("http://localhost"); err != nil { // want error_branch: false [ignored: a call with constants fails always or never]
		return nil, err
	}
	if _, err := loose("0"); err != nil { // want error_branch: false
		return v, err
	}
	w, err2 := parse(s)
	if err2 != nil { // want error_branch: false
		return v, err2
	}
	return w, nil
}
`, "error_branch", "condition_false")
}
