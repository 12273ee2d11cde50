package schemata

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// source type-checks a package of one file.
func source(t *testing.T, text string) *load.Package {
	t.Helper()
	p := typed(token.NewFileSet(), stubs{}, text, "go1.26")
	if p == nil {
		t.Fatalf("it does not compile:\n%s", text)
	}
	return p
}

// change is the mutant that has replacement where original stands first in a package.
func change(p *load.Package, original, replacement string) mutate.Candidate {
	return changeIn(p.Files[0], original, replacement)
}

func changeIn(f *load.File, original, replacement string) mutate.Candidate {
	at := strings.Index(string(f.Source), original)
	return mutate.Candidate{File: f, Mutant: &mutant.Mutant{
		File: f.Rel, Number: 5, Func: 6,
		Edits: []mutant.Edit{{File: f.Rel, Offset: at, Original: original, Replacement: replacement}},
	}}
}

// TestValidate: what does not compile is invalid, in the checker's words, and nothing
// else is touched.
func TestValidate(t *testing.T) {
	p := source(t, `package p
type t[T any] struct{ x T }
func (t[T]) get() T { var x T; return x }
func generic[T any](x T) T { return x }
func bodyless() int
func (other) init() int { return unused() }
type other struct{}
func init() { _ = unused() }
func unused() int { return 1 }
func f(a int) int { return a + 1 }`)
	fine, worse := change(p, "a + 1", "a - 1"), change(p, "a + 1", `"x"`)
	syntax, elsewhere := change(p, "a + 1", "a +"), change(p, "return 1 }", "}")
	moved := change(p, "a + 1", "a - 1")
	moved.Mutant.Edits[0].Original = "what is not there"
	ignored := change(p, "a + 1", `"x"`)
	ignored.Mutant.Status = mutant.Ignored
	Validate(p, []mutate.Candidate{fine, worse, ignored, syntax, elsewhere, moved})
	for name, c := range map[string]struct {
		mutate.Candidate
		status mutant.Status
		reason string
	}{
		"fine":      {fine, "", ""},
		"worse":     {worse, mutant.Invalid, "does not compile: cannot use \"x\""},
		"syntax":    {syntax, mutant.Invalid, "does not compile: expected operand"},
		"elsewhere": {elsewhere, mutant.Invalid, "does not compile: missing return"},
		"moved":     {moved, mutant.Invalid, "does not compile: edit p.go at "},
		"ignored":   {ignored, mutant.Ignored, ""},
	} {
		m := c.Mutant
		if m.Status != c.status || !strings.HasPrefix(m.Reason, c.reason) || m.Number != 0 || m.Func != 0 {
			t.Errorf("%s: %q %q, number %d in %d", name, m.Status, m.Reason, m.Number, m.Func)
		}
	}
}

// TestValidateAmongFiles: other files are read without bodies, so what is said about
// them, be it first, is not about the mutant.
func TestValidateAmongFiles(t *testing.T) {
	p := sources(t,
		"package p\nimport \"os\"\nfunc other() string { return os.DevNull }",
		"package p\nfunc f(a int) int { return a + 1 }")
	fine, wrong := changeIn(p.Files[1], "a + 1", "a"), changeIn(p.Files[1], "a + 1", "other()")
	Validate(p, []mutate.Candidate{fine, wrong})
	if fine.Mutant.Status != "" || wrong.Mutant.Status != mutant.Invalid || !strings.Contains(wrong.Mutant.Reason, "other()") {
		t.Errorf("%q, %q %q", fine.Mutant.Reason, wrong.Mutant.Status, wrong.Mutant.Reason)
	}
	// With switches every file is checked as a whole.
	f := newFile(p, p.Files[1])
	back := f.funcs[0].body().List[0]
	it := mutantAt(f, back, mutate.Stmt, "a + 1", "other()")
	r, err := Instrument(p, []mutate.Candidate{it.Candidate})
	if err != nil || it.Mutant.Status != mutant.Invalid || r.Forms["invalid"] != 1 {
		t.Errorf("%v, %q, %+v", err, it.Mutant.Status, r)
	}
}

// TestCheckLeavesNothing: what was parsed for a check is forgotten.
func TestCheckLeavesNothing(t *testing.T) {
	p := source(t, "package p\nfunc f(a int) int { return a + 1 }")
	count := func() (n int) {
		p.Fset.Iterate(func(*token.File) bool { n++; return true })
		return n
	}
	before := count()
	Validate(p, []mutate.Candidate{change(p, "a + 1", "a"), change(p, "a + 1", "a +"), change(p, "a + 1", "b")})
	if _, err := Instrument(p, steadyOperators(p)); err != nil {
		t.Fatal(err)
	}
	if now := count(); now != before {
		t.Errorf("%d files were %d", now, before)
	}
}

