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

// forms makes an item with n places that are statements, and a last one for the
// whole body.
func forms(f *file, fn *function, n int) *item {
	it := &item{Candidate: mutate.Candidate{Mutant: &mutant.Mutant{}}, file: f, fn: fn}
	for range n {
		it.places = append(it.places, place{form: statement})
	}
	it.places = append(it.places, place{form: whole})
	f.items = append(f.items, it)
	return it
}

// TestDemote: who moves on when the checker objects, and to what.
func TestDemote(t *testing.T) {
	const path = "/p/p.go"
	type state struct{ a, b, other, import_ int } // the forms that they have come to
	for _, c := range []struct {
		name   string
		at     []int // offsets of objections
		hard   bool
		before state
		want   state
		plain  bool // the function is left alone
		moved  bool
	}{
		{"in a mutant's text", []int{21}, false, state{}, state{a: 1}, false, true},
		{"twice", []int{21, 22}, false, state{}, state{a: 1}, false, true},
		{"in another's", []int{31}, false, state{}, state{b: 1}, false, true},
		{"at its first byte", []int{20}, false, state{}, state{a: 1}, false, true},
		{"behind its last byte", []int{25}, false, state{}, state{a: 1, b: 1}, false, true},
		{"in a site", []int{12}, false, state{}, state{a: 1, b: 1}, false, true},
		{"in a site and a text", []int{12, 21}, false, state{}, state{a: 1, b: 1}, false, true},
		{"in the copy", []int{6}, false, state{}, state{a: 2, b: 2}, false, true},
		{"in the copy again", []int{6}, false, state{a: 2, b: 2}, state{a: 3, b: 3}, true, true},
		{"in the copy, one is there", []int{6}, false, state{a: 2}, state{a: 2, b: 2}, false, true},
		{"in the copy, one moves anyway", []int{21, 6}, false, state{a: 1, b: 2}, state{a: 2, b: 2}, false, true},
		{"in the copy, none is left", []int{6}, false, state{a: 3, b: 3}, state{a: 3, b: 3}, true, true},
		{"outside", []int{1}, false, state{}, state{import_: 3}, false, true},
		{"outside, nobody imports", []int{1}, false, state{import_: 3}, state{import_: 3}, false, false},
		{"in the copy and a text", []int{6, 21}, false, state{}, state{a: 2, b: 2}, false, true},
		{"in the copy again and a text", []int{6, 21}, false, state{a: 2, b: 2}, state{a: 3, b: 3}, true, true},
		{"in the copy, one has just lost its last", []int{21, 6}, false, state{a: 2, b: 3}, state{a: 3, b: 3}, false, true},
		{"hard, in the copy and another", []int{52, 6}, true, state{}, state{3, 3, 3, 3}, true, true},
		{"hard, in the copy and another's", []int{6, 52}, true, state{}, state{3, 3, 3, 3}, true, true},
		{"hard, in the copy", []int{6}, true, state{}, state{a: 3, b: 3}, true, true},
		{"hard, in a text", []int{21}, true, state{}, state{a: 3, b: 3}, true, true},
		{"hard, outside", []int{1}, true, state{}, state{3, 3, 3, 3}, true, true},
		{"hard, all is gone", []int{1}, true, state{3, 3, 3, 3}, state{3, 3, 3, 3}, true, false},
	} {
		f := &file{}
		fn, elsewhere := &function{file: f}, &function{file: f}
		other, a, b, imports := forms(f, elsewhere, 2), forms(f, fn, 2), forms(f, fn, 2), forms(f, elsewhere, 2)
		imports.Imports = []mutant.Import{{}}
		all := []*item{a, b, other, imports}
		a.at, b.at, other.at, imports.at = c.before.a, c.before.b, c.before.other, c.before.import_
		s := &site{items: []*item{a, b}}
		o := &output{file: f, spans: []span{
			{start: 5, end: 40, fn: fn}, {start: 10, end: 38, site: s}, {start: 20, end: 25, item: a}, {start: 30, end: 35, item: b},
			{start: 50, end: 60, fn: elsewhere},
		}}
		o.funcs = []*function{fn, elsewhere}
		in := &instrumenter{items: all}
		problems := []problem{{"/p/unknown.go", 1, "unknown"}}
		if !c.hard {
			problems = nil // concerns all that import, see TestGiveUp
		}
		for _, at := range c.at {
			problems = append(problems, problem{path, at, "no"})
		}
		moved := in.demote(map[string]*output{path: o}, problems, c.hard)
		if got := (state{a.at, b.at, other.at, imports.at}); got != c.want || moved != c.moved || fn.plain != c.plain {
			t.Errorf("%s: %+v, moved %v, plain %v", c.name, got, moved, fn.plain)
		}
		if want := c.hard && other.at == 3; elsewhere.plain != want {
			t.Errorf("%s: the other function is plain: %v", c.name, elsewhere.plain)
		}
		for i, it := range all {
			before := []int{c.before.a, c.before.b, c.before.other, c.before.import_}[i]
			if moved := it.at != before; moved && it.words != "no" || !moved && before < 3 && it.words != "" {
				t.Errorf("%s: mutant %d says %q", c.name, i, it.words)
			}
		}
		if in.demote(map[string]*output{}, []problem{{path, 1, "no"}}, true) {
			t.Errorf("%s: moved something in a file that is not there", c.name)
		}
	}
}

