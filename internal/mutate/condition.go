package mutate

import (
	"go/ast"
	"go/token"
)

var conditionTrue = Operator{
	Name:   "condition_true",
	Doc:    "Makes the condition of an if, a for or a case of a tagless switch always true.",
	Before: "func f(n int) bool { if n > 9 { return true }; return false }",
	After:  "func f(n int) bool { if true { return true }; return false }",
	find:   func(c *finder, n ast.Node) { c.eachCondition(n, c.always) },
}

var conditionFalse = Operator{
	Name:   "condition_false",
	Doc:    "Makes the condition of an if, a for or a case of a tagless switch always false.",
	Before: "func f(n int) bool { if n > 9 { return true }; return false }",
	After:  "func f(n int) bool { if false { return true }; return false }",
	find:   func(c *finder, n ast.Node) { c.eachCondition(n, c.never) },
}

var errorBranch = Operator{
	Name:   "error_branch",
	Doc:    "Never takes the branch that handles an error.",
	Before: "func f(err error) int { if err != nil { return 1 }; return 0 }",
	After:  "func f(err error) int { if false { return 1 }; return 0 }",
	find: func(c *finder, n ast.Node) {
		if i, ok := n.(*ast.IfStmt); ok && c.asksForError(i.Cond) {
			c.never(i, i.Cond)
		}
	},
}

// asksForError tells whether e is `err != nil`, for anything that is an error.
func (c *finder) asksForError(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ {
		return false
	}
	return c.isNil(b.Y) && implementsError(c.info.TypeOf(b.X)) ||
		c.isNil(b.X) && implementsError(c.info.TypeOf(b.Y))
}

// eachCondition calls do for the conditions that n decides by.
func (c *finder) eachCondition(n ast.Node, do func(at ast.Node, cond ast.Expr)) {
	switch n := n.(type) {
	case *ast.IfStmt:
		do(n, n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			do(n, n.Cond)
		}
	case *ast.CaseClause:
		if sw, ok := c.parent(1).(*ast.SwitchStmt); ok && sw.Tag == nil {
			for _, cond := range n.List {
				do(n, cond)
			}
		}
	}
}

func (c *finder) always(at ast.Node, cond ast.Expr) {
	p := c.fixed(cond, "true", "true || ")
	switch at := at.(type) {
	case *ast.ForStmt:
		if !c.canLeave(at) {
			p.ignore = "a loop that nothing leaves can only hang"
		}
	case *ast.IfStmt:
		if p.ignore == "" && at.Else == nil && c.silent(cond) {
			p.ignore = c.returnsBehind(at, at.Body.List, nil)
		}
	}
	p.claim = c.claim(at, cond, nil, true)
	c.propose(p)
}

func (c *finder) never(at ast.Node, cond ast.Expr) {
	p := c.fixed(cond, "false", "false && ")
	if up, ok := at.(*ast.IfStmt); ok {
		p.unless = c.within(up)
		if p.ignore == "" && c.failsAlwaysOrNever(up) {
			p.ignore = "a call with constants fails always or never"
		}
		if p.ignore == "" && up.Else == nil && c.silent(cond) {
			p.ignore = c.returnsBehind(up, up.Body.List, cond)
		}
	}
	p.claim = c.claim(at, cond, nil, false)
	c.propose(p)
}

// fixed replaces a condition by a constant, or, where the condition is the last
// use of something, keeps it behind an operator that does not evaluate it.
func (c *finder) fixed(cond ast.Expr, text, before string) proposal {
	if !c.universe(text, cond.Pos()) {
		text = map[string]string{"true": "0 == 0", "false": "0 != 0"}[text]
		before = text + before[len(before)-len(" || "):]
	}
	p := c.replace(cond, text)
	p.kind = Bool
	p.ignore = c.decided(cond, before[len(before)-3] == '|')
	p.spare = []edit{c.edit(cond, before+"("+c.text(cond)+")")}
	return p
}

// canLeave tells whether a loop whose condition is always true can end: by a
// statement that leaves it, by an index or a pointer that is out of bounds in the
// end, or by a call that may panic or exit.
func (c *finder) canLeave(loop *ast.ForStmt) bool {
	can := breaks(loop.Body, c.labelOf(), true)
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
			can = true
		case *ast.BranchStmt:
			can = can || n.Tok == token.GOTO || n.Label != nil
		case *ast.SelectorExpr:
			s := c.info.Selections[n]
			can = can || s != nil && s.Indirect()
		case *ast.CallExpr:
			can = can || !c.harmless(n)
		}
		return !can
	})
	return can
}

// labelOf is the label of the current node, or "".
func (c *finder) labelOf() string {
	if l, ok := c.parent(0).(*ast.LabeledStmt); ok {
		return l.Label.Name
	}
	return ""
}
