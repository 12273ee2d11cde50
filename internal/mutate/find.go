package mutate

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/load"
)

// Find returns the mutants that ops make in p, in source order. All packages of
// a module that are found on their own must go through mutant.Unique together.
// A package with errors has no mutants.
//
// The id of a mutant does not depend on which other operators are in ops, nor on
// their order; which of two operators keeps a change that both propose does.
func Find(p *load.Package, ops []Operator) []Candidate {
	return Options{Operators: ops}.Find(p)
}

// Options say what is looked for. The zero value finds nothing.
type Options struct {
	Operators []Operator
	// Calls are patterns of functions whose calls teach nothing, beside those that
	// are known: pkg/path.F, pkg/path.T.M, or with the package's name alone. A *
	// stands for any text.
	Calls []string
}

// Find is like the function Find.
func (o Options) Find(p *load.Package) []Candidate {
	if len(p.Errors) > 0 || p.Types == nil || p.Info == nil {
		return nil
	}
	var all []Candidate
	ids, consts, fns := identifier{}, &constants{}, &functions{}
	for _, f := range p.Files {
		if !f.Derived {
			all = append(all, o.file(p, f, ids, consts, fns)...)
		}
	}
	return all
}

func (o Options) file(p *load.Package, f *load.File, ids identifier, consts *constants, fns *functions) []Candidate {
	ops := o.Operators
	tok := p.Fset.File(f.Syntax.FileStart)
	var found []proposal
	c := &finder{
		pkg: p, info: p.Info, file: f, tok: tok, out: &found,
		uses:     collectUses(f.Syntax, p.Info, tok),
		disabled: disabledIn(f, tok), dead: deadIn(f.Syntax), calls: o.Calls, constants: consts, functions: fns,
	}
	for _, decl := range f.Syntax.Decls {
		c.declaration(decl, ops)
	}
	slices.SortStableFunc(found, func(a, b proposal) int {
		return cmp.Or(cmp.Compare(a.edits[0].start, b.edits[0].start), cmp.Compare(a.op, b.op))
	})
	var list []Candidate
	var proposals []proposal
	for _, q := range found {
		cand, ok := c.settle(q, ops[q.op])
		if !ok {
			continue
		}
		ids.set(&cand) // of those that are not wanted too: other ordinals depend on them
		if !ops[q.op].makes(q.profile) {
			continue
		}
		q.profile = max(q.profile, ops[q.op].Profile)
		list, proposals = append(list, cand), append(proposals, q)
	}
	return c.prove(distinct(list, proposals))
}

// declaration walks through what can be mutated of a declaration: bodies and the
// initialisers of variables. Constants and types are other mutants' business.
func (c *finder) declaration(decl ast.Decl, ops []Operator) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			c.name, c.decl, c.pragma = funcName(d), d, pragma(d.Doc)
			c.parents = append(c.parents[:0], d)
			c.walk(d.Body, ops)
		}
	case *ast.GenDecl:
		if d.Tok == token.CONST {
			c.constantValues(d, ops)
		}
		if d.Tok != token.VAR {
			return
		}
		for _, spec := range d.Specs {
			spec := spec.(*ast.ValueSpec)
			for i, value := range spec.Values {
				c.name, c.decl, c.pragma = spec.Names[min(i, len(spec.Names)-1)].Name, nil, ""
				c.parents = append(c.parents[:0], d, spec)
				c.walk(value, ops)
			}
		}
	}
}

// constantValues shows the values in a declaration of constants to those operators
// that ask for them.
func (c *finder) constantValues(d *ast.GenDecl, ops []Operator) {
	for i := range ops {
		if ops[i].declared == nil {
			continue
		}
		c.op = i
		for _, spec := range d.Specs {
			spec := spec.(*ast.ValueSpec)
			for j, value := range spec.Values {
				c.name, c.decl, c.pragma = spec.Names[j].Name, nil, ""
				c.parents = append(c.parents[:0], d, spec)
				ops[i].declared(c, value)
			}
		}
	}
}

// walk shows every node that may be mutated to every operator.
func (c *finder) walk(root ast.Node, ops []Operator) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			c.parents = c.parents[:len(c.parents)-1]
			return true
		}
		if c.barred(n) {
			return false
		}
		c.node = n
		if n, ok := n.(*ast.IfStmt); ok {
			c.bury(n)
		}
		for i := range ops {
			c.op = i
			ops[i].find(c, n)
		}
		c.parents = append(c.parents, n)
		return true
	})
}

// barred tells what is not looked into: types, declarations of constants and
// types, what comes from C, and constants that label the cases of a switch.
func (c *finder) barred(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.VAR
	case *ast.FuncType, *ast.FieldList, *ast.CommentGroup:
		return true
	case ast.Expr:
		tv := c.info.Types[n]
		return tv.IsType() || tv.Type == types.Typ[types.Invalid] || tv.Value != nil && c.isCaseLabel(n)
	}
	return false
}

// isCaseLabel tells whether the current node e stands in the list of a case of a
// switch with a tag.
func (c *finder) isCaseLabel(e ast.Expr) bool {
	clause, ok := c.parent(0).(*ast.CaseClause)
	if !ok || !slices.Contains(clause.List, e) {
		return false
	}
	sw, ok := c.parent(2).(*ast.SwitchStmt)
	return !ok || sw.Tag != nil
}

// funcName is the name that reports use: F, T.M or (*T).M.
func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t := ast.Unparen(d.Recv.List[0].Type)
	star, pointer := t.(*ast.StarExpr)
	if pointer {
		t = ast.Unparen(star.X)
	}
	switch g := t.(type) {
	case *ast.IndexExpr:
		t = g.X
	case *ast.IndexListExpr:
		t = g.X
	}
	name := types.ExprString(t)
	if pointer {
		name = "(*" + name + ")"
	}
	return name + "." + d.Name.Name
}

// pragmas mark functions that run where the runtime is not in order, or that
// must not grow.
var pragmas = []string{
	"go:nosplit", "go:systemstack", "go:nowritebarrier", "go:nowritebarrierrec", "go:yeswritebarrierrec",
	"go:cgo_unsafe_args", "go:uintptrkeepalive", "go:uintptrescapes", "go:norace",
}

// pragma finds such a directive in a comment, without its slashes.
func pragma(doc *ast.CommentGroup) string {
	if doc == nil {
		return ""
	}
	for _, line := range doc.List {
		word, _, _ := strings.Cut(strings.TrimPrefix(line.Text, "//"), " ")
		if strings.HasPrefix(line.Text, "//go:") && slices.Contains(pragmas, word) {
			return word
		}
	}
	return ""
}