// TestGiveUp: an objection in another file than those with mutants is about what
// mutants import.
func TestGiveUp(t *testing.T) {
	f, g := &file{}, &file{}
	plain, imports, there := forms(f, nil, 1), forms(f, nil, 1), forms(g, nil, 1)
	imports.Imports, there.Imports = []mutant.Import{{}}, []mutant.Import{{}}
	in := &instrumenter{items: []*item{plain, imports, there}}
	in.giveUp(&output{file: f}, problem{text: "no"}, map[*item]bool{})
	if plain.at != 0 || imports.at != 2 || there.at != 0 || imports.words != "no" {
		t.Errorf("%d, %d, %d", plain.at, imports.at, there.at)
	}
	if !in.demote(map[string]*output{}, []problem{{"/other.go", 1, "no"}}, false) || plain.at != 0 || there.at != 2 {
		t.Errorf("then %d, %d, %d", plain.at, imports.at, there.at)
	}
}

// TestInnermost finds the smallest span and the function around it.
func TestInnermost(t *testing.T) {
	fn, second := &function{}, &function{}
	s := &site{}
	o := &output{spans: []span{{start: 5, end: 20, fn: fn}, {start: 8, end: 10, site: s}, {start: 30, end: 40, fn: second}}}
	for at, want := range map[int]*span{4: nil, 5: &o.spans[0], 7: &o.spans[0], 8: &o.spans[1], 9: &o.spans[1], 10: &o.spans[0], 19: &o.spans[0], 20: nil, 30: &o.spans[2], 40: nil} {
		if got := o.innermost(at); got != want {
			t.Errorf("at %d: %+v", at, got)
		}
	}
	// A function literal inside of a site that is outside of functions.
	o.spans = append(o.spans, span{start: 50, end: 70, site: s}, span{start: 55, end: 60, fn: fn})
	for at, want := range map[int]*function{52: nil, 56: fn, 65: nil} {
		if got := o.functionAt(at); got != want {
			t.Errorf("at %d: %p", at, got)
		}
	}
	for at, want := range map[int]*function{4: nil, 5: fn, 9: fn, 19: fn, 20: nil, 30: second, 39: second, 40: nil} {
		if got := o.functionAt(at); got != want {
			t.Errorf("at %d: %p", at, got)
		}
	}
}

// TestForest nests sites by their ranges.
func TestForest(t *testing.T) {
	at := func(start, end int, as form) *item {
		return &item{places: []place{{form: as, start: start, end: end}}}
	}
	show := func(roots []*site) string {
		var b strings.Builder
		var walk func(s *site)
		walk = func(s *site) {
			b.WriteString(s.form.String()[:1])
			b.WriteString(strings.Repeat("*", len(s.items)))
			if len(s.children) > 0 {
				b.WriteString("(")
				for _, c := range s.children {
					walk(c)
				}
				b.WriteString(")")
			}
		}
		for _, r := range roots {
			walk(r)
		}
		return b.String()
	}
	for _, c := range []struct {
		items []*item
		want  string
	}{
		{nil, ""},
		{[]*item{at(1, 5, helper), at(1, 5, circuit)}, "h**"},
		{[]*item{at(1, 5, literal), at(1, 5, helper)}, "l**"},
		{[]*item{at(5, 9, helper), at(1, 5, statement)}, "s*h*"},
		{[]*item{at(1, 9, helper), at(1, 5, helper), at(5, 9, helper)}, "h*(h*h*)"},
		{[]*item{at(1, 9, helper), at(1, 9, statement), at(1, 9, block)}, "b*(s*(h*))"},
		{[]*item{at(1, 9, outer), at(1, 9, statement)}, "o**"},
		{[]*item{at(1, 9, block), at(2, 8, statement), at(3, 4, helper), at(5, 6, helper), at(8, 9, helper)}, "b*(s*(h*h*)h*)"},
		{[]*item{at(3, 3, block), at(1, 3, helper)}, "h*(b*)"},
		{[]*item{at(3, 3, block), at(1, 3, helper), at(3, 5, helper)}, "h*h*(b*)"},
		{[]*item{at(3, 3, block), at(1, 5, block)}, "b*(b*)"},
	} {
		if got := show(forest(c.items)); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	// The items of a site come in the order of their forms.
	roots := forest([]*item{at(1, 5, literal), at(1, 5, helper), at(1, 5, circuit)})
	var order []form
	for _, it := range roots[0].items {
		order = append(order, it.place().form)
	}
	if !slices.Equal(order, []form{helper, circuit, literal}) {
		t.Errorf("%v", order)
	}
}
