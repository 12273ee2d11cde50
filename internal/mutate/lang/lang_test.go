package lang

import (
	"fmt"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestMatching(t *testing.T) {
	samples := []string{"", "a", "b", "ab", "aab", "abc", "A", "\n", "a\n", "\nb", "é", "K", "\u212a", "\xff", "a\xffb", "\ufffd", "0", "10", "1.0", "a.b", "世"}
	for _, pattern := range []string{
		``, `^$`, `a`, `^a`, `a$`, `^a$`, `^a*b$`, `a|b`, `(^a|b$)`, `(?i)k`, `(?i)^k+$`, `.`, `^.$`, `(?s)^.$`, `\d+\.\d*`, `[^a]`, `\pL`,
		`a{2}`, `^(a|ab)(c|)$`, `a^b`, `$a`, `^^a`, `\Aa\z`, `x*`, `[^\x00-\x{10FFFF}]`, `^\x{FFFD}$`, `(?:a$|^b)`, `(a*)*`, `(a|b*)+$`,
	} {
		set, re := Matching(pattern), regexp.MustCompile(pattern)
		if set == nil {
			t.Errorf("%q is refused", pattern)
			continue
		}
		for _, s := range samples {
			if set.Has(s) != re.MatchString(s) {
				t.Errorf("%q has %q: %t", pattern, s, set.Has(s))
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for _, pattern := range []string{`\ba`, `a\B`, `(?m)^a`, `(?m)a$`, `(`, `(a|b)*a(a|b){20}$`, `((a{30}){30}){1}b`, `^(?:\pL?a?){300}b$`} {
		if Matching(pattern) != nil {
			t.Errorf("%q is not refused", pattern)
		}
	}
	if Group(`(a)`, 2) != nil || Holding(`(a)`, map[int]*Set{0: All()}) != nil || Holding(`(a)`, map[int]*Set{1: nil}) != nil || Equal("\xff") != nil || Containing("\ufffd") != nil || AnyOf("a\xff") != nil || All().Pieces('é') != nil {
		t.Error("something is not refused")
	}
	var none *Set
	if none.Empty() || none.And(All()) != nil || None().Or(none) != nil || none.Not() != nil || none.Within(All()) || None().Within(none) {
		t.Error("something is known of what is not known")
	}
}

// TestGroup compares with what each group held for all short strings.
func TestGroup(t *testing.T) {
	for _, pattern := range []string{
		`^(a)(b)?(c*)$`, `(a|(b))+`, `(?:(a)|b)*c`, `((a)b?)?c`, `(a*)+`, `(|a)+`, `(a*?)b`, `(a{2,3})`, `(\bab\b)`, `x(?:(a)){2}`, `(^a|b$)`, `(?i)(a)b`, `(a|ab)(c|bcd)?`,
	} {
		re := regexp.MustCompile(pattern)
		for n := range re.NumSubexp() + 1 {
			set := Group(pattern, n)
			held := map[string]bool{}
			everyString("abcx", 5, func(s string) {
				if m := re.FindStringSubmatch(s); m != nil {
					held[m[n]] = true
				}
			})
			for s := range held {
				if !set.Has(s) {
					t.Errorf("%q: group %d held %q", pattern, n, s)
				}
			}
			if !held[""] && n > 0 && set.Has("") && pattern != `(\bab\b)` {
				t.Errorf("%q: group %d is said to be empty at times", pattern, n)
			}
		}
	}
}

func everyString(runes string, most int, do func(string)) {
	do("")
	if most == 0 {
		return
	}
	for _, r := range runes {
		everyString(runes, most-1, func(s string) { do(string(r) + s) })
	}
}

// TestPieces compares with what is left of all short strings, both ways: the alphabet is
// so small that every piece comes of a short string.
func TestPieces(t *testing.T) {
	for _, pattern := range []string{`^a$`, `^(a\.)*b$`, `^a*(\.b+)*$`, `\.`, `^[^.]*$`, `^\.\.$`, `^$`, `a\.b`, `^a\.b\.c$|^c$`} {
		set, re := Matching(pattern).Pieces('.'), regexp.MustCompile(pattern)
		want := map[string]bool{}
		everyString("abc.", 6, func(s string) {
			if re.MatchString(s) {
				for _, piece := range strings.Split(s, ".") {
					want[piece] = true
				}
			}
		})
		everyString("abc.", 2, func(s string) {
			if set.Has(s) != want[s] {
				t.Errorf("%q: %q is a piece: %t", pattern, s, set.Has(s))
			}
		})
	}
}

// TestHolding compares with what groups held for all short strings, both ways: of these
// patterns no string has two matches that fill the groups differently.
func TestHolding(t *testing.T) {
	for _, c := range []struct {
		pattern string
		groups  map[int]string
	}{
		{`^(a*)(b)?$`, map[int]string{1: `^aa$`}},
		{`^(a*)(b)?$`, map[int]string{2: `^$`}},
		{`^(a*)(b)?$`, map[int]string{1: `^a?$`, 2: `b`}},
		{`^(?:(a+|b)x)*$`, map[int]string{1: `b`}},
		{`^(?:(a+|b)x)*$`, map[int]string{1: `^$`}},
		{`^((a|b)+)c?$`, map[int]string{1: `^a`, 2: `b`}},
		{`^(?:(a)|(b))+$`, map[int]string{1: `^$`}},
		{`^(?:(a)|b){2}$`, map[int]string{1: `^a$`}},
		{`^[^x]*x(a*)x`, map[int]string{1: `^aa$`}},
		{`^((.)(.))(.*)$`, map[int]string{1: `^ab$`, 2: `a`, 4: `^c?$`}},
	} {
		sets, exps := map[int]*Set{}, map[int]*regexp.Regexp{}
		for n, pattern := range c.groups {
			sets[n], exps[n] = Matching(pattern), regexp.MustCompile(pattern)
		}
		set, re := Holding(c.pattern, sets), regexp.MustCompile(c.pattern)
		everyString("abcx", 5, func(s string) {
			m := re.FindStringSubmatch(s)
			want := m != nil
			for n, exp := range exps {
				want = want && exp.MatchString(m[n])
			}
			if set.Has(s) != want {
				t.Errorf("%q holding %v has %q: %t", c.pattern, c.groups, s, set.Has(s))
			}
		})
	}
}

// TestPrefixes and what all pieces have, for all short strings.
func TestPrefixes(t *testing.T) {
	for _, pattern := range []string{`^a*$`, `^ab`, `^a`, `c`, `^$`, `^(ab)*c$`, `^[^c]*$`} {
		set, re := Matching(pattern), regexp.MustCompile(pattern)
		for _, prefix := range []string{"", "a", "ab", "c"} {
			trimmed := map[string]bool{}
			everyString("abc", 6, func(s string) {
				if re.MatchString(s) {
					trimmed[strings.TrimPrefix(s, prefix)] = true
				}
				if len(s) < 5 && set.Untrimmed(prefix).Has(s) != re.MatchString(strings.TrimPrefix(s, prefix)) {
					t.Errorf("%q before %q is %q: %t", prefix, pattern, s, set.Untrimmed(prefix).Has(s))
				}
			})
			everyString("abc", 4, func(s string) {
				if set.Trimmed(prefix).Has(s) != trimmed[s] {
					t.Errorf("%q without %q has %q: %t", pattern, prefix, s, !trimmed[s])
				}
			})
		}
		everyString("abc", 5, func(s string) {
			want := !slices.ContainsFunc(strings.Split(s, "b"), func(piece string) bool { return !re.MatchString(piece) })
			if set.OfPieces('b').Has(s) != want {
				t.Errorf("%q has all pieces of %q: %t", pattern, s, !want)
			}
		})
	}
}

func TestLengths(t *testing.T) {
	samples := []string{"", "a", "é", "世", "😀", "\xff", "\xff\xff", "\ufffd", "ab", "aé", "\xe4\xb8", "a\ufffd\xff"}
	for n := range 7 {
		for _, s := range samples {
			if len(s) > n && !Longer(n).Has(s) {
				t.Errorf("%q is not longer than %d", s, n)
			}
			if len(s) <= n && !Shorter(n).Has(s) {
				t.Errorf("%q is longer than %d", s, n)
			}
		}
	}
	if both := Longer(1).And(Shorter(1)); both.Has("é") || both.Has("a") || both.Has("ab") || !both.Has("\ufffd") {
		t.Error("more is in both than what may be one byte or three")
	}
	if !Longer(-1).Has("") || Shorter(-1).Has("") || Longer(1000) != nil {
		t.Error("lengths out of bounds")
	}
}

func TestBuilt(t *testing.T) {
	for _, c := range []struct {
		name    string
		set     *Set
		in, out []string
	}{
		{"equal", Equal("a.b"), []string{"a.b"}, []string{"", "axb", "a.b."}},
		{"beginning", Beginning("v"), []string{"v", "v1", "v\xff"}, []string{"", "1v"}},
		{"ending", Ending("v"), []string{"v", "1v"}, []string{"", "v1", "v\n"}},
		{"containing", Containing("é"), []string{"é", "aéb"}, []string{"", "e", "\xc3"}},
		{"digits", AnyOf("210").Some().Not(), []string{"", "a"}, []string{"0", "a1"}},
		{"none of them", AnyOf("").Some(), nil, []string{"", "a"}},
		{"between", Between('a', 'c'), []string{"a", "b", "c"}, []string{"", "d", "ab"}},
		{"up to the last", Between('\U0010fff0', 1<<30), []string{"\U0010ffff"}, []string{"a"}},
		{"runes", Matching(`^a[bc]*$`).Runes(), []string{"a", "b", "c"}, []string{"", "d", "ab"}},
		{"no runes", Equal("").Runes(), nil, []string{"", "a"}},
	} {
		for _, s := range c.in {
			if !c.set.Has(s) {
				t.Errorf("%s: %q is missing", c.name, s)
			}
		}
		for _, s := range c.out {
			if c.set.Has(s) {
				t.Errorf("%s: %q is too much", c.name, s)
			}
		}
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`^a+$`, `^a*$`, true},
		{`^a*$`, `^a+$`, false},
		{`^(0|[1-9]\d*)$`, `^\d+$`, true},
		{`^\d+$`, `^(0|[1-9]\d*)$`, false},
		{`^(?:x+,)*x+$`, `x`, true},
		{`^(?:x+,)*$`, `x`, false},
		{`(?i)^[a-z]+$`, `^[A-Za-z\x{17F}\x{212A}]+$`, true},
		{`(?i)^[a-z]+$`, `^[A-Za-z]+$`, false},
		{`^.$`, `^[^\n]$`, true},
		{`^\pL+$`, `^[\pL\pN]*$`, true},
	} {
		if got := Matching(c.a).Within(Matching(c.b)); got != c.want {
			t.Errorf("%q within %q: %t", c.a, c.b, got)
		}
	}
}

// TestRandom compares random patterns with package regexp on random strings: what a set
// has, what is in both, either and neither of two, and that no sample is in the one and
// not in the other where all of the one is within the other.
func TestRandom(t *testing.T) {
	rounds := 1500
	if testing.Short() {
		rounds = 200
	}
	r := rand.New(rand.NewSource(1))
	within := 0
	for range rounds {
		p, q := pattern(r, 3), pattern(r, 3)
		agree(t, r, p, q)
		if Matching(p).Within(Matching(q)) {
			within++
		}
	}
	if within < rounds/50 {
		t.Errorf("only %d of %d are within each other: that shows little", within, rounds)
	}
}

func FuzzMatching(f *testing.F) {
	f.Add(`^(a|b)*$`, `b$`, int64(1))
	f.Fuzz(func(t *testing.T, p, q string, seed int64) {
		if len(p)+len(q) > 60 {
			return
		}
		for _, pattern := range []string{p, q} {
			if _, err := regexp.Compile(pattern); err != nil {
				return
			}
		}
		agree(t, rand.New(rand.NewSource(seed)), p, q)
	})
}

// agree compares two patterns on samples.
func agree(t *testing.T, r *rand.Rand, p, q string) {
	t.Helper()
	a, b := Matching(p), Matching(q)
	x, y := regexp.MustCompile(p), regexp.MustCompile(q)
	holding := Holding(p, map[int]*Set{x.NumSubexp(): b})
	within, both, either, no := a.Within(b), a.And(b), a.Or(b), a.Not()
	groups := groupsOf(p, x)
	for i := range 40 {
		s := sample(r)
		if i == 0 {
			if example, ok := both.Example(); ok {
				s = example
			} else if both != nil && !both.Empty() {
				t.Fatalf("%q and %q have no example", p, q)
			}
		}
		inX, inY := x.MatchString(s), y.MatchString(s)
		for name, wrong := range map[string]bool{
			"has":     a != nil && a.Has(s) != inX,
			"and":     both != nil && both.Has(s) != (inX && inY),
			"or":      either != nil && either.Has(s) != (inX || inY),
			"not":     no != nil && no.Has(s) == inX,
			"holding": holding != nil && inX && y.MatchString(x.FindStringSubmatch(s)[x.NumSubexp()]) && !holding.Has(s),
			"within":  within && inX && !inY,
			"group":   lostGroup(groups, x.FindStringSubmatch(s)),
		} {
			if wrong {
				t.Fatalf("%s: %q and %q disagree on %q", name, p, q, s)
			}
		}
	}
}

// groupsOf are the sets of all groups, and behind them those of their pieces.
func groupsOf(pattern string, x *regexp.Regexp) (sets []*Set) {
	for n := range x.NumSubexp() + 1 {
		sets = append(sets, Group(pattern, n))
	}
	for _, set := range sets {
		sets = append(sets, set.Pieces('.'))
	}
	return sets
}

// lostGroup tells whether a group held what it is said never to hold.
func lostGroup(sets []*Set, groups []string) bool {
	for n, held := range groups {
		group, pieces := sets[n], sets[n+len(sets)/2]
		if group != nil && !group.Has(held) {
			return true
		}
		if pieces != nil && slices.ContainsFunc(strings.Split(held, "."), func(piece string) bool { return !pieces.Has(piece) }) {
			return true
		}
	}
	return false
}

// pattern makes one of the given depth.
func pattern(r *rand.Rand, depth int) string {
	if depth == 0 {
		return []string{`a`, `b`, `.`, `[^a]`, `[ab]`, `0`, `\.`, `é`, `\d`, `(?i:a)`, `(?s:.)`, `^`, `$`, ``}[r.Intn(14)]
	}
	x, y := pattern(r, depth-1), pattern(r, r.Intn(depth))
	switch r.Intn(8) {
	case 0:
		return "(?:" + x + "|" + y + ")"
	case 1:
		return "(" + x + ")" + y
	case 2:
		return "(?:" + x + ")" + []string{"*", "+", "?", "*?", "{2}", "{1,2}", "{0,2}"}[r.Intn(7)]
	case 3:
		return "(" + x + ")" + []string{"*", "+", "?", "+?", "{2}", "{1,2}", "{0,2}"}[r.Intn(7)]
	case 4:
		return "^(?:" + x + ")$"
	}
	return fmt.Sprintf("(?:%s)(?:%s)", x, y)
}

func sample(r *rand.Rand) string {
	var b strings.Builder
	for range r.Intn(6) {
		b.WriteString([]string{"a", "b", "0", ".", "é", "A", "\n", "\xff", "7", "\xe4\xb8", "\ufffd"}[r.Intn(11)])
	}
	return b.String()
}
