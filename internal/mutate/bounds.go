package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

var sliceBounds = Operator{
	Name:   "slice_bounds",
	Doc:    "Moves a bound of a slice expression by one, moves it to the end, or drops the capacity.",
	Before: "func f(s []int, i, j int) []int { return s[i:j] }",
	After:  "func f(s []int, i, j int) []int { return s[i+1:j] }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.SliceExpr)
		if !ok {
			return
		}
		c.moveBound(s, s.Low, "0")
		if !c.takesFixed(s) {
			end := c.lengthOf(s.X)
			if c.fills(s) {
				end = ""
			}
			c.moveBound(s, s.High, end)
		}
		if s.Max != nil {
			c.propose(proposal{
				site: s, kind: Value,
				edits: []edit{{c.offset(s.High.End()), c.offset(s.Rbrack), ""}},
			})
		}
	},
}

var indexOffset = Operator{
	Name:    "index_offset",
	Doc:     "Takes the element before or behind.",
	Profile: Strong,
	Before:  "func f(s []int, i int) int { return s[i] }",
	After:   "func f(s []int, i int) int { return s[i+1] }",
	find: func(c *finder, n ast.Node) {
		x, ok := n.(*ast.IndexExpr)
		if !ok || !isInteger(c.info.TypeOf(x.Index)) || !isSequence(c.info.TypeOf(x.X)) {
			return
		}
		c.moveBound(x, x.Index, "")
	},
}

// isSequence tells whether values of type t have elements with numbers.
func isSequence(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Pointer:
		_, ok := u.Elem().Underlying().(*types.Array)
		return ok
	}
	return false
}

// lengthOf is len(x), or nothing where x is more than the name of something.
func (c *finder) lengthOf(x ast.Expr) string {
	if !isName(x) || !c.universe("len", x.Pos()) {
		return ""
	}
	return "len(" + c.text(x) + ")"
}

// isName tells whether e is a variable, or a field of one.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(e.X)
	}
	return false
}

// moveBound proposes a bound or index of whole, which is the current node, that
// is greater by one, less by one, or end.
func (c *finder) moveBound(whole, bound ast.Expr, end string) {
	if bound == nil {
		return
	}
	made := map[string]bool{"": true, c.text(bound): true}
	for _, text := range []string{c.plus(bound, 1), c.plus(bound, -1), end} {
		if made[text] || text == "0" && c.is(bound, 0) {
			continue
		}
		made[text] = true
		p := c.replace(bound, text)
		p.spare = c.spareFor(bound, text)
		if c.boundFits(whole, p.edits) {
			c.propose(p)
		}
	}
}

// spareFor keeps what a bound uses where text does not.
func (c *finder) spareFor(bound ast.Expr, text string) []edit {
	t := c.info.TypeOf(bound)
	switch {
	case !isInteger(t):
		return nil
	case text == "0":
		return []edit{c.edit(bound, "0*"+c.inParens(bound))}
	case strings.HasPrefix(text, "len(") && !types.Identical(t, types.Typ[types.Int]) && c.universe("int", bound.Pos()):
		return []edit{c.edit(bound, text+"+0*int("+c.text(bound)+")")}
	}
	return nil
}

// boundFits tells whether a constant bound is one that the compiler accepts.
func (c *finder) boundFits(whole ast.Expr, edits []edit) bool {
	if !c.hasConstantBound(whole) {
		return true
	}
	e, _ := c.check(c.apply(c.offset(whole.Pos()), c.offset(whole.End()), edits), whole.Pos())
	return e != nil
}

func (c *finder) hasConstantBound(whole ast.Expr) bool {
	list := []ast.Expr{}
	switch x := whole.(type) {
	case *ast.IndexExpr:
		list = append(list, x.Index)
	case *ast.SliceExpr:
		list = append(list, x.Low, x.High, x.Max)
	}
	for _, e := range list {
		if e != nil && c.info.Types[e].Value != nil {
			return true
		}
	}
	return false
}

// plus is an integer that differs from e by 1 or -1, in the simplest words, or
// nothing where it would be negative.
func (c *finder) plus(e ast.Expr, n int64) string {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.INT {
		return plusConstant(c.info.Types[lit].Value, n)
	}
	if b, ok := e.(*ast.BinaryExpr); ok && (b.Op == token.ADD || b.Op == token.SUB) && c.info.Types[e].Value == nil {
		if v, ok := smallInt(c.info.Types[b.Y].Value); ok {
			if b.Op == token.SUB {
				v = -v
			}
			return signed(c.text(b.X), v+n)
		}
	}
	return signed(c.text(e), n)
}

// signed writes text + n.
func signed(text string, n int64) string {
	switch {
	case n == 0:
		return text
	case n < 0:
		return text + strconv.FormatInt(n, 10)
	}
	return text + "+" + strconv.FormatInt(n, 10)
}

func plusConstant(v constant.Value, n int64) string {
	i, ok := smallInt(v)
	if !ok || i+n < 0 {
		return ""
	}
	return strconv.FormatInt(i+n, 10)
}

// smallInt is the value of an integer constant that is far from overflow.
func smallInt(v constant.Value) (int64, bool) {
	if v == nil {
		return 0, false
	}
	if v = constant.ToInt(v); v.Kind() != constant.Int {
		return 0, false
	}
	i, ok := constant.Int64Val(v)
	return i, ok && i > -1<<53 && i < 1<<53
}
