package prove

import (
	"math/rand"
	"regexp"
	"strings"
)

// generator writes random functions. All that can be said is valid everywhere: each name
// is always that of a variable of the same type, though perhaps of a nearer one. A
// function says few different things, and some of them again: so they have to do with
// each other.
type generator struct {
	r    *rand.Rand
	few  map[byte][]string // the rules of this function
	said map[byte][]string // what has been said in it
}

// parameters of every function. A loop counts with i, and k is how often the function
// may call itself; nothing else changes them.
const parameters = "i, k, a, b int8, h, j int, g byte, x, y bool, s, t string, l, o []int8, p, q *node, v, w any, c, d float64, e error, m map[string]int8"

// function is the next one, with the name f.
func (g *generator) function() string {
	g.few, g.said = map[byte][]string{}, map[byte][]string{}
	return "func f(" + parameters + ") (n int8, err error) {\nvar u node\nvar r *int8\nvar row [3]int8\n_, _, _ = u, r, row\n" +
		g.say('S', 4) + g.say('D', 2) + g.say('S', 4) + g.say('D', 2) + g.say('R', 1) + "}\n"
}

var part = regexp.MustCompile(`\$.`)

// say makes a text of a kind, of parts that lie depth deep at most.
func (g *generator) say(kind byte, depth int) string {
	if again := g.said[kind]; len(again) > 0 && g.r.Intn(5) == 0 {
		return g.pick(again)
	}
	rule := g.pick(grammar[kind].short)
	if g.r.Intn(6) < depth && len(grammar[kind].long) > 0 {
		rule = g.pick(g.rules(kind))
	}
	text := part.ReplaceAllStringFunc(rule, func(part string) string { return g.say(part[1], depth-1) })
	if len(text) < 100 {
		g.said[kind] = append(g.said[kind], text)
	}
	return text
}

// rules are some of the long rules of a kind.
func (g *generator) rules(kind byte) []string {
	if g.few[kind] == nil {
		for range 5 {
			g.few[kind] = append(g.few[kind], g.pick(grammar[kind].long))
		}
	}
	return g.few[kind]
}

func (g *generator) pick(list []string) string { return list[g.r.Intn(len(list))] }

// rules are what something may be: $ and a letter stand for a part. Those in short lead
// nowhere deep.
type rules struct{ short, long []string }

