package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

var constReplace = Operator{
	Name:    "const_replace",
	Doc:     "Uses the next constant of the same declaration, makes a declared whole number greater and less by one, and lets iota begin at one.",
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
			c.shiftIota(value)
			return
		}
		v, ok := smallInt(c.info.Types[lit].Value)
		if !ok {
			return
		}
		for _, to := range []int64{v + 1, v - 1} {
			if to >= 0 && !c.isTaken(to) && !c.isPinned(c.specNames()) && c.fitsAll(to) {
				p := c.replace(lit, c.number(to, lit.Value))
				p.ignore = c.quietType(lit)
				c.propose(p)
			}
		}
	},
}

// constants are those that the package declares at its top; empty until somebody
// asks.
type constants struct {
	next  map[*types.Const]*types.Const   // what const_replace uses instead
	taken map[*ast.GenDecl]map[int64]bool // the values of a declaration
	// pinned are those that an array is measured or indexed by where the compiler
	// counts.
	pinned map[types.Object]bool
}

// isTaken tells whether a constant of the declaration at hand has the value n. Two
// equal ones mostly cannot be cases of one switch, or keys of one map.
func (c *finder) isTaken(n int64) bool {
	return c.declaredConstants().taken[c.parent(1).(*ast.GenDecl)][n]
}

// sibling is the constant that is declared behind obj in one declaration, with the
// same type and another value; the first one comes after the last. It is nil where
// there is none.
func (c *finder) sibling(obj *types.Const) *types.Const { return c.declaredConstants().next[obj] }

func (c *finder) declaredConstants() *constants {
	if c.constants.next != nil {
		return c.constants
	}
	c.constants.next, c.constants.taken = map[*types.Const]*types.Const{}, map[*ast.GenDecl]map[int64]bool{}
	c.constants.pinned = map[types.Object]bool{}
	for _, f := range c.pkg.Files {
		c.constants.pins(f.Syntax, c.info)
		for _, decl := range f.Syntax.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST {
				c.constants.add(d, c.info)
			}
		}
	}
	return c.constants
}

func (k *constants) add(d *ast.GenDecl, info *types.Info) {
	var group []*types.Const
	k.taken[d] = map[int64]bool{}
	for _, spec := range d.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			obj, ok := info.Defs[name].(*types.Const)
			if !ok || name.Name == "_" {
				continue
			}
			group = append(group, obj)
			if v, ok := smallInt(obj.Val()); ok {
				k.taken[d][v] = true
			}
		}
	}
	for i, obj := range group {
		k.next[obj] = nextDifferent(group, i)
	}
}

// nextDifferent is the first in a cycle of constants from i on that differs from it.
func nextDifferent(group []*types.Const, i int) *types.Const {
	for j := 1; j < len(group); j++ {
		other := group[(i+j)%len(group)]
		if types.Identical(other.Type(), group[i].Type()) && !constant.Compare(other.Val(), token.EQL, group[i].Val()) {
			return other
		}
	}
	return nil
}
