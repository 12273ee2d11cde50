package mutate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// shiftIota lets the constants that value stands for begin one later: value, of the
// declaration at hand, and the specs behind that repeat it.
func (c *finder) shiftIota(value ast.Expr) {
	id, up := c.onlyIota(value)
	d, spec := c.parent(1).(*ast.GenDecl), c.parent(0).(*ast.ValueSpec)
	if id == nil || len(spec.Names) != 1 {
		return
	}
	text := "iota + 1"
	switch up.(type) {
	case nil, *ast.ParenExpr, *ast.CallExpr:
	default:
		text = "(iota + 1)"
	}
	names := repeating(d, spec)
	if c.isPinned(names) || !c.staysDistinct(d, names, value, id) {
		return
	}
	p := c.replace(id, text)
	p.ignore = c.quietType(value)
	c.propose(p)
}

// onlyIota is the one iota in value, with what is around it there; nil where there is
// none, or more.
func (c *finder) onlyIota(value ast.Expr) (id *ast.Ident, up ast.Node) {
	var parents []ast.Node
	n := 0
	ast.Inspect(value, func(node ast.Node) bool {
		if node == nil {
			parents = parents[:len(parents)-1]
			return true
		}
		if x, ok := node.(*ast.Ident); ok && c.isUniverse(x, "iota") {
			if id, n = x, n+1; len(parents) > 0 {
				up = parents[len(parents)-1]
			}
		}
		parents = append(parents, node)
		return true
	})
	if n != 1 {
		return nil, nil
	}
	return id, up
}

// repeating are the names of spec and of those behind it that repeat its value, by
// the number that iota is there.
func repeating(d *ast.GenDecl, spec *ast.ValueSpec) map[*ast.Ident]int64 {
	names := map[*ast.Ident]int64{}
	found := false
	for i, s := range d.Specs {
		s := s.(*ast.ValueSpec)
		switch {
		case s == spec:
			found = true
		case found && len(s.Values) > 0:
			return names
		}
		if found && len(s.Names) == 1 {
			names[s.Names[0]] = int64(i)
		}
	}
	return names
}

// staysDistinct tells whether all constants of d can have their new values, and those
// that differ still do: equal ones mostly cannot be cases of one switch.
func (c *finder) staysDistinct(d *ast.GenDecl, names map[*ast.Ident]int64, value ast.Expr, id *ast.Ident) bool {
	used := map[string]types.Object{}
	for _, s := range d.Specs {
		for _, name := range s.(*ast.ValueSpec).Names {
			obj, ok := c.info.Defs[name].(*types.Const)
			n, shifts := names[name]
			if !ok || name.Name == "_" || !shifts && c.follows(s.(*ast.ValueSpec), names) {
				continue
			}
			v := obj.Val()
			if shifts {
				start, end := c.offset(value.Pos()), c.offset(value.End())
				v = c.evaluate(c.apply(start, end, []edit{c.edit(id, "("+constant.MakeInt64(n+1).ExactString()+")")}), value.Pos())
				if v == nil || !representable(v, obj.Type(), c.pkg.Sizes) {
					return false
				}
			}
			other := used[v.ExactString()]
			if other != nil && !constant.Compare(other.(*types.Const).Val(), token.EQL, obj.Val()) {
				return false
			}
			used[v.ExactString()] = obj
		}
	}
	return true
}

// follows tells whether the value of a spec is made of one of names.
func (c *finder) follows(spec *ast.ValueSpec, names map[*ast.Ident]int64) bool {
	for name := range names {
		for _, e := range spec.Values {
			if c.mentions(e, c.info.Defs[name]) {
				return true
			}
		}
	}
	return false
}

// specNames are the names that the value at hand is declared with.
func (c *finder) specNames() map[*ast.Ident]int64 {
	names := map[*ast.Ident]int64{}
	for _, name := range c.parent(0).(*ast.ValueSpec).Names {
		names[name] = 0
	}
	return names
}

// fitsAll tells whether the constants that the value at hand is declared for can be n.
func (c *finder) fitsAll(n int64) bool {
	for name := range c.specNames() {
		obj := c.info.Defs[name]
		if obj != nil && !representable(constant.MakeInt64(n), obj.Type(), c.pkg.Sizes) {
			return false
		}
	}
	return true
}

// isPinned tells whether the compiler counts on the value of one of names.
func (c *finder) isPinned(names map[*ast.Ident]int64) bool {
	pinned := c.declaredConstants().pinned
	for name := range names {
		if pinned[c.info.Defs[name]] {
			return true
		}
	}
	return false
}

// pins notes what the lengths of array literals and the last indices of arrays are
// made of.
func (k *constants) pins(f *ast.File, info *types.Info) {
	note := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && info.Uses[id] != nil {
				k.pinned[info.Uses[id]] = true
			}
			return true
		})
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if t, ok := n.Type.(*ast.ArrayType); ok && t.Len != nil && len(n.Elts) > 0 {
				note(t.Len)
			}
		case *ast.IndexExpr:
			i, ok := smallInt(info.Types[n.Index].Value)
			if t := info.TypeOf(n.X); ok && t != nil && isArray(t) && i+1 >= t.Underlying().(*types.Array).Len() {
				note(n.Index)
			}
		}
		return true
	})
}
