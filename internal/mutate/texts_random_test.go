package mutate

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTextsRandom makes random functions on strings and patterns, runs them on many
// strings, and compares what each condition was with what is decided of it.
func TestTextsRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a program")
	}
	const seed, functions = 1, 60
	g := &generator{r: rand.New(rand.NewSource(seed))}
	plain, noting := g.program(functions, false), ""
	g = &generator{r: rand.New(rand.NewSource(seed))}
	noting = g.program(functions, true)
	was := run(t, noting, g.conditions)
	decided, never := 0, 0
	for _, c := range Find(loadSource(t, plain), pick(t, "condition_true", "condition_false", "error_branch")) {
		line := strings.Split(plain, "\n")[c.Line-1]
		var n int
		if _, at, ok := strings.Cut(line, "// "); !ok {
			continue
		} else if _, err := fmt.Sscan(at, &n); err != nil {
			t.Fatal(err)
		}
		wrong := false
		switch c.Reason {
		case matchedTrue:
			wrong = strings.ContainsAny(was[n], "fp")
		case matchedFalse:
			wrong = strings.ContainsAny(was[n], "tp")
		case unreached:
			wrong, never = was[n] != "", never+1
		default:
			continue
		}
		decided++
		if wrong {
			t.Errorf("%s: %s, but was %q", strings.TrimSpace(line), c.Reason, was[n])
		}
	}
	if decided-never < functions/2 {
		t.Errorf("only %d of %d conditions are decided: that shows little", decided-never, g.conditions)
	}
	t.Logf("of %d conditions %d are decided and %d never asked", g.conditions, decided-never, never)
}

// run is what each condition of a program was: t, f, and p where it panicked.
func run(t *testing.T, src string, conditions int) []string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.24\n", "m.go": src} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "run", ".")
	var errs bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	was := make([]string, conditions)
	for _, line := range strings.Fields(string(out)) {
		var n int
		var what string
		fmt.Sscanf(line, "%d%s", &n, &what)
		was[n] += what
	}
	return was
}

// generator writes programs. With note, every condition goes through a function that
// notes what it was.
type generator struct {
	r          *rand.Rand
	b          strings.Builder
	note       bool
	conditions int
	depth      int
}

const helpers = `
func only(s, list string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(list, r) }) == -1
}

func word(s string) error {
	for _, p := range strings.Split(s, ".") {
		if p == "" {
			return errWord
		} else if only(p, "01") {
			if len(p) > 1 && p[0] == '0' {
				return errWord
			}
		} else if !only(p, "ab01") {
			return errWord
		}
	}
	return nil
}

func head(m []string) error {
	if len(m[1]) > 1 && m[1][0] == '0' {
		return errWord
	}
	return word(m[1])
}

func write(list []string) { list[1] = "a" }

func set(v *pair) { v.a = "a" }
`

var randomPatterns = []string{
	`^(0|1[01]*)((?:\\.(?:0|1[01]*))*)$`, `^([01]+)((?:\\.[01]+)*)$`, `^([ab]+)(?:\\.([ab]+))?$`, `a(b*)(\\.)?`, `^(.*)\\.(.*)$`, `^(a|b|\\.a)*(b)$`,
}

func (g *generator) program(functions int, note bool) string {
	g.note = note
	g.b.WriteString("package main\n\nimport (\n\t\"errors\"\n\t\"fmt\"\n\t\"regexp\"\n\t\"strings\"\n)\n\nvar errWord = errors.New(\"word\")\n\ntype pair struct{ a, b string }\n")
	for i, pattern := range randomPatterns {
		fmt.Fprintf(&g.b, "\nvar re%d = regexp.MustCompile(\"%s\")\n", i, pattern)
	}
	g.b.WriteString(helpers)
	for i := range functions {
		fmt.Fprintf(&g.b, "\nfunc f%d(s, u string) {\n\tt, v := s, &pair{}\n\tvar m []string\n\tvar err error\n", i)
		g.depth = 0
		for range 4 + g.r.Intn(6) {
			g.statement()
		}
		g.b.WriteString("\t_, _, _, _ = t, m, err, v\n}\n")
	}
	fmt.Fprintf(&g.b, "\nvar all = []func(s, u string){")
	for i := range functions {
		fmt.Fprintf(&g.b, "f%d, ", i)
	}
	g.b.WriteString("}\n" + runner)
	return g.b.String()
}

