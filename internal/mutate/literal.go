package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
)

var literalBool = Operator{
	Name:   "literal_bool",
	Doc:    "Exchanges true and false.",
	Before: "func f(g func(bool)) { g(true) }",
	After:  "func f(g func(bool)) { g(false) }",
	find: func(c *finder, n ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok || !c.isUniverse(id, "true") && !c.isUniverse(id, "false") {
			return
		}
		switch up := c.parent(0).(type) {
		case *ast.KeyValueExpr:
			if up.Key == id {
				return // both keys of a map may be there
			}
		case *ast.BinaryExpr:
			if up.Op == token.EQL || up.Op == token.NEQ {
				return // comparison_negation says the same
			}
		case *ast.UnaryExpr:
			return // and so does negation_removal
		}
		text := c.not(id)
		if c.universe(text, id.Pos()) {
			c.propose(c.literal(id, text))
		}
	},
}

var literalString = Operator{
	Name:    "literal_string",
	Doc:     "Empties a string, or puts a word into an empty one.",
	Profile: Strong,
	Before:  `func f(s string) string { return s + ", " }`,
	After:   `func f(s string) string { return s + "" }`,
	find: func(c *finder, n ast.Node) {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || c.isPattern(lit) {
			return
		}
		text := `""`
		if constant.StringVal(c.info.Types[lit].Value) == "" {
			text = `"evilution"`
		}
		if c.constantFits(lit, text) {
			c.propose(c.literal(lit, text))
		}
	},
}

// literal replaces a literal by another, unless that teaches nothing.
func (c *finder) literal(site ast.Expr, text string) proposal {
	p := c.replace(site, text)
	p.ignore = c.quiet(site)
	return p
}
