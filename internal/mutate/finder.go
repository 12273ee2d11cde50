package mutate

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/prove"
)

// finder is what an operator's find function sees: the package, the file, the
// way from the declaration down to the node, and a place for its proposals.
type finder struct {
	pkg  *load.Package
	info *types.Info
	file *load.File
	tok  *token.File
	uses *uses // of this file

	disabled []disabled        // what comments of this file cover
	dead     map[ast.Stmt]bool // what stands behind a return or a panic
	calls    []string          // patterns of calls that teach nothing, beside those known

	name    string     // of the function or variable, as in Mutant.Function
	decl    ast.Node   // *ast.FuncDecl, or nil in the initialiser of a variable
	pragma  string     // the directive that keeps decl from being mutated, or empty
	parents []ast.Node // from the outermost; the node itself is not among them
	op      int        // index of the operator at work
	out     *[]proposal

	portions  map[portion]int // mutants in composite literals so far
	constants *constants      // of the package
	functions *functions      // of the package

	node      ast.Node // the current one
	lastSite  ast.Node // what lastKnown is of
	lastKnown *known
}

// edit is one replacement of the text [start, end), in byte offsets.
type edit struct {
	start, end int
	text       string
}

// proposal is what an operator thinks of; settle turns it into a candidate.
type proposal struct {
	site  ast.Node
	kind  Kind
	edits []edit // in order, within the site
	// spare takes the place of edits where those would take the last use of a
	// variable or an import. Statements and bodies need none: there the use is kept
	// in a statement of its own.
	spare []edit
	// errors tells that the edits name a function of package errors by the
	// qualifier that errorsName returned.
	errors string
	// ends tells that the change can take away the statement that ends a function.
	// Where it does, the mutant is invalid, or, if it is optional, not made.
	ends, optional bool
	// profile is the first one that makes the change, if that is not the operator's.
	profile Profile
	// ignore is the reason why the mutant teaches nothing, or empty.
	ignore string
	// claim is what may be proved of the mutant, or nil; see proved.go.
	claim *prove.Mutant
	// unless names mutants that do the same; one of them is enough.
	unless []twin

	// Set by propose.
	op      int
	fn      function
	message string // why it does not compile, or empty
}

// twin is a mutant of another site: that of any of these operators.
type twin struct {
	site ast.Node
	ops  []string
}

// function is the place that a proposal belongs to.
type function struct {
	name   string
	node   ast.Node // Candidate.Func
	body   *ast.BlockStmt
	result bool // body must end in a terminating statement
}

// propose hands in a change. Its edits are checked and completed by settle.
func (c *finder) propose(p proposal) {
	p.op = c.op
	p.fn = c.function()
	switch {
	case p.ignore != "":
	case c.pragma != "":
		p.ignore = "function is marked //" + c.pragma
	default:
		p.ignore = c.idlePlace(p.site)
	}
	*c.out = append(*c.out, p)
}

// replace proposes text in the place of a whole expression.
func (c *finder) replace(site ast.Expr, text string) proposal {
	return proposal{site: site, kind: c.kindOf(site), edits: []edit{c.edit(site, text)}}
}

// edit replaces the whole of n.
func (c *finder) edit(n ast.Node, text string) edit {
	return edit{c.offset(n.Pos()), c.offset(n.End()), text}
}

// editToken replaces an operator or keyword of the length of old at pos.
func (c *finder) editToken(pos token.Pos, old, text string) edit {
	start := c.offset(pos)
	end := start + len(old)
	if end < len(c.file.Source) && fuses(text, c.file.Source[end]) {
		text += " "
	}
	return edit{start, end, text}
}

// fuses tells whether an operator and the character that follows it would be
// read as another token: a+-b must not become a--b, nor a>=-b the send a<-b.
func fuses(operator string, next byte) bool {
	if operator == "" {
		return false
	}
	switch last := operator[len(operator)-1]; last {
	case '+', '-', '|', '>':
		return next == last
	case '&':
		return next == '&' || next == '^'
	case '<':
		return next == '<' || next == '-'
	case '/':
		return next == '/' || next == '*'
	}
	return false
}

func (c *finder) offset(pos token.Pos) int { return c.tok.Offset(pos) }

// text is what stands in the file for n.
func (c *finder) text(n ast.Node) string {
	return string(c.file.Source[c.offset(n.Pos()):c.offset(n.End())])
}

// parent is the i-th node above the current one, from 0, or nil.
func (c *finder) parent(i int) ast.Node {
	if i = len(c.parents) - 1 - i; i >= 0 {
		return c.parents[i]
	}
	return nil
}

// kindOf tells Bool from Value.
func (c *finder) kindOf(e ast.Expr) Kind {
	if t := c.info.TypeOf(e); t != nil && isBool(t) {
		return Bool
	}
	return Value
}

// inList tells whether the current node, a statement, stands in a statement list
// or behind a label, where it may become any number of statements.
func (c *finder) inList(n ast.Stmt) bool {
	switch p := c.parent(0).(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.LabeledStmt:
		return true
	case *ast.CommClause:
		return p.Comm != n
	}
	return false
}

// inner is the innermost function around the current node: its type and body, or
// nils in the initialiser of a variable.
func (c *finder) inner() (*ast.FuncType, *ast.BlockStmt) {
	for i := len(c.parents) - 1; i >= 0; i-- {
		switch f := c.parents[i].(type) {
		case *ast.FuncLit:
			return f.Type, f.Body
		case *ast.FuncDecl:
			return f.Type, f.Body
		}
	}
	return nil, nil
}

func (c *finder) function() function {
	fn := function{name: c.name, node: c.decl}
	if fn.node == nil {
		for _, n := range c.parents {
			if lit, ok := n.(*ast.FuncLit); ok {
				fn.node = lit
				break
			}
		}
	}
	if typ, body := c.inner(); body != nil {
		fn.body = body
		fn.result = typ.Results != nil && len(typ.Results.List) > 0
	}
	return fn
}

// means tells whether name, written at pos, would mean obj.
func (c *finder) means(name string, pos token.Pos, obj types.Object) bool {
	scope := c.pkg.Types.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, found := scope.LookupParent(name, pos)
	return found == obj
}

// universe tells whether a predeclared name has not been taken at pos.
func (c *finder) universe(name string, pos token.Pos) bool {
	return c.means(name, pos, types.Universe.Lookup(name))
}

// isUniverse tells whether e is the predeclared name.
func (c *finder) isUniverse(e ast.Expr, name string) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == name && c.info.Uses[id] == types.Universe.Lookup(name)
}
