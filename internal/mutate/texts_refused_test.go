package mutate

import "testing"

// TestTextsRefused: what anybody else may have changed, and what may panic, is open.
func TestTextsRefused(t *testing.T) {
	checkTexts(t, `
import (
	"os"
	"regexp"
	"strings"
)

var (
	word    = regexp.MustCompile("^([a-c]+)$")
	Public  = regexp.MustCompile("^([a-c]+)$")
	set     = regexp.MustCompile("^([a-c]+)$")
	passed  = regexp.MustCompile("^([a-c]+)$")
	decoded = regexp.MustCompile("^([a-c]+)$")
	unknown = regexp.MustCompile(os.Getenv("PATTERN"))
)

func init() {
	set = regexp.MustCompile(".*")
	change(&passed)
	decoded.UnmarshalText(nil)
}

func change(re **regexp.Regexp) { *re = regexp.MustCompile(".*") }

type pair struct{ a, b string }

func patterns(s string) int {
	if Public.MatchString(s) { // want open
		if s == "" { // want open
			return 1
		}
	}
	if set.MatchString(s) { // want open
		if s == "" { // want open
			return 2
		}
	}
	if passed.MatchString(s) { // want open
		if s == "" { // want open
			return 3
		}
	}
	if decoded.MatchString(s) { // want open
		if s == "" { // want open
			return 4
		}
	}
	if unknown.MatchString(s) { // want open
		if s == "" { // want open
			return 5
		}
	}
	return 0
}

func variables(s string, more func(), write func(*string)) int {
	if !word.MatchString(s) { // want open
		return 0
	}
	if s == "" { // want no
		return 1
	}
	for i := 0; i < 3; i++ { // want open
		if s == "" { // want open
			return 2
		}
		s = s[1:]
	}
	if s == "" { // want open
		return 3
	}
	t := s
	if word.MatchString(t) { // want open
		t += s
		if t == "" { // want open
			return 4
		}
	}
	if word.MatchString(t) { // want open
		t, s = s, t
		if t == "" { // want open
			return 5
		}
	}
	if word.MatchString(t) { // want open
		write(&t)
		if t == "" { // want open
			return 6
		}
	}
	u := t
	if word.MatchString(u) { // want open
		more = func() { u = "" }
		more()
		if u == "" { // want open
			return 7
		}
	}
	return 8
}

func lists(s string, write func([]string), keep map[string][]string) int {
	m := word.FindStringSubmatch(s)
	if m == nil { // want open
		return 0
	}
	if m[1] == "x" { // want no
		return 1
	}
	m[1] = "x"
	if m[1] == "x" { // want open
		return 2
	}
	n := word.FindStringSubmatch(s)
	if n == nil { // want no
		return 3
	}
	write(n)
	if n[1] == "x" { // want open
		return 4
	}
	o := word.FindStringSubmatch(s)
	if o == nil { // want no
		return 5
	}
	keep["o"] = o
	if o[1] == "x" { // want open
		return 6
	}
	p := word.FindStringSubmatch(s)
	if p == nil { // want no
		return 7
	}
	writes(p)
	if p[1] == "x" { // want open
		return 8
	}
	q := word.FindStringSubmatch(s)
	if q == nil { // want no
		return 9
	}
	if reads(q) == 3 { // want open
		return 10
	}
	if q[1] == "x" { // want no
		return 11
	}
	for _, q[1] = range keep["o"] {
	}
	if q[1] == "x" { // want open
		return 12
	}
	parts := strings.Split(s, ".")
	again := parts
	again[0] = "x"
	for _, part := range parts {
		if part == "x" { // want open
			return 13 + len(part)
		}
	}
	return 14
}

func writes(list []string) { alias := list; alias[1] = "x" }

func reads(list []string) int { return len(list[1]) }

func structs(s string, write func(*pair), p *pair) int {
	m := word.FindStringSubmatch(s)
	if m == nil { // want open
		return 0
	}
	v := &pair{a: m[1]}
	if v.a == "x" || v.b != "" { // want no
		return 1
	}
	v.b = s
	if v.b == "x" { // want no
		return 2
	}
	write(v)
	if v.a == "x" { // want open
		return 3
	}
	v.a = m[1]
	if v.a == "x" { // want open
		return 4
	}
	w := pair{m[1], m[1]}
	r := &w
	r.a = "x"
	if w.a == "x" { // want open
		return 5
	}
	x := &pair{a: m[1]}
	y := x
	y.a = "x"
	if x.a == "x" { // want open
		return 6
	}
	if p.a = m[1]; p.a == "x" { // want open
		return 7
	}
	z := &pair{a: m[1]}
	z.set()
	if z.a == "x" { // want open
		return 8
	}
	z = &pair{a: m[1]}
	z, p = p, z
	if z.a == "x" { // want open
		return 9
	}
	return 10
}

func (p *pair) set() { p.a = "x" }

func ways(s string, list []string, c chan string) int {
	if word.MatchString(s) { // want open
		s += "!"
	}
	if s == "" { // want open
		return 1
	}
loop:
	for _, s = range list {
		switch {
		case word.MatchString(s): // want open
			break loop
		case s == "x": // want open
			s = ""
			break
		}
		if s == "" { // want open
			continue
		}
	}
	if s == "x" { // want open
		return 2
	}
	if word.MatchString(s) { // want open
		select {
		case s = <-c:
		default:
		}
		if s == "x" { // want open
			return 3
		}
	}
	if word.MatchString(s) { // want open
		switch len(list) {
		case 1:
			s = "x"
			fallthrough
		case 2:
			if s == "x" { // want open
				return 4
			}
		}
	}
	if s == "x" { // want open
		return 5
	}
	return 6
}

func jumps(s string) int {
	if !word.MatchString(s) { // want open
		return 0
	}
again:
	if s == "x" { // want open
		return 1
	}
	s = "x"
	goto again
}

// A constant in the place of what may panic, or never ends, is another program.
func risks(s string, n int, list []string) int {
	m := word.FindStringSubmatch(s)
	if m[1][0] == 'x' { // want open
		return 1
	}
	if !word.MatchString(s) { // want open
		return 2
	}
	if t := s[1:]; t[0] < 'a' || s != "x" { // want open
		n++
	}
	if s == list[n] && s == "x" { // want open
		return 3
	}
	if panics(s) { // want open
		return 4
	}
	if waits(s) { // want open
		return 5
	}
	if recovers(s) { // want open
		return 6
	}
	if named(s) { // want open
		return 7
	}
	if never(s) { // want no
		return 8
	}
	return 9 + len(m)
}

func panics(s string) bool {
	if s == "aa" { // want open
		panic(s)
	}
	return s == "x"
}

func waits(s string) bool {
	for s != "a" { // want open
	}
	return s == "x"
}

func recovers(s string) bool {
	defer func() { recover() }()
	return s != "x"
}

func named(s string) (yes bool) {
	defer func() { yes = true }()
	return s == "x"
}

func never(s string) bool { return s == "x" }
`)
}

