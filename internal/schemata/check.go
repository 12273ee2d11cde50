package schemata

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// problem is one objection of the parser or the type checker.
type problem struct {
	path   string
	offset int // in the text that was checked, whatever line directives say
	text   string
}

// check type-checks the package as it will be built.
func (in *instrumenter) check(files map[string]*output) []problem {
	c := &checker{pkg: in.pkg}
	for _, f := range in.pkg.Files {
		if o := files[f.Path]; o != nil {
			c.parse(f.Path, o.bytes())
		} else {
			c.files = append(c.files, f.Syntax)
		}
	}
	c.parse(filepath.Join(in.pkg.Dir, in.supportName()), in.support(true))
	return c.check()
}

// Validate makes those of the candidates Invalid that do not compile. None gets a
// switch.
func Validate(p *load.Package, cands []mutate.Candidate) {
	in := &instrumenter{pkg: p}
	for _, c := range cands {
		c.Mutant.Number, c.Mutant.Func = 0, 0
		if c.Status == "" {
			in.items = append(in.items, &item{Candidate: c, file: newFile(p, c.File)})
		}
	}
	in.settle()
}

// compiles returns what the type checker says about a mutant's plain edits; empty
// if it says nothing.
func (in *instrumenter) compiles(it *item) string {
	text, err := mutant.Apply(it.file.Rel, it.file.Source, it.Mutant)
	if err != nil {
		return err.Error()
	}
	c := &checker{pkg: in.pkg}
	for _, f := range in.pkg.Files {
		if f == it.file.File {
			c.parse(f.Path, text)
		} else {
			c.files = append(c.files, withoutBodies(f.Syntax))
		}
	}
	for _, p := range c.check() {
		if p.path == it.file.Path {
			return p.text
		}
	}
	return ""
}

// withoutBodies is a file of which only the declarations matter.
func withoutBodies(f *ast.File) *ast.File {
	out := *f
	out.Decls = slices.Clone(f.Decls)
	for i, decl := range out.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Type.TypeParams != nil || d.Recv == nil && (d.Name.Name == "init" || d.Name.Name == "main") {
			continue
		}
		short := *d
		short.Body = nil
		out.Decls[i] = &short
	}
	return &out
}

// checker is one pass of the type checker over one version of a package.
type checker struct {
	pkg      *load.Package
	files    []*ast.File
	own      []*token.File
	problems []problem
}

func (c *checker) parse(path string, text []byte) {
	f, err := parser.ParseFile(c.pkg.Fset, path, text, parser.SkipObjectResolution|parser.AllErrors)
	c.files = append(c.files, f)
	c.own = append(c.own, c.pkg.Fset.File(f.FileStart))
	list, _ := err.(scanner.ErrorList)
	for _, e := range list { // line directives change the lines, not the offsets
		c.problems = append(c.problems, problem{path, e.Pos.Offset, e.Msg})
	}
}

func (c *checker) check() []problem {
	defer func() {
		for _, f := range c.own {
			c.pkg.Fset.RemoveFile(f)
		}
	}()
	if len(c.problems) > 0 {
		return c.problems
	}
	conf := types.Config{
		Importer: c.pkg.Importer, Sizes: c.pkg.Sizes, GoVersion: c.pkg.GoVersion, FakeImportC: c.pkg.UsesC,
		Error: func(err error) {
			e := err.(types.Error)
			at := e.Fset.PositionFor(e.Pos, false)
			c.problems = append(c.problems, problem{at.Filename, at.Offset, e.Msg})
		},
	}
	conf.Check(c.pkg.Path, c.pkg.Fset, c.files, nil)
	slices.SortStableFunc(c.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.offset, b.offset))
	})
	return c.problems
}