const runner = `
var was = map[string]bool{}

func note(n int, cond func() bool) bool {
	was[fmt.Sprint(n, "p")] = true
	yes := cond()
	if !was[fmt.Sprint(n, "P")] {
		delete(was, fmt.Sprint(n, "p"))
	}
	if yes {
		was[fmt.Sprint(n, "t")] = true
	} else {
		was[fmt.Sprint(n, "f")] = true
	}
	return yes
}

func panicked() {
	if recover() == nil {
		return
	}
	for key := range was {
		if key[len(key)-1] == 'p' {
			was[key[:len(key)-1]+"P"] = true
		}
	}
}

func words(n int, do func(string)) {
	do("")
	if n == 0 {
		return
	}
	for _, r := range "ab01." {
		words(n-1, func(s string) { do(string(r) + s) })
	}
}

func main() {
	words(4, func(s string) {
		for _, u := range []string{"", "a", "b.", "\xff", "0"} {
			for _, f := range all {
				func() {
					defer panicked()
					f(s, u)
				}()
			}
		}
	})
	for key := range was {
		if key[len(key)-1] != 'P' {
			fmt.Println(key)
		}
	}
}
`

func (g *generator) pick(list ...string) string { return list[g.r.Intn(len(list))] }

func (g *generator) line(format string, args ...any) {
	fmt.Fprintf(&g.b, strings.Repeat("\t", g.depth+1)+format+"\n", args...)
}

func (g *generator) text() string {
	return g.pick("s", "s", "s", "t", "t", "m[1]", "m[2]", "v.a", "v.a", "u", `strings.TrimPrefix(s, "0")`)
}

func (g *generator) pattern() string { return fmt.Sprintf("re%d", g.r.Intn(len(randomPatterns))) }

func (g *generator) condition() string {
	x := g.text()
	switch g.r.Intn(16) {
	case 0, 1:
		return x + g.pick(" == ", " != ") + g.pick(`""`, `"a"`, `"0"`, `"01"`, `"a.b"`)
	case 2:
		return fmt.Sprintf("len(%s) %s %d", x, g.pick(">", "<", "==", ">=", "<=", "!="), g.r.Intn(4))
	case 3:
		return x + "[0]" + g.pick(" == ", " != ", " < ", " >= ") + g.pick("'0'", "'a'", "'.'")
	case 4, 5:
		return g.pick("", "!") + g.pattern() + ".MatchString(" + x + ")"
	case 6:
		return g.pattern() + ".FindAllString(" + x + ", -1) == nil"
	case 7:
		return "strings." + g.pick("Contains", "HasPrefix", "HasSuffix", "ContainsAny") + "(" + x + `, "` + g.pick("a", "0", ".", "1.", "ab") + `")`
	case 8:
		return g.pick("", "!") + "only(" + x + `, "` + g.pick("ab", "01", "01.", "ab01") + `")`
	case 9, 10:
		return "m" + g.pick(" == ", " != ") + "nil"
	case 11, 12:
		return "err" + g.pick(" == ", " != ") + "nil"
	case 13:
		return g.condition() + " && " + g.condition()
	case 14:
		return g.condition() + " || " + g.condition()
	}
	return "!(" + g.condition() + ")"
}

// branch writes an if with what is done in it.
func (g *generator) branch() {
	cond := g.condition()
	if g.note {
		cond = fmt.Sprintf("note(%d, func() bool { return %s })", g.conditions, cond)
	}
	g.line("if %s { // %d", cond, g.conditions)
	g.conditions++
	g.body()
	if g.r.Intn(4) == 0 {
		g.line("} else {")
		g.body()
	}
	g.line("}")
}

func (g *generator) body() {
	g.depth++
	for range g.r.Intn(3) {
		if g.depth < 4 {
			g.statement()
		}
	}
	if g.r.Intn(5) < 2 {
		g.line("return")
	}
	g.depth--
}

func (g *generator) statement() {
	switch g.r.Intn(22) {
	case 0, 1, 2:
		g.line("m = %s.FindStringSubmatch(%s)", g.pattern(), g.pick("s", "t", "v.a"))
		if g.r.Intn(3) > 0 {
			g.line("if m == nil {")
			g.line("\treturn")
			g.line("}")
		}
	case 3:
		g.line("%s = %s", g.pick("s", "t", "v.a"), g.text())
	case 4:
		g.line("%s += %s", g.pick("s", "t"), g.pick(`"a"`, "u"))
	case 5:
		g.line("v = &pair{a: %s}", g.text())
	case 6, 7:
		g.line("err = word(%s)", g.text())
	case 8:
		g.line("err = head(m)")
	case 9:
		g.line("%s", g.pick("write(m)", "set(v)", `m[1] = "b"`, "w := v; w.a = u", "func() { s += u }()", "x := &t; *x += u", "v.b, v.a = v.a, u", "s, t = t, s"))
	case 10, 11:
		g.line("for _, p := range strings.Split(%s, %q) {", g.pick("s", "t"), g.pick(".", "0"))
		g.depth++
		g.line("t := p")
		g.branch()
		if g.r.Intn(3) == 0 {
			g.line(g.pick("break", "continue", "s += t", "p += u"))
		}
		g.line("_ = t")
		g.depth--
		g.line("}")
	default:
		g.branch()
	}
}
