package schemata

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// Result is an instrumented package.
type Result struct {
	// Files are the contents to overlay, by absolute path: every file that has a
	// switch or a loop, and the one with the switches themselves. It is empty if
	// there is nothing to instrument.
	Files   map[string][]byte
	Funcs   int // the last function's number
	Mutants int // the last mutant's number
	// Alone are the mutants, in source order, that no switch can express; each
	// needs a build of its own, from its edits.
	Alone []Alone
	// Forms counts the mutants by the form of their switch, for statistics.
	Forms map[string]int
}

// Alone is a mutant without a switch.
type Alone struct {
	*mutant.Mutant
	Why string // one sentence
}

// maxPasses bounds how often the package is type-checked. A mutant has at most
// five forms, and two passes or three do for nearly every package.
const maxPasses = 8

// Instrument puts a switch for every candidate whose Status is empty into the
// text of p. It sets Number and Func of those that have one, and makes those
// that do not compile Invalid. The error says that the package cannot be
// instrumented at all.
func Instrument(p *load.Package, cands []mutate.Candidate) (*Result, error) {
	if len(p.Errors) > 0 || p.Types == nil {
		return nil, fmt.Errorf("instrument %s: the package has errors", p.Path)
	}
	in, err := newInstrumenter(p, cands)
	if err != nil {
		return nil, err
	}
	var files map[string]*output
	left := converge(func() []problem {
		in.number()
		files = in.render()
		return in.check(files)
	}, func(problems []problem, hard bool) bool { return in.demote(files, problems, hard) })
	if len(left) > 0 {
		return nil, fmt.Errorf("instrument %s: the switched text does not compile: %s: %s", p.Path, left[0].path, left[0].text)
	}
	in.settle()
	return in.result(files), nil
}

// converge checks and demotes in turn until nothing is objected to, or nothing is
// left to demote. It returns what is objected to then.
func converge(check func() []problem, demote func(problems []problem, hard bool) bool) []problem {
	for pass := 1; ; pass++ {
		problems := check()
		if len(problems) == 0 || pass == maxPasses || !demote(problems, pass > maxPasses-3) {
			return problems
		}
	}
}

// instrumenter is the work on one package. One goroutine owns it.
type instrumenter struct {
	pkg   *load.Package
	files []*file
	items []*item     // in source order
	funcs []*function // in source order; the number of funcs[i] is i+1
	total int         // the last mutant's number
}

// item is a mutant on its way to a form.
type item struct {
	mutate.Candidate
	file   *file
	fn     *function // nil in the initialiser of a package variable
	places []place   // the forms that it can take, the best one first
	at     int       // index of the current one; len(places): none is left
	words  string    // why the last form was given up
	number int
	marked bool // the original says itself that the mutant is reached
}

func (it *item) place() *place {
	if it.at < len(it.places) {
		return &it.places[it.at]
	}
	return nil
}

// function is a body that gets a second one with switches.
type function struct {
	node    ast.Node // *ast.FuncDecl or a *ast.FuncLit at package level
	file    *file
	number  int
	plain   bool        // no copy can be made: leave it as it is
	quiet   bool        // nobody can ask who called: the copy may be a function of its own
	calls   []call      // of functions of this package, if quiet
	callers []*function // those that call it, as far as they may be quiet

	// What the current pass writes:
	sites   []*site
	whole   []*item
	markers []*item // those that the original says itself to be reached
}

func (f *function) body() *ast.BlockStmt {
	if d, ok := f.node.(*ast.FuncDecl); ok {
		return d.Body
	}
	return f.node.(*ast.FuncLit).Body
}

func (f *function) signature() (*ast.FieldList, *ast.FuncType) {
	if d, ok := f.node.(*ast.FuncDecl); ok {
		return d.Recv, d.Type
	}
	return nil, f.node.(*ast.FuncLit).Type
}

func newInstrumenter(p *load.Package, cands []mutate.Candidate) (*instrumenter, error) {
	in := &instrumenter{pkg: p}
	if err := in.reserved(); err != nil {
		return nil, err
	}
	byFile := map[*load.File]*file{}
	functions := map[ast.Node]*function{}
	for _, f := range p.Files {
		if f.Derived {
			continue
		}
		file := newFile(p, f)
		in.files = append(in.files, file)
		byFile[f] = file
		for _, fn := range file.functions() {
			functions[fn.node] = fn
		}
	}
	in.findQuiet()
	for _, c := range cands {
		c.Mutant.Number, c.Mutant.Func = 0, 0
		if c.Status != "" {
			continue
		}
		it := &item{Candidate: c, file: byFile[c.File], fn: functions[c.Func]}
		if it.file != nil {
			in.items = append(in.items, it)
			it.file.items = append(it.file.items, it)
		}
	}
	for _, f := range in.files {
		if len(f.items) > 0 {
			f.survey()
		}
	}
	for _, it := range in.items {
		it.places = it.file.plan(it)
	}
	return in, nil
}

// reserved sees to it that no name of the package is one of ours.
func (in *instrumenter) reserved() error {
	for _, name := range in.pkg.Types.Scope().Names() {
		if strings.HasPrefix(name, prefix) {
			return fmt.Errorf("instrument %s: the name %s is reserved", in.pkg.Path, name)
		}
	}
	return nil
}

// result collects what there is once the text compiles.
func (in *instrumenter) result(files map[string]*output) *Result {
	r := &Result{Forms: map[string]int{}, Files: map[string][]byte{}, Funcs: len(in.funcs), Mutants: in.total}
	for _, it := range in.items {
		switch pl := it.place(); {
		case pl != nil:
			it.Mutant.Number = it.number
			if it.fn != nil {
				it.Mutant.Func = it.fn.number
			}
			r.Forms[pl.form.String()]++
		case it.Status == "":
			r.Alone = append(r.Alone, Alone{it.Mutant, it.words})
			r.Forms["alone"]++
		default:
			r.Forms["invalid"]++
		}
	}
	if in.total == 0 {
		return r
	}
	for path, out := range files {
		r.Files[path] = out.bytes()
	}
	r.Files[filepath.Join(in.pkg.Dir, in.supportName())] = in.support(false)
	return r
}