// TestTextsOfCallers: what a function gets is known where nobody else calls it.
func TestTextsOfCallers(t *testing.T) {
	const src = `package m

import "regexp"

var word = regexp.MustCompile("^([a-c]+)(x)?$")

func f(s string) int {
	m := word.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	if twice(m[2]) == 2 {
		return 3
	}
	other(m[1])
	value(m[1])
	Public(m[1])
	return only(m) + both(m[1])
}

func g(s string, call func(func(string) int)) int {
	call(value)
	other(s)
	if m := word.FindStringSubmatch(s); m != nil {
		return both(m[2])
	}
	return only([]string(nil))
}

func only(m []string) int {
	if m[1] == "" {
		return 1
	}
	return 0
}

func both(s string) int {
	if s == "y" {
		return 1
	}
	return 0
}

func other(s string) int {
	if s == "y" {
		return 1
	}
	return 0
}

func value(s string) int {
	if s == "y" {
		return 1
	}
	return 0
}

func Public(s string) int {
	if s == "y" {
		return 1
	}
	return 0
}

func twice(s string) int {
	if s == "xx" {
		return twice(s + "x")
	}
	return 0
}
`
	for name, c := range map[string]struct {
		files string
		want  []string
	}{
		"no tests":           {"", []string{"both"}},
		"a test of another":  {"-- a_test.go --\npackage m_test\n\nfunc both() {}\n", []string{"both"}},
		"a test of its name": {"-- a_test.go --\npackage m\n\nvar x = both(\"y\")\n", nil},
		"a test that sets":   {"-- a_test.go --\npackage m\n\nfunc x() { word = nil }\n", nil},
		"a test that points": {"-- a_test.go --\npackage m\n\nvar x = &word\n", nil},
		"a test that asks":   {"-- a_test.go --\npackage m\n\nvar x = word.MatchString(\"y\")\n", []string{"both"}},
	} {
		p := loadArchive(t, "-- go.mod --\nmodule m\n\ngo 1.24\n-- m.go --\n"+src+c.files).Packages[0]
		var got []string
		for _, m := range Find(p, pick(t, "condition_false")) {
			if m.Reason == matchedFalse {
				got = append(got, m.Function)
			}
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s: never true in %q, want %q", name, got, c.want)
		}
	}
}
