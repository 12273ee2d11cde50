package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// target is the type of the variable, parameter or operand that e is assigned to
// or stands beside, or nil where nothing says it plainly.
func (f *file) target(e ast.Expr) types.Type {
	info := f.pkg.Info
	up := f.parents[e]
	switch up := up.(type) {
	case *ast.ParenExpr:
		return f.target(up)
	case *ast.ReturnStmt:
		return f.resultType(up, e)
	case *ast.AssignStmt:
		i := slices.Index(up.Rhs, e)
		if up.Tok == token.ASSIGN && i >= 0 {
			return info.TypeOf(up.Lhs[i])
		}
	case *ast.ValueSpec:
		return info.TypeOf(up.Type)
	case *ast.CallExpr:
		return f.paramType(up, e)
	case *ast.BinaryExpr:
		if up.Op == token.SHL || up.Op == token.SHR {
			return nil
		}
		other := up.X
		if other == e {
			other = up.Y
		}
		if t := info.TypeOf(other); !f.original(other).constant && !isUntyped(t) {
			return t
		}
	case *ast.SendStmt:
		if c, ok := under(info.TypeOf(up.Chan)).(*types.Chan); ok && up.Value == e {
			return c.Elem()
		}
	case *ast.KeyValueExpr:
		if up.Value == e {
			return elementType(info, f.parents[up].(*ast.CompositeLit), up.Key)
		}
	case *ast.CompositeLit:
		switch u := under(info.TypeOf(up)).(type) {
		case *types.Slice:
			return u.Elem()
		case *types.Array:
			return u.Elem()
		case *types.Struct:
			return u.Field(slices.Index(up.Elts, e)).Type()
		}
	}
	return nil
}

func elementType(info *types.Info, lit *ast.CompositeLit, key ast.Expr) types.Type {
	switch u := under(info.TypeOf(lit)).(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	case *types.Struct:
		return info.TypeOf(key)
	}
	return nil
}

func (f *file) resultType(r *ast.ReturnStmt, e ast.Expr) types.Type {
	return f.enclosing(r).Results().At(slices.Index(r.Results, e)).Type()
}

// enclosing is the signature of the innermost function around n, which stands in one.
func (f *file) enclosing(n ast.Node) *types.Signature {
	for {
		switch fn := n.(type) {
		case *ast.FuncLit:
			return f.pkg.Info.TypeOf(fn).(*types.Signature)
		case *ast.FuncDecl:
			return f.pkg.Info.Defs[fn.Name].(*types.Func).Signature()
		}
		n = f.parents[n]
	}
}

func (f *file) paramType(c *ast.CallExpr, e ast.Expr) types.Type {
	i := slices.Index(c.Args, e)
	tv := f.pkg.Info.Types[c.Fun]
	sig, ok := tv.Type.(*types.Signature)
	if !ok || tv.IsType() || i < 0 || c.Ellipsis.IsValid() {
		return nil
	}
	if last := sig.Params().Len() - 1; sig.Variadic() && i >= last {
		return sig.Params().At(last).Type().(*types.Slice).Elem()
	}
	return sig.Params().At(i).Type()
}

// typeText writes t as it can be written at pos. ok is false where it cannot: a
// package is not imported there, or a name means something else.
func (f *file) typeText(t types.Type, pos token.Pos) (text string, ok bool) {
	text = types.TypeString(t, f.qualify)
	tv, _ := types.Eval(token.NewFileSet(), f.pkg.Types, pos, text)
	return text, tv.IsType() && types.Identical(tv.Type, t)
}

// qualify names a package as this file does.
func (f *file) qualify(p *types.Package) string {
	if p == f.pkg.Types {
		return ""
	}
	for _, spec := range f.Syntax.Imports {
		name := f.pkg.Info.PkgNameOf(spec)
		if name.Imported() == p && name.Name() != "_" {
			if name.Name() == "." {
				return ""
			}
			return name.Name()
		}
	}
	return "evilution_no_import"
}
