package mutate

import (
	"cmp"
	"strings"
	"testing"
)

// checkTexts compares what is decided of the conditions in src with what its comments say:
// yes, no, or open. That something else decides one counts as open.
func checkTexts(t *testing.T, src string) {
	t.Helper()
	src = "package m\n" + src
	got := map[int]string{}
	for _, c := range Find(loadSource(t, src), pick(t, "condition_true", "condition_false", "error_branch")) {
		switch c.Reason {
		case matchedTrue:
			got[c.Line] = "yes"
		case matchedFalse:
			got[c.Line] = "no"
		case unreached:
			got[c.Line] = "unreached"
		default:
			got[c.Line] = cmp.Or(got[c.Line], "open")
		}
	}
	for i, line := range strings.Split(src, "\n") {
		if _, want, _ := strings.Cut(line, "// want "); got[i+1] != want {
			t.Errorf("line %d: %s\n got %q", i+1, line, got[i+1])
		}
	}
}

// TestValidators: what a pattern has seen to is checked again, by functions that can fail
// for other strings, and by one that can fail for these.
func TestValidators(t *testing.T) {
	checkTexts(t, `
import (
	"errors"
	"regexp"
	"strings"
)

var strict, loose *regexp.Regexp

func init() {
	strict = regexp.MustCompile("^v?(0|[1-9][0-9]*)(-((?:0|[1-9][0-9]*|[0-9]*[a-z][0-9a-z]*)(\\.(?:0|[1-9][0-9]*|[0-9]*[a-z][0-9a-z]*))*))?$")
	loose = regexp.MustCompile("^v?([0-9]+)(-([0-9a-z]+(\\.[0-9a-z]+)*))?$")
}

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyz" + digits
)

type version struct {
	pre, text string
}

func only(s, list string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune(list, r)
	}) == -1
}

func check(s string) error {
	for _, p := range strings.Split(s, ".") {
		if p == "" { // want open
			return errors.New("empty")
		} else if only(p, digits) { // want open
			if len(p) > 1 && p[0] == '0' { // want open
				return errors.New("zero")
			}
		} else if !only(p, letters) { // want open
			return errors.New("letter")
		}
	}
	return nil
}

func parse(s string) (*version, error) {
	m := strict.FindStringSubmatch(s)
	if m == nil { // want open
		return nil, errors.New("no match")
	}
	v := &version{pre: m[3], text: s}
	if v.pre != "" { // want open
		if err := check(v.pre); err != nil { // want no
			return nil, err
		}
	}
	if err := check(m[3]); err != nil { // want open
		return nil, err // empty
	}
	if err := check(m[1]); err != nil { // want no
		return nil, err
	}
	if err := check(s); err != nil { // want open
		return nil, err
	}
	return v, nil
}

func coerce(s string) (*version, error) {
	m := loose.FindStringSubmatch(s)
	if m == nil { // want open
		return nil, errors.New("no match")
	}
	v := &version{pre: m[3], text: s}
	if v.pre != "" { // want open
		if err := check(v.pre); err != nil { // want open
			return nil, err // leading zeros
		}
		if only(v.pre, letters) { // want open
			return nil, nil
		}
		if !only(v.pre, letters+".") { // want no
			return nil, nil
		}
	}
	if !only(m[1], digits) { // want no
		return nil, nil
	}
	if !only(m[1], letters) { // want no
		return nil, nil
	}
	return v, nil
}
`)
}

// TestTextConditions: which conditions on strings are understood.
func TestTextConditions(t *testing.T) {
	checkTexts(t, `
import (
	"regexp"
	"strings"
)

var (
	word  = regexp.MustCompile("^([a-c]+)(=([0-9]{2}))?$")
	first = regexp.MustCompile("a|b|c")
	wild  = regexp.MustCompile("\\b(x+)")
)

func f(s string, other []string, g func(string) bool) int {
	if !word.MatchString(s) { // want open
		return 0
	}
	if s == "" { // want no
		return 1
	}
	if len(s) > 40 { // want open
		return 2
	}
	if first.FindAllString(s, -1) == nil { // want no
		return 3
	}
	if first.FindStringIndex(s) != nil { // want yes
		g(s)
	}
	if strings.HasPrefix(s, "x") || s[0] == '=' { // want no
		return 4
	}
	if strings.Contains(s, "==") { // want no
		return 5
	}
	if strings.HasSuffix(s, "=") { // want no
		return 6
	}
	if strings.ContainsAny(s, "xyz") { // want no
		return 7
	}
	if strings.IndexByte(s, '=') < 0 && !first.MatchString(s) { // want no
		return 8
	}
	if strings.Index(s, "=") == -1 { // want open
		if 'a' > s[0] || s[0] > 'c' { // want no
			return 9
		}
	}
	for _, r := range s {
		if r >= 'd' { // want no
			return 10
		}
		if r == '=' || r == '0' { // want open
			return 11
		}
	}
	if s[1] == 'x' { // want open
		return 16
	}
	switch {
	case len(s) > 1 && s[1] == '!': // want open
		return 12
	case s == "a": // want open
		return 13
	case !strings.Contains(s, "x"): // want yes
		return 14
	}
	return 15
}

func groups(s string) int {
	m := word.FindStringSubmatch(s)
	if m[1] == "" { // want open
		return 1
	}
	if m[3] == "" || len(m[3]) == 2 { // want open
		s += "x"
	}
	if m != nil && m[3] != "" && len(m[3]) != 2 { // want no
		return 3
	}
	n := wild.FindStringSubmatch(s)
	if n == nil { // want open
		return 4
	}
	if n[1][0] == 'x' { // want yes
		return 5
	}
	return 6
}

func find(s string) bool {
	found := first.FindString(s)
	if found == "" { // want open
		return false
	}
	if len(found) != 1 { // want no
		return true
	}
	return found == "a"
}

// inTurn: bytes that are no UTF-8 are one byte each.
func inTurn(s string) int {
	if !regexpAny.MatchString(s) { // want open
		return 0
	}
	if len(s) == 1 || len(s) == 3 { // want open
		return 1
	}
	if len(s) > 4 || len(s) < 1 { // want no
		return 2
	}
	return 3
}

var regexpAny = regexp.MustCompile("^(?s:.)$")
`)
}
