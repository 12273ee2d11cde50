package mutate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// spell writes a type as it is called at pos, or nothing where it has no name
// there.
func (c *finder) spell(t types.Type, pos token.Pos) string {
	if t == nil {
		return ""
	}
	text := types.TypeString(t, c.qualify)
	e, info := c.check(text, pos)
	if e == nil || !info.Types[e].IsType() || !types.Identical(info.Types[e].Type, t) {
		return ""
	}
	return text
}

// qualify is the name of a package in this file.
func (c *finder) qualify(p *types.Package) string {
	if p == c.pkg.Types {
		return ""
	}
	for _, spec := range c.file.Syntax.Imports {
		if name := c.info.PkgNameOf(spec); name != nil && name.Imported() == p {
			if name.Name() == "." {
				return ""
			}
			return name.Name()
		}
	}
	return p.Name()
}

// check type-checks an expression as if it stood at pos. e is nil where that
// does not compile.
func (c *finder) check(text string, pos token.Pos) (e ast.Expr, info *types.Info) {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return nil, nil
	}
	info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if err := types.CheckExpr(c.pkg.Fset, c.pkg.Types, pos, e, info); err != nil {
		return nil, nil
	}
	return e, info
}

// zeroOf writes the zero value of t such that it has the type t by itself, or
// nothing where t has no name at pos.
func (c *finder) zeroOf(t types.Type, pos token.Pos) string {
	if b, ok := t.(*types.Basic); ok {
		switch {
		case b.Kind() == types.Bool && c.universe("false", pos):
			return "false"
		case b.Kind() == types.Int:
			return "0"
		case b.Kind() == types.Float64:
			return "0.0"
		case b.Kind() == types.String:
			return `""`
		}
	}
	name := c.spell(t, pos)
	if name == "" {
		return ""
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); !ok {
		switch {
		case nilable(t) && c.universe("nil", pos):
			return c.asFunction(name) + "(nil)"
		case isNumber(t):
			return name + "(0)"
		case isString(t):
			return name + `("")`
		}
	}
	if !c.universe("new", pos) {
		return ""
	}
	return "*new(" + name + ")"
}

// asFunction puts parentheses around the name of a type that cannot be called
// without.
func (c *finder) asFunction(name string) string {
	switch name[0] {
	case '*', '<', 'f', 'c':
		return "(" + name + ")"
	}
	return name
}

// keptIn is an expression of type t that uses what keeps mentions and has the
// value of text; nothing where that cannot be written.
func (c *finder) keptIn(keeps, text string, t types.Type, pos token.Pos) string {
	names := map[string]bool{}
	identifiers(text, names)
	if names["recover"] {
		return "" // which answers only the deferred function itself
	}
	if b, ok := t.(*types.Basic); ok {
		t = types.Default(b)
	}
	name := c.spell(t, pos)
	if name == "" {
		return ""
	}
	return "func() " + name + " { " + keeps + "; return " + text + " }()"
}
