package schemata

import (
	"flag"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// The switched program with one mutant active must do what the program with that
// mutant's plain edits does: print the same, panic with the same words on the
// same lines. Every hazard source is built once switched, and once for every
// mutant with its edits, as a package of its own in one program.

// TestHazards compares all mutants of testdata/hazards, those of the operators
// and those that bluntOperators add.
func TestHazards(t *testing.T) {
	for _, name := range []string{"order", "panics", "control", "types", "vars", "beside", "quiet", "inner"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			differ(t, name+".go", sourceOf(t, "testdata/hazards/"+name+".go"), "1.24", 16)
		})
	}
}

// patience is for programs that end, however busy the machine is.
const patience = time.Minute

// differ compares switched and plain versions of one file of cases, with no
// mutant, with all copies, and with some mutants.
func differ(t *testing.T, name, text, goVersion string, mutants int) {
	files := map[string]string{
		"go.mod": "module h\n\ngo " + goVersion + "\n", "p/" + name: text, "p/run.go": runner(text),
	}
	dir := module(t, files)
	p := loadPackage(t, dir, "./p")
	cands := slices.DeleteFunc(append(mutate.Find(p, mutate.Operators()), bluntOperators(p)...),
		func(c mutate.Candidate) bool {
			return filepath.Base(c.File.Path) == "run.go" || c.Operator != "blunt_literal" && c.Status == "" && plainCheck(p, c) != ""
		})
	r, err := Instrument(p, cands)
	if err != nil {
		t.Fatal(err)
	}
	plain := sample(withSwitch(t, p, cands), mutants)
	writePlain(t, dir, p, plain)
	program := filepath.Join(dir, "program")
	goCommand(t, dir, "build", "-o", program, "-overlay", overlay(t, r), "./versions")

	original := execute(t, patience, program, "mode clean\n", "0")
	compare(t, "no mutant", execute(t, patience, program, "mode clean\n", "p"), original)
	compare(t, "all copies", execute(t, patience, program, recordOrder(t), "p"), original)
	for _, c := range plain {
		run := func(limit time.Duration) (got, want string) {
			got = execute(t, limit, program, mutantOrder(p, c.Mutant.Number), "p")
			return got, execute(t, limit, program, "mode clean\n", fmt.Sprint(c.Mutant.Number))
		}
		got, want := run(4 * time.Second)
		if (got == noEnd) != (want == noEnd) { // one of them may only be late
			got, want = run(patience)
		}
		compare(t, describe(c), got, want)
	}
	t.Logf("%d mutants compared, %d alone, forms %v", len(plain), len(r.Alone), r.Forms)
}

func describe(c mutate.Candidate) string {
	return fmt.Sprintf("mutant %d, line %d, %s: %v", c.Mutant.Number, c.Line, c.Operator, c.Edits)
}

func compare(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\nswitched:\n%s\nplain:\n%s", what, got, want)
	}
}

var caseName = regexp.MustCompile(`\bfunc (Case\w+)\(\)`)

// runner is a file that runs the cases in text.
func runner(text string) string {
	b := new(strings.Builder)
	b.WriteString(sourceHead)
	for _, m := range caseName.FindAllStringSubmatch(text, -1) {
		fmt.Fprintf(b, "\tshow(%q, %s)\n", m[1], m[1])
	}
	b.WriteString("}\n")
	return b.String()
}

const sourceHead = `package p

import (
	"fmt"
	"path/filepath"
	"runtime"
)

var steps int

// spend bounds every loop.
func spend() bool {
	steps++
	if steps > 1000 {
		panic("too many steps")
	}
	return true
}

// here is the line of its caller.
func here() int {
	_, _, line, _ := runtime.Caller(1)
	return line
}

func show(name string, f func() string) {
	steps = 0
	defer func() {
		if v := recover(); v != nil {
			fmt.Println(name, "panics", v, place())
		}
	}()
	fmt.Println(name, f())
}

// place is where a panic comes from.
func place() string {
	var pcs [50]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	for {
		f, more := frames.Next()
		dir := filepath.Base(filepath.Dir(f.File))
		if base := filepath.Base(f.File); base != "run.go" && (dir == "p" || dir[0] == 'v' && dir[1] <= '9') {
			return fmt.Sprint(base, ":", f.Line)
		}
		if !more {
			return "?"
		}
	}
}

// Run runs all cases.
func Run() {
`

// withSwitch returns the mutants that have a number. The others must be invalid,
// or alone, and the type checker must agree.
func withSwitch(t *testing.T, p *load.Package, cands []mutate.Candidate) (list []mutate.Candidate) {
	for _, c := range cands {
		if c.Mutant.Number > 0 {
			list = append(list, c)
		} else if c.Status == mutant.Ignored {
			continue
		} else if says := plainCheck(p, c); (says == "") != (c.Status == "") {
			t.Errorf("%s: it is %q, %s, but the type checker says %q", describe(c), c.Status, c.Reason, says)
		}
	}
	return list
}

// plainCheck is what the type checker says about a candidate's edits.
func plainCheck(p *load.Package, c mutate.Candidate) string {
	return (&instrumenter{pkg: p}).compiles(&item{Candidate: c, file: newFile(p, c.File)})
}

