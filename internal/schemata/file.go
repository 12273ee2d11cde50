package schemata

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"strings"

	"github.com/evilution-go/evilution-go/internal/load"
)

// file is what is known about one file while its mutants are planned.
type file struct {
	*load.File
	pkg   *load.Package
	tok   *token.File
	items []*item
	funcs []*function
	sites []*site // outside of functions, in the current pass

	parents map[ast.Node]ast.Node
	locals  locals
	labels  map[types.Object]*labelUse
	// directives tells that //line comments are in the file, so that a line has to
	// be named together with its file.
	directives bool
	// pathProblem says why no copy can be made of this file's functions, or is empty.
	pathProblem string
	armInfo     map[armKey]facts
}

func newFile(p *load.Package, f *load.File) *file {
	out := &file{File: f, pkg: p, tok: p.Fset.File(f.Syntax.FileStart), armInfo: map[armKey]facts{}}
	out.directives = bytes.Contains(f.Source, []byte("//line ")) || bytes.Contains(f.Source, []byte("/*line "))
	if out.directives && strings.ContainsAny(f.Path, "\n*") {
		out.pathProblem = "the file's path cannot stand in a line directive"
	}
	for _, decl := range f.Syntax.Decls {
		out.collect(decl)
	}
	return out
}

// collect finds the functions that can have two bodies.
func (f *file) collect(decl ast.Decl) {
	if d, ok := decl.(*ast.FuncDecl); ok {
		if d.Body != nil && !pinned(d.Doc) {
			f.funcs = append(f.funcs, &function{node: d, file: f})
		}
		return
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			f.funcs = append(f.funcs, &function{node: lit, file: f})
			return false
		}
		return true
	})
}

func (f *file) functions() []*function {
	if f.pathProblem != "" {
		return nil
	}
	return f.funcs
}

// pinned tells whether a directive makes promises about a function that a second
// body with calls would break.
func pinned(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		word, _, _ := strings.Cut(c.Text, " ")
		switch word {
		case "//go:nosplit", "//go:norace", "//go:uintptrescapes", "//go:uintptrkeepalive",
			"//go:systemstack", "//go:nowritebarrier", "//go:nowritebarrierrec",
			"//go:yeswritebarrierrec", "//go:cgo_unsafe_args":
			return true
		}
	}
	return false
}

// survey records what planning asks of the whole file.
func (f *file) survey() {
	f.parents = parentsOf(f.Syntax)
	f.locals = localsOf(f.Syntax, f.pkg.Info)
	f.labels = labelsOf(f.Syntax, f.pkg.Info)
}

func parentsOf(root ast.Node) map[ast.Node]ast.Node {
	parents := map[ast.Node]ast.Node{}
	ast.PreorderStack(root, nil, func(n ast.Node, stack []ast.Node) bool {
		if len(stack) > 0 {
			parents[n] = stack[len(stack)-1]
		}
		return true
	})
	return parents
}

// offset is the byte offset of pos, whatever line directives say.
func (f *file) offset(pos token.Pos) int { return f.tok.Offset(pos) }

func (f *file) pos(offset int) token.Pos { return f.tok.Pos(offset) }

func (f *file) text(n ast.Node) string {
	return string(f.Source[f.offset(n.Pos()):f.offset(n.End())])
}

// old tells whether the file compiles as a Go without what the switches need:
// generic functions, and literals as their arguments.
func (f *file) old() bool {
	return f.GoVersion != "" && version.Compare(goVersion(f.GoVersion), "go1.21") < 0
}

func goVersion(v string) string {
	if strings.HasPrefix(v, "go") {
		return v
	}
	return "go" + v
}

// universe tells whether name means at pos what the language says.
func (f *file) universe(name string, pos token.Pos) bool {
	_, obj := f.scope(pos).LookupParent(name, pos)
	return obj != nil && obj.Parent() == types.Universe
}

// scope is the innermost scope at pos.
func (f *file) scope(pos token.Pos) *types.Scope {
	return f.pkg.Info.Scopes[f.Syntax].Innermost(pos)
}