// grammar is what each letter stands for.
var grammar = map[byte]rules{
	'V': {words("a b n"), []string{"u.n", "glob", "$p.n", "$l[0]", "$l[$V]", "*r", "row[1]", "row[$V]"}}, // an int8 that is no constant
	'n': {words("a b n i 0 1 2 glob"), []string{
		"$V", "($V + $n)", "($V - $n)", "($V * 2)", "($n / $V)", "($n % $V)", "-$V", "int8(len($s))", "int8(len($l))", "int8($z[0])", "m[$s]",
		"get($p)", "$p.get()", "twice($n)", "sum($n)", "calc($n)", "either($c, $n, $n)", "v.(int8)", "int8(byte($V) / 2)", "int8($I)", "int8($g)", "even($n)", "func() int8 { n++; return n }()",
	}},
	'I': {words("h j"), words("int($n) len($s) len($l) ($J+1) ($J-1) ($J+$I) ($J-$I)")},
	'J': {words("h j"), words("len($z) int($V)")}, // no constant
	'g': {words("g"), words("$z[0] ($g-1) ($g+32) byte($V)")},
	'z': {words("s t"), words("$p.text s[1:] t[:i] $z[a:b]")}, // a string that is no constant
	's': {words(`s t "" "a"`), []string{"$z", `($s + "a")`, "e.Error()", "string([]byte($s))", "join($s, $s)", "strings.TrimPrefix($s, $s)", "string($z[:1])"}},
	'l': {words("l o"), words("$l[1:] $l[:2] $l[a:]")},
	'p': {words("p q"), words("$p.next")},
	'd': {words("c d"), []string{"($d + $d)", "(-$d)", "0.5", "float64($n)", "weight"}},
	'e': {words("e err errA nil"), []string{`errors.New("a")`, `errors.New($s)`, `fmt.Errorf("%d", $n)`, "fails($n)"}},
	'c': {append(words("x y a<b a<=b a==b a!=b a>b b>=a a>0 b<1 n==0 n<2"), "p == nil", "q != nil", "p == q", "e != nil", "err == nil", "v == nil", `s == ""`), []string{
		"$n < $n", "$n <= $n", "$n == $n", "$n != $n", "$n > $n", "$n >= $n", "len($s) > 0", "len($l) <= 1", "$s == $s", "$s != $s", "$s < $s",
		"$z[0] == 'a'", "$z[0] <= 'a'", "$p == nil", "$p != $p", "v == w", "v != $p", "v == $n", "$d < $d", "$d == $d", "$d != 0", "small($n)", "$p.ok($n)",
		"($c && $c)", "($c || $c)", "($c && $c)", "($c || $c)", "!($c)", "strings.HasPrefix($s, $s)", "errors.Is(e, $e)", "u == *$p", "o == nil",
		"$I < $I", "$I == $I", "$I <= $I", "h < 0", "h < $J", "j > 1", "$g < $g", "$g >= 'a'", "$g == 'a'", "$g > 'a'", "errors.Is($e, errA)", "r == nil", "even($n) == 0", "row[$V] > 0",
	}},
	'R': {lines("return n, err", "note(a, b, s, x)\nreturn n, err"), lines("return $n, $e", "note($n, $s)\nreturn $n, $e")},
	'D': {lines( // seems to make no difference
		"if $c {\nn = $n\n}\nn = 0", "if $c {\n_ = $n\n}", "if $c {\nb = $V\n}\nb = a", "if a == b {\nn = a\n} else {\nn = b\n}", "if $c {\n_ = $s\n}", "if $c {\ns = $z\n}\ns = t",
		"if c == d {\nweight = c\n} else {\nweight = d\n}", "if v == w {\nnote(v)\n} else {\nnote(w)\n}", "if p == q {\nnote(p)\n}\nnote(q)", "if v == p {\nnote(v)\n} else {\nnote(p)\n}",
		"if p == nil {\nv = nil\n} else {\nv = p\n}", "if $c {\nh = $I\n}\nh = j", "if $c {\nreturn $n, $e\n}\nreturn $n, $e", "if $c {\n*r = $n\n}\na = $n", "if v == nil {\nreturn $n, $e\n}", "if $c {\nerr = e\n} else {\nerr = $e\n}",
	), nil},
	'S': {words("$T $T$T"), words("$T$T $T$T$T $B$T")},
	'B': {lines("if $c {\n$S}", "if $c {\n$S}", "if $c {\n$S} else {\n$S}", "if $c {\nreturn $n, $e\n}", "if $c {\n$S} else if $c {\n$S} else {\n$S}"), nil},
	'T': {lines("n++", "glob = n", "note(n)", "count(a)", "n = a", "n = 0", "a, b = b, a", "x = y", "s = t", "p = q", "err = e"), lines(
		"$B", "$B", "$B", "$B", "$B", "$V = $n", "$V = $n", "n += $n", "$V--", "h = $I", "h++", "j = $I", "g = $g", "n, err = both($n)", "return both($n)", "$p.put($n)", "copy(l, o)", "l = append(l[:1], $n)", "clear(m)", "row[i] = $n", "x = $c", "s = $s", "p = $p", "u = *$p", "*$p = u", "$p.next = $p", "$p.text = $s",
		"l = $l", "if len(l) < 4 {\nl = append(l, $n)\n}", "v = $n", "v = $p", "v = w", "d = $d", "weight = $d", "err = $e", "m[$s] = $n", "delete(m, $s)",
		"count($n)", "note($n, $s)", "note($p, $e)", "note(v)", "note($d)", "return $n, $e", "return", "panic($s)", "func() { a, s = b, t }()", "func() { if $c { n++ } }()",
		"{\na := int8($n)\n_ = a\n$S}", "r = &a", "r = &glob", "r = &$p.n", "if b := int8($n); $c {\n_ = b\n$S}", "if e := error($e); e != nil {\n_ = e\nreturn $n, e\n}", "{\na, y := int8($n), bool($c)\n_, _ = a, y\n$S}", "{\nvar y bool = $c\n_ = y\nif y {\n$S}\n}",
		"if k > 0 {\nn, err = f(i, k-1, $n, $n, $I, j, g, $c, $c, $s, $s, l, o, p, q, v, w, c, d, e, m)\n}",
		"switch {\ncase $c:\n$S}", "switch {\ncase $c:\n$S case $c, $c:\n$S default:\n$S}", "switch $n {\ncase 0:\n$S case 1, 2:\n$S}", "switch b := int8($n); b {\ncase a:\n$S default:\nif $c {\nbreak\n}\n$S}",
		"switch z := v.(type) {\ncase int8:\nn = z\n$S case *node, nil:\n$S case error:\nerr = z\n$S}", "if z, ok := v.(int8); ok {\n_, n = ok, z\n$S}", "if z, y := m[$s]; y {\n_, n = y, z\n$S}",
		"for i := int8(0); i < 3; i++ {\n$S}", "for i := int8(0); i < a && i < 3; i++ {\n$S if $c {\ncontinue\n}\n$S}", "for i := int8($n); i <= 2 && i > -2; i++ {\nif $c {\nbreak\n}\n$S}",
		"for _, a := range l {\nif $c {\ncontinue\n}\n_ = a\n$S}", "for range 2 {\n$S}", "for h, char := range \"ab\" {\nif h == 0 && $c {\ncontinue\n}\nnote(h, char)\n$S}", "for _, s := range strings.Split(\"a.b\", \".\") {\nif $c {\nbreak\n}\n_ = s\n$S}", "for range $l {\n$S if $c {\nbreak\n}\n}", "for _, s := range strings.Split(s, \"a\") {\n_ = s\n$S}",
	)},
}

func words(s string) []string { return strings.Fields(s) }

func lines(list ...string) []string {
	for i := range list {
		list[i] += "\n"
	}
	return list
}
