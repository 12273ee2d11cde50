package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

var constReplace = Operator{
	Name:    "const_replace",
	Doc:     "Uses the next constant of the same declaration, and makes a declared whole number greater and less by one.",
	Profile: All,
	Before:  "const (\n\ta = \"x\"\n\tb = \"y\"\n)\n\nfunc f() string { return a }",
	After:   "const (\n\ta = \"x\"\n\tb = \"y\"\n)\n\nfunc f() string { return b }",
	find: func(c *finder, n ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		if sel, ok := c.parent(0).(*ast.SelectorExpr); ok && sel.Sel == id {
			return
		}
		obj, ok := c.info.Uses[id].(*types.Const)
		if !ok || obj.Pkg() != c.pkg.Types {
			return
		}
		next := c.sibling(obj)
		if next == nil || !c.means(next.Name(), id.Pos(), next) || !c.constantFits(id, next.Name()) {
			return
		}
		c.propose(c.literal(id, next.Name()))
	},
	declared: func(c *finder, value ast.Expr) {
		lit, ok := value.(*ast.BasicLit)
		if !ok || lit.Kind != token.INT {
			return
		}
		v, ok := smallInt(c.info.Types[lit].Value)
		if !ok {
			return
		}
		for _, to := range []int64{v + 1, v - 1} {
			if to >= 0 {
				p := c.replace(lit, c.number(to, lit.Value))
				p.ignore = c.quietType(lit)
				c.propose(p)
			}
		}
	},
}

// sibling is the constant that is declared behind obj in one declaration, with the
// same type and another value; the first one comes after the last. It is nil where
// there is none.
func (c *finder) sibling(obj *types.Const) *types.Const {
	if c.siblings == nil {
		c.siblings = siblings(c)
	}
	group := c.siblings[obj]
	at := 0
	for i, other := range group {
		if other == obj {
			at = i
		}
	}
	for i := 1; i < len(group); i++ {
		other := group[(at+i)%len(group)]
		if types.Identical(other.Type(), obj.Type()) && !constant.Compare(other.Val(), token.EQL, obj.Val()) {
			return other
		}
	}
	return nil
}

// siblings finds the constants of every declaration at the top of the file's
// package.
func siblings(c *finder) map[*types.Const][]*types.Const {
	all := map[*types.Const][]*types.Const{}
	for _, f := range c.pkg.Files {
		for _, decl := range f.Syntax.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			var group []*types.Const
			for _, spec := range d.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					if obj, ok := c.info.Defs[name].(*types.Const); ok && name.Name != "_" {
						group = append(group, obj)
					}
				}
			}
			for _, obj := range group {
				all[obj] = group
			}
		}
	}
	return all
}