// TestProblems come in the order of the text, whatever finds them, with offsets that
// no line directive changes.
func TestProblems(t *testing.T) {
	p := source(t, "package p")
	c := &checker{pkg: p}
	const directive = "package p\n//line x.y:100\nvar b, c int = \"x\", d"
	c.parse("/p/b.go", []byte(directive))
	c.parse("/p/a.go", []byte("package p\nvar a int = \"x\""))
	got := c.check()
	places := []string{}
	for _, one := range got {
		places = append(places, one.path)
	}
	if len(got) != 3 || !slices.Equal(places, []string{"/p/a.go", "/p/b.go", "/p/b.go"}) || got[0].offset != 22 || got[1].offset != strings.Index(directive, `"x"`) || got[2].offset != len(directive)-1 {
		t.Errorf("%+v", got)
	}
	c = &checker{pkg: p}
	c.parse("/p/a.go", []byte("package p\n//line x.y:100\nvar = 1\nvar x int = \"x\"\nfunc {"))
	for _, one := range c.check() {
		if one.path != "/p/a.go" || one.offset < 20 || strings.Contains(one.text, "cannot use") {
			t.Errorf("%+v", one)
		}
	}
	if len(c.problems) < 2 {
		t.Errorf("%+v", c.problems)
	}
	// All are found at once: each pass costs a type check.
	c = &checker{pkg: p}
	c.parse("/p/a.go", []byte("package p\n"+strings.Repeat("var = 1\n", 20)))
	if got := c.check(); len(got) < 20 {
		t.Errorf("%d of 20 are found", len(got))
	}
}

// TestWithoutBodies: only bodies that say nothing about the rest are left out, and the
// file itself stays as it is.
func TestWithoutBodies(t *testing.T) {
	p := source(t, `package p
var x = 1
func plain() int { return 1 }
func bodyless()
func generic[T any]() { }
func init() { }
func main() { }
func (t) init() { }
func (t) main() { }
type t struct{}`)
	f := p.Files[0].Syntax
	var got, before []string
	for i, d := range withoutBodies(f).Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body == nil {
			got = append(got, fn.Name.Name)
		} else if d != f.Decls[i] {
			t.Errorf("declaration %d is another one", i)
		}
		if fn, ok := f.Decls[i].(*ast.FuncDecl); ok && fn.Body == nil {
			before = append(before, fn.Name.Name)
		}
	}
	if want := []string{"plain", "bodyless", "init", "main"}; !slices.Equal(got, want) {
		t.Errorf("without a body are %v, want %v", got, want)
	}
	if !slices.Equal(before, []string{"bodyless"}) {
		t.Errorf("in the original %v", before)
	}
}

// TestRefused: packages that cannot be instrumented.
func TestRefused(t *testing.T) {
	reserved := source(t, "package p\nvar a, evilution_x int")
	broken := source(t, "package p")
	broken.Errors = []string{"no"}
	untyped := source(t, "package p")
	untyped.Types = nil
	unknown := source(t, "package p\nimport \"os\"\nfunc f(a string) bool { return a > os.DevNull }")
	unknown.Importer = noImports{}
	for want, p := range map[string]*load.Package{
		"instrument p: the name evilution_x is reserved": reserved, "instrument p: the package has errors": broken,
		"instrument p: the switched text does not compile: /p/p.go: could not import os (not here)": unknown, "instrument p: the package has errors ": untyped,
	} {
		if r, err := Instrument(p, nil); err == nil || err.Error() != strings.TrimSpace(want) {
			t.Errorf("%+v, %v, want %s", r, err, want)
		}
	}
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not here") }

// TestConverge: a few passes are gentle, two are hard, and then it is over.
func TestConverge(t *testing.T) {
	for _, c := range []struct {
		name   string
		passes int // that object
		tries  int // of them that can be demoted
		want   string
	}{
		{"nothing to say", 0, 9, ""},
		{"once", 1, 9, "soft"},
		{"five times", 5, 9, "soft soft soft soft soft"},
		{"six times", 6, 9, "soft soft soft soft soft hard"},
		{"seven times", 7, 9, "soft soft soft soft soft hard hard"},
		{"for ever", 99, 99, "soft soft soft soft soft hard hard left"},
		{"nothing to demote", 99, 0, "soft left"},
		{"nothing more to demote", 99, 2, "soft soft soft left"},
	} {
		var got []string
		passes := 0
		left := converge(func() []problem {
			if passes++; passes > c.passes {
				return nil
			}
			return []problem{{text: fmt.Sprint(passes)}}
		}, func(problems []problem, hard bool) bool {
			got = append(got, map[bool]string{true: "hard", false: "soft"}[hard])
			if len(problems) != 1 || problems[0].text != fmt.Sprint(passes) {
				t.Errorf("%s: pass %d: %v", c.name, passes, problems)
			}
			return len(got) <= c.tries
		})
		if len(left) > 0 {
			got = append(got, "left")
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestSupportName comes before all files of the package, where a name can.
func TestSupportName(t *testing.T) {
	long := strings.Repeat("0", 120) + ".go"
	for _, c := range []struct {
		files []string
		want  string
	}{
		{[]string{"a.go", "z.go"}, "0_evilution_switches.go"},
		{[]string{"1.go"}, "0_evilution_switches.go"},
		{[]string{"0_evilution_switches.go"}, "00_evilution_switches.go"},
		{[]string{"0_a.go", "a.go"}, "00_evilution_switches.go"},
		{[]string{"0_z.go"}, "0_evilution_switches.go"},
		{[]string{"a.go", "00_b.go", "0_a.go"}, "000_evilution_switches.go"},
		// There are names before which none of ours can stand.
		{[]string{"-.go"}, strings.Repeat("0", 78) + "_evilution_switches.go"},
		{[]string{long}, strings.Repeat("0", 78) + "_evilution_switches.go"},
	} {
		p := &load.Package{}
		for _, name := range c.files {
			p.Files = append(p.Files, &load.File{Path: "/p/" + name})
		}
		if got := (&instrumenter{pkg: p}).supportName(); got != c.want {
			t.Errorf("%v: %s, want %s", c.files, got, c.want)
		}
	}
}
