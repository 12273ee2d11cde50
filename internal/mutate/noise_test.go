package mutate

import (
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

func TestNoise(t *testing.T) {
	checkWants(t, `package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"
)

func main() {
	n := 1
	flag.IntVar(&n, "n", n+1, "") // want statement_removal: _ = flag.IntVar [ignored: call of flag.IntVar] | arithmetic: n-1 [ignored: argument of flag.IntVar]
	slog.Info("x", "n", n*2) // want statement_removal: _ = slog.Info [ignored: call of slog.Info] | arithmetic: n/2 [ignored: argument of slog.Info]
	fmt.Fprintln(os.Stderr, n) // want statement_removal: _ = os.Stderr [ignored: call of fmt.Fprintln]
	time.Sleep(time.Second) // want statement_removal: _ = time.Sleep [ignored: call of time.Sleep]
	var b strings.Builder
	b.Grow(n) // want statement_removal: [ignored: call of strings.Builder.Grow]
	fmt.Fprintln(&b, n+2) // want statement_removal: | arithmetic: n-2
	dead() // want statement_removal:
}

func dead() int {
	panic("x") // want statement_removal:
	dead() // want statement_removal: [ignored: code that nothing reaches]
	return 1 + 2 // want arithmetic: 1 - 2 [ignored: code that nothing reaches]
}
`, "statement_removal", "arithmetic")
}

// Patterns of calls are the user's to add.
func TestCallPatterns(t *testing.T) {
	p := loadSource(t, `package m

type logger struct{}

func (logger) Debugf(string) {}
func (logger) Close() {}

func f(l *logger) {
	l.Debugf("x")
	l.Close()
}
`)
	for _, test := range []struct {
		pattern string
		ignored int
	}{{"m.logger.Debugf", 1}, {"*.Debug*", 1}, {"m.*", 2}, {"Debugf", 0}, {"other.*", 0}} {
		o := Options{Operators: pick(t, "statement_removal"), Calls: []string{test.pattern}}
		ignored := 0
		for _, c := range o.Find(p) {
			if c.Status == mutant.Ignored {
				ignored++
			}
		}
		if ignored != test.ignored {
			t.Errorf("%s: %d ignored, want %d", test.pattern, ignored, test.ignored)
		}
	}
}

// A /*+*/ stands on a line for each mutant that is made there; all others are
// ignored.
func TestDisable(t *testing.T) {
	src := `package m

func f(a, b int, g func(int) bool) bool {
	_ = a + b //evilution:disable -- the first line
	_ = a + b /*+*/
	//evilution:disable
	if g(
		a + b) {
		_ = a - b
	}
	_ = a + b /*+*/
	_ = g(a + b) && /*+*/ //evilution:disable logical_swap
		g(b)
	//evilution:disable comparison_negation, arithmetic -- many
	// and more words
	_ = a+b == b || a > 0 /*+*/
	//evilution:disable
	_ = a + b
	_ = a - b
	//evilution:enable
	_ = a - b /*+*/
	return true
}

// h adds.
//
//evilution:disable arithmetic
func h(a, b int) bool {
	return a+b == 3 /*+*/
}

var table = []int{
	len(xs) + 1, //evilution:disable
	len(xs) + 2, /*+*/
}

var xs []int
`
	for _, end := range []string{"\n", "\r\n"} {
		text := strings.ReplaceAll(src, "\n", end)
		p := loadSource(t, text)
		got := map[int]int{}
		for _, c := range Find(p, pick(t, "arithmetic", "comparison_negation", "logical_swap")) {
			switch {
			case c.Status != mutant.Ignored:
				got[c.Line]++
			case !strings.HasPrefix(c.Reason, "disabled by a comment"):
				t.Errorf("%s: %s", describe(c), c.Reason)
			}
		}
		for i, line := range strings.Split(text, end) {
			if want := strings.Count(line, "/*+*/"); got[i+1] != want {
				t.Errorf("line %d: %s: %d mutants, want %d", i+1, line, got[i+1], want)
			}
		}
	}
}

func TestDisableFile(t *testing.T) {
	p := loadSource(t, "// Text.\n\n//evilution:disable -- all of it\npackage m\n\nvar x = true\n\nfunc f(a int) int { return a + 1 }\n")
	for _, c := range Find(p, Operators()) {
		if c.Status != mutant.Ignored || c.Reason != "disabled by a comment: all of it" {
			t.Errorf("%s: %s %s", describe(c), c.Status, c.Reason)
		}
	}
}

func TestDisableUnknown(t *testing.T) {
	p := loadSource(t, "package m\n\n//evilution:disable aritmetic, bitwise\nvar x = true\n")
	notes := Notes(p)
	if len(notes) != 1 || !strings.Contains(notes[0], `m.go:3: unknown operator "aritmetic"`) || !strings.Contains(notes[0], `"arithmetic"?`) {
		t.Errorf("notes %q", notes)
	}
}
