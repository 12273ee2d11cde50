package schemata

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

const inlined = `package p

type version struct {
	major, minor uint64
	pre          string
}

func (v version) Major() uint64     { return v.major }
func (v *version) Prerelease() string { return v.pre }

func segment(v, o uint64) int {
	if v < o {
		return -1
	}
	if v > o {
		return 1
	}
	return 0
}

func larger[T int | uint](a, b T) bool { return a > b }

func skip(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	return i
}

func words(text string) (n int) {
	for i := skip(text, 0); i < len(text); i = skip(text, i) {
		n++
	}
	return n
}
`

// TestFunctionsStayInlined asks the compiler: small functions are inlined where
// they are called, larger ones where quiet functions call them.
func TestFunctionsStayInlined(t *testing.T) {
	t.Parallel()
	dir := module(t, map[string]string{"go.mod": "module h\n\ngo 1.24\n", "p/p.go": inlined})
	p := loadPackage(t, dir, "./p")
	r, err := Instrument(p, mutate.Find(p, mutate.Operators()))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-gcflags=-m", "-overlay", overlay(t, r), "./p")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"version.Major", "(*version).Prerelease", "segment"} {
		if !strings.Contains(string(out), "can inline "+name+"\n") {
			t.Errorf("%s is not inlined:\n%s", name, out)
		}
	}
	if n := len(regexp.MustCompile(`inlining call to evilution_p\d+_skip\n`).FindAll(out, -1)); n < 2 {
		t.Errorf("the twin of skip is inlined %d times:\n%s", n, out)
	}
}

// TestTwins: who has one, and who calls one?
func TestTwins(t *testing.T) {
	numbered, plain := &function{quiet: true, number: 1}, &function{quiet: true}
	loud := &function{number: 2}
	for _, c := range []struct {
		name    string
		callers []*function
		want    bool
	}{
		{"nobody calls it", nil, false},
		{"a quiet function calls it", []*function{numbered}, true},
		{"one without a number", []*function{plain}, false},
		{"a loud one", []*function{loud}, false},
		{"one of them", []*function{loud, plain, numbered}, true},
	} {
		if got := (&function{quiet: true, number: 3, callers: c.callers}).hasTwin(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	calls := []call{{callee: plain}, {callee: numbered}}
	if got := (&function{quiet: true, calls: calls}).twinCalls(); len(got) != 1 || got[0].callee != numbered {
		t.Errorf("it calls the twins of %v", got)
	}
	if got := (&function{calls: calls}).twinCalls(); got != nil {
		t.Errorf("a loud function calls the twins of %v", got)
	}
}
