package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// What is told here is seen from the text alone: the mutant is the same program,
// or changes a value that nobody may rely on.

// besideError tells why the i-th result of r teaches nothing: another one is an
// error that is not nil. A bool beside an error often means something, and so does
// how much was read or written.
func (c *finder) besideError(r *ast.ReturnStmt, i int, results []result) string {
	name := c.name[strings.LastIndexByte(c.name, '.')+1:]
	if isBool(results[i].typ) || isError(results[i].typ) || isNumber(results[i].typ) && slices.ContainsFunc(
		[]string{"Read", "Write", "Copy", "read", "write", "copy"}, func(word string) bool { return strings.HasPrefix(name, word) }) {
		return ""
	}
	for j, e := range r.Results {
		if j != i && isError(results[j].typ) && c.certainError(e) {
			return "a value beside an error"
		}
	}
	return ""
}

// certainError tells whether e is an error that is not nil: one that is made there,
// a variable that holds one by its name, or what an if around has asked for.
func (c *finder) certainError(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		name := c.qualified(e)
		return name == "errors.New" || name == "fmt.Errorf"
	case *ast.UnaryExpr:
		return e.Op == token.AND
	case *ast.CompositeLit:
		return true
	case *ast.SelectorExpr:
		id, ok := e.X.(*ast.Ident)
		return ok && c.info.Selections[e] == nil && (strings.HasPrefix(e.Sel.Name, "Err") || id.Name == "io" && e.Sel.Name == "EOF")
	case *ast.Ident:
		if obj := c.info.Uses[e]; obj != nil && obj.Parent() == c.pkg.Types.Scope() {
			return strings.HasPrefix(strings.ToLower(e.Name), "err")
		}
		return c.askedFor(e)
	}
	return false
}

// askedFor tells whether an if around the current node asks whether id is not nil,
// and nothing behind the question assigns to it.
func (c *finder) askedFor(id *ast.Ident) bool {
	for i := range c.parents {
		up, ok := c.parent(i).(*ast.IfStmt)
		if !ok {
			if _, lit := c.parent(i).(*ast.FuncLit); lit {
				return false
			}
			continue
		}
		if i == 0 || c.parent(i-1) != ast.Node(up.Body) || !c.asksForError(up.Cond) {
			continue
		}
		return c.mentions(up.Cond, c.info.Uses[id]) && !c.assigns(up.Body, id)
	}
	return false
}

// assigns tells whether a statement in n gives the variable id another value, or
// may do so by its address.
func (c *finder) assigns(n ast.Node, id *ast.Ident) bool {
	object, found := c.info.ObjectOf(id), false
	is := func(e ast.Expr) bool {
		other, ok := ast.Unparen(e).(*ast.Ident)
		return ok && c.info.ObjectOf(other) == object
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = found || slices.ContainsFunc(n.Lhs, is)
		case *ast.IncDecStmt:
			found = found || is(n.X)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(n.X)
		case *ast.RangeStmt:
			found = found || n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
		}
		return !found
	})
	return found
}

// keepsGreatest tells why the boundary of a comparison, the current node, does not
// matter: an if replaces one of two values, which a variable has just got, by the
// other.
func (c *finder) keepsGreatest(b *ast.BinaryExpr) string {
	up, ok := c.parent(0).(*ast.IfStmt)
	if !ok || up.Cond != ast.Expr(b) || up.Init != nil || up.Else != nil || len(up.Body.List) != 1 || !c.pure(b) {
		return ""
	}
	to, taken, ok := assignment(up.Body.List[0])
	list := listOf(c.parent(1))
	i := slices.Index(list, ast.Stmt(up))
	if !ok || i < 1 {
		return ""
	}
	before, value, ok := assignment(list[i-1])
	if !ok || c.text(before) != c.text(to) {
		return ""
	}
	x, y := c.text(b.X), c.text(b.Y)
	if got := c.text(taken) + " " + c.text(value); got != x+" "+y && got != y+" "+x {
		return ""
	}
	return "equal operands give the same either way"
}

// assignment is the one variable and value of a plain assignment or a declaration.
func assignment(s ast.Stmt) (to, from ast.Expr, ok bool) {
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Tok != token.ASSIGN && a.Tok != token.DEFINE {
		return nil, nil, false
	}
	return a.Lhs[0], a.Rhs[0], true
}

// zeroAlready tells why removing the else of an if, the current node, changes
// nothing: each statement sets a field of a struct that the function has made to
// the zero that it has.
func (c *finder) zeroAlready(at *ast.IfStmt, branch *ast.BlockStmt) string {
	for _, n := range c.parents {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			return ""
		}
	}
	for _, s := range branch.List {
		to, from, ok := assignment(s)
		if !ok {
			return ""
		}
		sel, ok := to.(*ast.SelectorExpr)
		if !ok || !c.isZero(from, c.info.TypeOf(to)) {
			return ""
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok || !c.freshField(id, sel.Sel.Name, at) {
			return ""
		}
	}
	return "the field is zero already"
}

// freshField tells whether a field of the struct that id holds is zero in a branch
// of at: a composite literal without it has made the struct, and nothing before at
// mentions the field or hands the struct to anybody.
func (c *finder) freshField(id *ast.Ident, field string, at *ast.IfStmt) bool {
	object := c.info.Uses[id]
	_, body := c.inner()
	if object == nil || body == nil {
		return false
	}
	made, fresh := false, true
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || n.Pos() >= at.Pos() || n == ast.Node(at) {
			return false
		}
		switch n := n.(type) {
		case *ast.LabeledStmt:
			fresh = false
		case *ast.AssignStmt:
			to, from, ok := assignment(n)
			if own, isID := to.(*ast.Ident); ok && isID && c.info.Defs[own] == object {
				made = literalWithout(from, field)
				return false
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && c.info.Uses[x] == object {
				s := c.info.Selections[n]
				fresh = fresh && s != nil && s.Kind() == types.FieldVal && n.Sel.Name != field
				return false
			}
		case *ast.Ident:
			if c.info.Uses[n] == object {
				fresh = false // it goes elsewhere
			}
		}
		return true
	})
	return made && fresh
}

// literalWithout tells whether e is a literal of a struct, or its address, that
// names its fields and not this one.
func literalWithout(e ast.Expr, field string) bool {
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	lit, ok := e.(*ast.CompositeLit)
	return ok && !slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		key, ok := kv.Key.(*ast.Ident)
		return !ok || key.Name == field
	})
}
