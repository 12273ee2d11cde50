package mutate

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// Mutants that leave out a return where what stands behind returns the same.

const (
	sameBehind = "what stands behind returns the same"
	onlyText   = "only the text of an error changes"
)

// returnsBehind tells why it makes no difference that body, which is up's and
// nothing but a return, is not entered: control comes to a return of the same. up is
// the current node. The statements on the way are those that nothing but the results
// of the return can tell of: they set new variables to what the function returns, or
// go round for each element of what the condition has found empty.
func (c *finder) returnsBehind(up ast.Stmt, body []ast.Stmt, cond ast.Expr) string {
	if len(body) != 1 {
		return ""
	}
	r, ok := body[0].(*ast.ReturnStmt)
	if !ok || c.variables() == nil {
		return ""
	}
	w := &way{known: known{c: c, holds: newDifferences(), vars: c.variables()}, means: map[string]string{}}
	if cond != nil {
		w.empty = w.emptyBy(cond)
	}
	before := w.results(r)
	behind, ok := w.from(up)
	if !ok {
		return ""
	}
	return w.alike(before, behind)
}

// way goes from a statement to the return that comes next.
type way struct {
	known
	empty string            // the key of what is known to be empty
	means map[string]string // what variables hold that were set on the way
}

// value is one result.
type value struct {
	key string
	e   ast.Expr
}

func (w *way) results(r *ast.ReturnStmt) []value {
	var list []value
	for _, e := range r.Results {
		key := w.key(e)
		for name, means := range w.means {
			if key == name {
				key = means
			}
		}
		list = append(list, value{key, e})
	}
	return list
}

// from finds the results of the return that control comes to behind child, the
// current node.
func (w *way) from(child ast.Node) ([]value, bool) {
	for i := range w.c.parents {
		up := w.c.parent(i)
		switch up := up.(type) {
		case *ast.FuncDecl:
			return nil, up.Type.Results == nil
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit, *ast.SelectStmt:
			return nil, false
		}
		if clause, ok := child.(*ast.CaseClause); ok && (fallsOn(clause) || up == nil) {
			return nil, false
		}
		_, clause := child.(*ast.CaseClause)
		list := listOf(up)
		for at := range list {
			if clause || ast.Node(list[at]) != child {
				continue
			}
			for _, s := range list[at+1:] {
				if r, ok := s.(*ast.ReturnStmt); ok {
					return w.results(r), true
				}
				if !w.passes(s) {
					return nil, false
				}
			}
		}
		child = up
	}
	return nil, false
}

// passes goes over a statement.
func (w *way) passes(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.EmptyStmt:
		return true
	case *ast.RangeStmt:
		return w.empty != "" && w.key(s.X) == w.empty
	case *ast.AssignStmt:
		to, from, ok := assignment(s)
		if !ok || s.Tok != token.DEFINE || !w.c.surely(from) {
			return false
		}
		w.means[w.key(to)] = w.key(from)
		return true
	}
	return false
}

// emptyBy is the key of what is empty where cond is true.
func (w *way) emptyBy(cond ast.Expr) string {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.EQL {
		return ""
	}
	if w.c.isNil(b.Y) && canBeEmpty(w.c.info.TypeOf(b.X)) {
		return w.key(b.X)
	}
	if call, ok := b.X.(*ast.CallExpr); ok && w.c.isBuiltin(call, "len") && w.c.is(b.Y, 0) {
		if t := w.c.info.TypeOf(call.Args[0]); canBeEmpty(t) || isString(t) {
			return w.key(call.Args[0])
		}
	}
	return ""
}

// alike tells why two returns are the same to all who call.
func (w *way) alike(a, b []value) string {
	if len(a) != len(b) {
		return ""
	}
	why := sameBehind
	for i := range a {
		switch {
		case a[i].key == b[i].key && !strings.Contains(a[i].key, "node@"):
		case w.c.justText(a[i].e) && w.c.justText(b[i].e):
			why = onlyText
		default:
			return ""
		}
	}
	return why
}

// justText tells whether e makes an error of nothing but a text.
func (c *finder) justText(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	if slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return !c.silent(e) }) {
		return false
	}
	name := c.qualified(call)
	return name == "errors.New" || name == "fmt.Errorf" && !strings.Contains(c.text(call.Args[0]), "%w")
}

// textInstead tells why a clause may as well do what stands in default: both return
// an error, and nothing but its text differs.
func (c *finder) textInstead(body *ast.BlockStmt, clause *ast.CaseClause) string {
	for _, s := range body.List {
		other := s.(*ast.CaseClause)
		if other.List != nil || len(other.Body) != 1 || len(clause.Body) != 1 || c.variables() == nil {
			continue
		}
		a, aOK := clause.Body[0].(*ast.ReturnStmt)
		b, bOK := other.Body[0].(*ast.ReturnStmt)
		w := &way{known: known{c: c, holds: newDifferences(), vars: c.variables()}}
		if aOK && bOK && w.alike(w.results(a), w.results(b)) == onlyText {
			return onlyText
		}
	}
	return ""
}
