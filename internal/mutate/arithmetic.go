package mutate

import (
	"go/ast"
	"go/token"
)

var arithmetic = Operator{
	Name:   "arithmetic",
	Doc:    "Exchanges + and -, * and /, and turns % into *.",
	Before: "func f(a, b int) int { return a + b }",
	After:  "func f(a, b int) int { return a - b }",
	find: func(c *finder, n ast.Node) {
		b, ok := n.(*ast.BinaryExpr)
		if !ok || !isNumber(c.info.TypeOf(b)) {
			return
		}
		if to, ok := arithmeticSwaps[b.Op]; ok && !c.idle(b.Op, b.Y) {
			c.regroup(b, to)
		}
	},
}

var arithmeticSwaps = map[token.Token]token.Token{
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
}

var bitwise = Operator{
	Name:   "bitwise",
	Doc:    "Exchanges & and |, << and >>, and turns ^ and &^ into &.",
	Before: "func f(a, b int) int { return a & b }",
	After:  "func f(a, b int) int { return a | b }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if to, ok := bitwiseSwaps[n.Op]; ok && isInteger(c.info.TypeOf(n)) && !c.idle(n.Op, n.Y) {
				c.regroup(n, to)
			}
		case *ast.AssignStmt:
			c.swapAssign(n, bitwiseAssigns)
		}
	},
}

var bitwiseSwaps = map[token.Token]token.Token{
	token.AND: token.OR, token.OR: token.AND, token.XOR: token.AND, token.AND_NOT: token.AND,
	token.SHL: token.SHR, token.SHR: token.SHL,
}

var bitwiseAssigns = map[token.Token]token.Token{
	token.AND_ASSIGN: token.OR_ASSIGN, token.OR_ASSIGN: token.AND_ASSIGN,
	token.XOR_ASSIGN: token.AND_ASSIGN, token.AND_NOT_ASSIGN: token.AND_ASSIGN,
	token.SHL_ASSIGN: token.SHR_ASSIGN, token.SHR_ASSIGN: token.SHL_ASSIGN,
}

var increment = Operator{
	Name:   "increment",
	Doc:    "Counts the other way: exchanges ++ and --, += and -=, *= and /=; behind the condition of a loop in the strong profile.",
	Before: "func f(n int) int { n++; return n }",
	After:  "func f(n int) int { n--; return n }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			to := map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok]
			c.count(n, proposal{edits: []edit{c.editToken(n.TokPos, "++", to)}})
		case *ast.AssignStmt:
			c.swapAssign(n, arithmeticAssigns)
		}
	},
}

var arithmeticAssigns = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN,
	token.MUL_ASSIGN: token.QUO_ASSIGN, token.QUO_ASSIGN: token.MUL_ASSIGN, token.REM_ASSIGN: token.MUL_ASSIGN,
}

// count proposes p for a statement in a list or behind the condition of a loop.
// The latter is for the strong profile: the mutant mostly panics or hangs.
func (c *finder) count(s ast.Stmt, p proposal) {
	p.site, p.kind = s, Stmt
	if !c.inList(s) {
		loop, ok := c.parent(0).(*ast.ForStmt)
		if !ok || loop.Post != s {
			return
		}
		p.kind, p.profile = Simple, Strong
		if !c.canLeave(loop) {
			p.ignore = "a loop that nothing leaves can only hang"
		}
	}
	c.propose(p)
}

// swapAssign proposes another assignment operator, for numbers only.
func (c *finder) swapAssign(s *ast.AssignStmt, swaps map[token.Token]token.Token) {
	to, ok := swaps[s.Tok]
	if !ok || !isNumber(c.info.TypeOf(s.Lhs[0])) {
		return
	}
	if c.idle(plain[s.Tok], s.Rhs[0]) {
		return
	}
	c.count(s, proposal{edits: []edit{c.editToken(s.TokPos, s.Tok.String(), to.String())}})
}

// plain is the operator of an assignment operator.
var plain = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND,
	token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR, token.AND_NOT_ASSIGN: token.AND_NOT,
	token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR,
}

// idle tells whether exchanging op before y changes nothing, or divides by a
// constant zero.
func (c *finder) idle(op token.Token, y ast.Expr) bool {
	switch op {
	case token.ADD, token.SUB, token.SHL, token.SHR:
		return c.is(y, 0)
	case token.MUL:
		return c.is(y, 0) || c.is(y, 1) || c.is(y, -1)
	case token.QUO:
		return c.is(y, 1) || c.is(y, -1)
	}
	return false
}
