package load

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"slices"

	"golang.org/x/tools/go/packages"
)

// native is the view of q in which the files that import "C" are the user's own,
// not what cgo made of them: they are read and type-checked once more; what comes
// from C, and what is computed from it, has no type. It returns the reason for which there is no such view.
func native(root string, p *packages.Package, q *Package, names []string) (*Package, string) {
	out := *q
	out.Files, out.Skipped, out.UsesC = nil, nil, true
	for _, f := range q.Files {
		if !f.Derived {
			beside := *f
			beside.Derived = true
			out.Files = append(out.Files, &beside)
		}
	}
	var syntaxes []*ast.File
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err.Error()
		}
		syntax, err := parser.ParseFile(p.Fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err.Error()
		}
		syntaxes = append(syntaxes, syntax)
		out.Files = append(out.Files, &File{
			Path: name, Rel: relative(root, name), Source: source, Syntax: syntax,
			GoVersion: q.GoVersion, Generated: ast.IsGenerated(syntax),
		})
	}
	slices.SortFunc(out.Files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	if err := out.check(); err != nil {
		return nil, err.Error()
	}
	for _, f := range syntaxes {
		out.typeless(f)
	}
	return &out, ""
}

// typeless records of everything that has no type because it comes from C that
// its type is not valid, so that whoever asks gets an answer.
func (q *Package) typeless(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && q.Info.Types[e].Type == nil {
			switch e.(type) {
			case *ast.CallExpr, *ast.SelectorExpr, *ast.StarExpr, *ast.UnaryExpr, *ast.BinaryExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.ParenExpr:
				q.Info.Types[e] = types.TypeAndValue{Type: types.Typ[types.Invalid]}
			}
		}
		return true
	})
}

// check type-checks the files of q.
func (q *Package) check() error {
	q.Info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: q.Importer, Sizes: q.Sizes, GoVersion: q.GoVersion, FakeImportC: q.UsesC}
	var files []*ast.File
	for _, f := range q.Files {
		files = append(files, f.Syntax)
	}
	var err error
	q.Types, err = conf.Check(q.Path, q.Fset, files, q.Info)
	return err
}