// keepLines makes the lines behind an edit count as they did before it.
func keepLines(src []byte, m *mutant.Mutant) *mutant.Mutant {
	out := *m
	out.Edits = slices.Clone(m.Edits)
	for i, e := range out.Edits {
		if strings.Count(e.Original, "\n") != strings.Count(e.Replacement, "\n") {
			line := 1 + strings.Count(string(src[:e.Offset])+e.Original, "\n")
			out.Edits[i].Replacement += fmt.Sprintf("/*line :%d:1*/", line)
		}
	}
	return &out
}

var everyMutant = flag.Bool("schemata.every", false, "compare every mutant of the hazards, not a sample of them")

// sample takes at most n candidates, evenly.
func sample(list []mutate.Candidate, n int) []mutate.Candidate {
	if len(list) <= n || *everyMutant {
		return list
	}
	var out []mutate.Candidate
	for i := range n {
		out = append(out, list[i*len(list)/n])
	}
	return out
}

// writePlain writes a package for the original and for each mutant, and the
// program that runs one of them, or the switched package p.
func writePlain(t *testing.T, dir string, p *load.Package, list []mutate.Candidate) {
	files := map[string]string{}
	var imports, cases strings.Builder
	imports.WriteString("\t\"h/p\"\n")
	cases.WriteString("\tcase \"p\":\n\t\tp.Run()\n")
	add := func(n int, m *mutant.Mutant) {
		fmt.Fprintf(&imports, "\tv%d \"h/v%d\"\n", n, n)
		fmt.Fprintf(&cases, "\tcase \"%d\":\n\t\tv%d.Run()\n", n, n)
		for _, f := range p.Files {
			if filepath.Base(f.Path) != "run.go" {
				m = keepLines(f.Source, m)
			}
			text, err := mutant.Apply(f.Rel, f.Source, m)
			if err != nil {
				t.Fatal(err)
			}
			files[fmt.Sprintf("v%d/%s", n, filepath.Base(f.Path))] = string(text)
		}
	}
	add(0, &mutant.Mutant{})
	for _, c := range list {
		add(c.Mutant.Number, c.Mutant)
	}
	files["versions/main.go"] = "package main\n\nimport (\n\t\"os\"\n" + imports.String() +
		")\n\nfunc main() {\n\tswitch os.Args[1] {\n" + cases.String() + "\t}\n}\n"
	write(t, dir, files)
}

// bluntOperators make mutants that no operator makes (yet), in places that are
// hard to switch: every whole number one larger, also where the language wants a
// constant; every statement and every body removed; every post statement
// dropped.
func bluntOperators(p *load.Package) []mutate.Candidate { return bluntAnd(p, nil) }

// bluntAnd lets also add mutants of a node.
func bluntAnd(p *load.Package, also func(*blunt, ast.Node)) []mutate.Candidate {
	var list []mutate.Candidate
	for _, f := range p.Files {
		if filepath.Base(f.Path) == "run.go" {
			continue
		}
		b := &blunt{file: f, tok: p.Fset.File(f.Syntax.FileStart), also: also}
		for _, d := range f.Syntax.Decls {
			b.decl(d)
		}
		list = append(list, b.list...)
	}
	return list
}

type blunt struct {
	file *load.File
	tok  *token.File
	fn   ast.Node
	also func(*blunt, ast.Node)
	list []mutate.Candidate
}

func (b *blunt) decl(d ast.Decl) {
	if fn, ok := d.(*ast.FuncDecl); ok {
		if b.fn = fn; fn.Body != nil {
			b.nodes(fn.Body)
		}
		return
	}
	b.fn = nil
	b.nodes(d)
}

func (b *blunt) nodes(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n != nil && b.also != nil {
			b.also(b, n)
		}
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind == token.INT && len(n.Value) == 1 {
				b.add("blunt_literal", n, mutate.Value, n.Pos(), n.End(), string(n.Value[0]+1))
			}
		case *ast.ForStmt:
			if n.Post != nil {
				b.add("blunt_post", n.Post, mutate.Simple, n.Post.Pos(), n.Post.End(), "")
			}
		case *ast.ExprStmt, *ast.SendStmt, *ast.IncDecStmt, *ast.LabeledStmt, *ast.BranchStmt:
			b.add("blunt_statement", n, mutate.Stmt, n.Pos(), n.End(), "")
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				b.add("blunt_statement", n, mutate.Stmt, n.Pos(), n.End(), "")
			}
		case *ast.FuncLit:
			if b.fn == nil {
				b.fn = n
				b.nodes(n.Body)
				b.fn = nil
				return false
			}
			b.add("blunt_body", n.Body, mutate.Body, n.Body.Lbrace+1, n.Body.Rbrace, "")
		case *ast.CaseClause:
			b.add("blunt_body", n, mutate.Body, n.Colon+1, n.End(), "")
		case *ast.IfStmt:
			b.add("blunt_body", n.Body, mutate.Body, n.Body.Lbrace+1, n.Body.Rbrace, "")
		}
		return true
	})
}

func (b *blunt) add(op string, site ast.Node, kind mutate.Kind, from, to token.Pos, arm string) {
	start, end := b.tok.Offset(from), b.tok.Offset(to)
	m := &mutant.Mutant{
		Package: "h/p", File: b.file.Rel, Operator: op, Line: b.tok.Line(from),
		Edits: []mutant.Edit{{File: b.file.Rel, Offset: start, Original: string(b.file.Source[start:end]), Replacement: arm}},
	}
	c := mutate.Candidate{
		Mutant: m, File: b.file, Site: site, Kind: kind, Start: start, End: end, Arm: arm, Func: b.fn,
	}
	b.list = append(b.list, c)
}
