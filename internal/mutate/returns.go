package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

var returnValue = Operator{
	Name:   "return_value",
	Doc:    "Returns the zero value of a result instead, or another value where it is zero or empty: 1, the other bool, a non-nil error.",
	Before: "func f(n int) int { return n * 2 }",
	After:  "func f(n int) int { return 0 }",
	find: func(c *finder, n ast.Node) {
		r, ok := n.(*ast.ReturnStmt)
		if !ok {
			return
		}
		results := c.results()
		switch {
		case len(results) == 0:
		case len(r.Results) == len(results):
			for i, e := range r.Results {
				c.returnInstead(r, e, results[i], c.besideError(r, i, results))
			}
		case len(r.Results) == 0:
			c.bareReturn(r, results)
		case len(r.Results) == 1:
			c.returnZeros(r, results)
		}
	},
}

// result is one result of the function around a return.
type result struct {
	name string   // empty or "_" where it has none
	expr ast.Expr // its type as written
	typ  types.Type
}

// results are those of the innermost function, one entry per value.
func (c *finder) results() []result {
	typ, _ := c.inner()
	if typ == nil || typ.Results == nil {
		return nil
	}
	var list []result
	for _, field := range typ.Results.List {
		t := c.info.TypeOf(field.Type)
		if len(field.Names) == 0 {
			list = append(list, result{"", field.Type, t})
		}
		for _, name := range field.Names {
			list = append(list, result{name.Name, field.Type, t})
		}
	}
	return list
}

// returnInstead proposes another value for e, one of the results of r.
func (c *finder) returnInstead(r *ast.ReturnStmt, e ast.Expr, to result, ignore string) {
	text, errorsName := c.otherValue(e, to)
	if text == "" {
		return
	}
	p := proposal{site: r, kind: Stmt, edits: []edit{c.edit(e, text)}, errors: errorsName, ignore: ignore}
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok && len(lit.Elts) == 0 && canBeEmpty(to.typ) {
		p.profile = Strong // only who asks for nil can tell
		c.fill(p, lit)
	}
	if isBool(to.typ) {
		p.unless = []twin{{ast.Unparen(e), c.negators(e)}}
	}
	// Where the expression alone can stand for the mutant, its two values can be
	// compared. An interface result takes a nil that has no type from a return only.
	if _, basic := to.typ.Underlying().(*types.Basic); basic && c.pure(e) && types.Identical(c.info.TypeOf(e), to.typ) {
		if len(c.uses.lost(c.tok, p.edits)) == 0 {
			p.site, p.kind = e, c.kindOf(e)
		}
	}
	c.propose(p)
}

// fill proposes, with p's other properties, a slice literal that has an element.
func (c *finder) fill(p proposal, lit *ast.CompositeLit) {
	list, ok := lit.Type.(*ast.ArrayType)
	if !ok || list.Len != nil || !c.universe("new", lit.Pos()) {
		return
	}
	p.profile, p.edits = Default, []edit{c.edit(lit, c.text(list)+"{*new("+c.text(list.Elt)+")}")}
	c.propose(p)
}

// negators are the operators whose mutant of e says !e.
func (c *finder) negators(e ast.Expr) []string {
	list := []string{"negation_removal", "negation_insertion"}
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && c.exactOpposite(b) {
		list = append(list, "comparison_negation")
	}
	return list
}

// otherValue is what is returned instead of e, or empty where there is nothing
// that is surely different. errorsName is set where it calls errors.New.
func (c *finder) otherValue(e ast.Expr, to result) (text, errorsName string) {
	if isError(to.typ) {
		if !c.isNil(e) {
			return "", "" // error_swallow
		}
		errorsName = c.errorsName(e)
		return errorsName + `.New("evilution")`, errorsName
	}
	if isBool(to.typ) {
		return c.not(e), ""
	}
	zero := c.zero(to, e)
	if !c.isZero(e, to.typ) {
		return zero, ""
	}
	switch {
	case isNumber(to.typ):
		return "1", ""
	case isString(to.typ):
		return `"evilution"`, ""
	}
	return "", ""
}

// not is the negation of a boolean expression.
func (c *finder) not(e ast.Expr) string {
	switch {
	case c.isUniverse(e, "true"):
		return "false"
	case c.isUniverse(e, "false"):
		return "true"
	case operand(e):
		return "!" + c.text(e)
	}
	return "!(" + c.text(e) + ")"
}

// bareReturn proposes another value for each named result that is a plain value;
// the others are returned by their names.
func (c *finder) bareReturn(r *ast.ReturnStmt, results []result) {
	for i, to := range results {
		text := c.zero(to, r)
		if isBool(to.typ) {
			text = "!" + to.name
		}
		if !isError(to.typ) && text != "" {
			c.returnNamed(r, results, i, text)
		}
	}
}

// returnNamed proposes `return a, text, c` for a bare return.
func (c *finder) returnNamed(r *ast.ReturnStmt, results []result, i int, text string) {
	list := make([]string, len(results))
	for j, other := range results {
		if j != i && (other.name == "_" || other.name == "") {
			return
		}
		list[j] = other.name
	}
	if isBool(results[i].typ) && results[i].name == "_" {
		return
	}
	list[i] = text
	c.propose(proposal{site: r, kind: Stmt, edits: []edit{c.edit(r, "return "+strings.Join(list, ", "))}})
}

// returnZeros proposes zero values for `return f()` where f has several results.
func (c *finder) returnZeros(r *ast.ReturnStmt, results []result) {
	list := make([]string, len(results))
	for i, to := range results {
		if list[i] = c.zero(to, r); list[i] == "" {
			return
		}
	}
	c.propose(proposal{site: r, kind: Stmt, edits: []edit{c.edit(r, "return "+strings.Join(list, ", "))}})
}
