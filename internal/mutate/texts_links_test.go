package mutate

import "testing"

// TestTextLinks: what one value tells of the string that it was made of, and when it does
// not any more.
func TestTextLinks(t *testing.T) {
	checkTexts(t, `
import (
	"errors"
	"regexp"
	"strings"
)

var (
	strict  = regexp.MustCompile("^(0|[1-9][0-9]*)(\\.(?:0|[1-9][0-9]*))?(-((?:[a-z]+)(?:\\.[a-z]+)*))?$")
	loose   = regexp.MustCompile("^([0-9]+)(\\.[0-9]+)?(-([0-9a-z]+(\\.[0-9a-z]+)*))?$")
	letters = regexp.MustCompile("^[a-z]*$")
	mixed   = regexp.MustCompile("^[.0-9a-z]*$")

	errZero = errors.New("zero")
	errWord = errors.New("word")
	errNone error
)

func word(s string) error {
	for _, p := range strings.Split(s, ".") {
		if p == "" || !letters.MatchString(p) { // want open
			return errWord
		}
	}
	return nil
}

// explain gets what strict has refused and loose has not: if neither number begins with
// a zero, the word is there, and is at fault.
func explain(m []string) error {
	if len(m[1]) > 1 && m[1][0] == '0' { // want open
		return errZero
	}
	if m[2] != "" { // want open
		v := strings.TrimPrefix(m[2], ".")
		if len(v) > 1 && v[0] == '0' { // want open
			return errZero
		}
	}
	if m[4] != "" { // want yes
		if err := word(m[4]); err != nil { // want yes
			return err
		}
	}
	return nil
}

func parse(s string) error {
	m := strict.FindStringSubmatch(s)
	if m == nil { // want open
		m = loose.FindStringSubmatch(s)
		if m == nil { // want open
			return errWord
		}
		if err := explain(m); err != nil { // want yes
			return err
		}
	}
	return nil
}

// first does not look at the second number.
func first(m []string) error {
	if len(m[1]) > 1 && m[1][0] == '0' { // want open
		return errZero
	}
	if m[4] != "" { // want open
		return word(m[4])
	}
	return nil
}

func some(s string) error {
	if m := strict.FindStringSubmatch(s); m != nil { // want open
		return nil
	}
	m := loose.FindStringSubmatch(s)
	if m == nil { // want open
		return errWord
	}
	if err := first(m); err != nil { // want open
		return err
	}
	return none(m)
}

// none returns what may be nil.
func none(m []string) error {
	if m[1] == "7" { // want open
		return errNone
	}
	if m[1] == "x" { // want no
		return nil
	}
	return errZero
}

func after(s string) int {
	if m := loose.FindStringSubmatch(s); m == nil || none(m) == nil { // want open
		return 0
	}
	s += "a"
	if !mixed.MatchString(s) { // want open
		return 0
	}
	err := word(s)
	if err == nil { // want open
		if s == "7" || strings.Contains(s, "..") { // want no
			return 1
		}
	}
	err = word(s)
	s += "7"
	if err == nil { // want open
		if s == "7" { // want open
			return 2
		}
	}
	if letters.MatchString(s) { // want open
		s = strings.TrimPrefix(s, "a")
		if s != "b" { // want open
			return 3
		}
		if strings.Contains(s, "7") { // want no
			return 4
		}
	}
	return 5
}

func pieces(s string, n int) int {
	if !loose.MatchString(s) { // want open
		return 0
	}
	for _, p := range strings.Split(s, ".") {
		if !letters.MatchString(p) { // want open
			break
		}
	}
	if letters.MatchString(s) { // want no
		return 1
	}
	if s == "7.7" { // want open
		return 2
	}
	for _, p := range strings.Split(s, ".") {
		if n == 3 { // want open
			continue
		}
		if p == "7" { // want open
			return 3
		}
	}
	if s == "7.8" { // want open
		return 4
	}
	for _, p := range strings.Split(s, ".") {
		if p == "7" { // want open
			p = "8"
		}
		if p == "7" { // want no
			return 5
		}
	}
	if s == "7.9" { // want open
		return 6
	}
	parts := strings.Split(s, ".")
	s += ".7"
	for _, p := range parts {
		if p == "7" { // want open
			return 7
		}
	}
	if s == "8.7" { // want open
		return 8
	}
	for _, p := range strings.Split(s, ".") {
		if p == "7" { // want open
			return 9
		}
		s = "7"
	}
	if s == "7" { // want open
		return 10
	}
	t := s + "7"
	if !loose.MatchString(t) { // want open
		return 11
	}
	for _, p := range strings.Split(t, ".") {
		if p == "7" { // want open
			return 12
		}
	}
	if t == "7" || t == "8.7" { // want no
		return 13
	}
	return 14
}
`)
}

// TestDeclaredErrors: an error that is declared is there as long as nobody sets it.
func TestDeclaredErrors(t *testing.T) {
	const src = `package m

import (
	"errors"
	"regexp"
)

var (
	small  = regexp.MustCompile("^[a-z]$")
	Wrong = errors.New("wrong")
)

func check(s string) error {
	if s != "7" {
		return Wrong
	}
	return nil
}

func F(s string) bool {
	if !small.MatchString(s) {
		return false
	}
	err := check(s)
	return s == "a" || g(err, s)
}

func g(err error, s string) bool {
	if !small.MatchString(s) {
		return false
	}
	if check(s) == nil {
		return true
	}
	return false
}
`
	for name, c := range map[string]struct {
		files string
		want  bool
	}{
		"no tests":      {"", true},
		"compared":      {"-- a_test.go --\npackage m\n\nvar x = errors.Is(err, Wrong) && err == Wrong\n", true},
		"set":           {"-- a_test.go --\npackage m\n\nfunc x() { Wrong = nil }\n", false},
		"set elsewhere": {"-- a_test.go --\npackage m_test\n\nfunc x() { m.Wrong = nil }\n", false},
		"pointed to":    {"-- a_test.go --\npackage m_test\n\nvar x = &m.Wrong\n", false},
		"set here":      {"-- b.go --\npackage m\n\nfunc H() { Wrong = nil }\n", false},
		"no Go":         {"-- a_test.go --\npackage m\n\nWrong = nil\n", false},
	} {
		p := loadArchive(t, "-- go.mod --\nmodule m\n\ngo 1.24\n-- m.go --\n"+src+c.files).Packages[0]
		never := false
		for _, m := range Find(p, pick(t, "condition_false")) {
			never = never || m.Function == "g" && m.Reason == matchedFalse && m.Edits[0].Original == "check(s) == nil"
		}
		if never != c.want {
			t.Errorf("%s: never nil: %t", name, never)
		}
	}
}
