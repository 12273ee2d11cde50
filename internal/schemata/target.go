package schemata

import (
	"go/ast"
	"go/parser"
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
		if up.Tok == token.ASSIGN && i >= 0 && len(up.Lhs) == len(up.Rhs) {
			if id, ok := up.Lhs[i].(*ast.Ident); ok && id.Name == "_" {
				return nil
			}
			return info.TypeOf(up.Lhs[i])
		}
	case *ast.ValueSpec:
		if up.Type != nil && len(up.Names) == len(up.Values) {
			return info.TypeOf(up.Type)
		}
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
		if t := info.TypeOf(other); !f.original(other).constant && t != nil && !isUntyped(t) {
			return t
		}
	case *ast.SendStmt:
		if c, ok := under(info.TypeOf(up.Chan)).(*types.Chan); ok && up.Value == e {
			return c.Elem()
		}
	case *ast.KeyValueExpr:
		if lit, ok := f.parents[up].(*ast.CompositeLit); ok && up.Value == e {
			return elementType(info, lit, up.Key)
		}
	case *ast.CompositeLit:
		switch u := under(info.TypeOf(up)).(type) {
		case *types.Slice:
			return u.Elem()
		case *types.Array:
			return u.Elem()
		case *types.Struct:
			if i := slices.Index(up.Elts, e); i >= 0 && i < u.NumFields() {
				return u.Field(i).Type()
			}
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
		if id, ok := key.(*ast.Ident); ok {
			if v, ok := info.Uses[id].(*types.Var); ok {
				return v.Type()
			}
		}
	}
	return nil
}

func (f *file) resultType(r *ast.ReturnStmt, e ast.Expr) types.Type {
	i := slices.Index(r.Results, e)
	sig := f.enclosing(r)
	if sig == nil || i < 0 || sig.Results().Len() != len(r.Results) {
		return nil
	}
	return sig.Results().At(i).Type()
}

// enclosing is the signature of the innermost function around n.
func (f *file) enclosing(n ast.Node) *types.Signature {
	for ; n != nil; n = f.parents[n] {
		var t types.Type
		switch n := n.(type) {
		case *ast.FuncLit:
			t = f.pkg.Info.TypeOf(n)
		case *ast.FuncDecl:
			if obj := f.pkg.Info.Defs[n.Name]; obj != nil {
				t = obj.Type()
			}
		default:
			continue
		}
		sig, _ := t.(*types.Signature)
		return sig
	}
	return nil
}

func (f *file) paramType(c *ast.CallExpr, e ast.Expr) types.Type {
	i := slices.Index(c.Args, e)
	sig, ok := f.pkg.Info.TypeOf(c.Fun).(*types.Signature)
	if !ok || i < 0 || c.Ellipsis.IsValid() || sig.TypeParams().Len() > 0 {
		return nil
	}
	if last := sig.Params().Len() - 1; sig.Variadic() && i >= last {
		s, ok := sig.Params().At(last).Type().(*types.Slice)
		if !ok {
			return nil
		}
		return s.Elem()
	}
	if i >= sig.Params().Len() {
		return nil
	}
	return sig.Params().At(i).Type()
}

// typeText writes t as it can be written at pos. ok is false where it cannot: a
// package is not imported there, or a name means something else.
func (f *file) typeText(t types.Type, pos token.Pos) (text string, ok bool) {
	if b, basic := t.(*types.Basic); basic && b.Kind() != types.UnsafePointer {
		return b.Name(), b.Kind() != types.Invalid && f.universe(b.Name(), pos)
	}
	text = types.TypeString(t, f.qualify)
	e, err := parser.ParseExpr(text)
	if err != nil {
		return "", false
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if types.CheckExpr(f.pkg.Fset, f.pkg.Types, pos, e, info) != nil {
		return "", false
	}
	tv := info.Types[e]
	return text, tv.IsType() && types.Identical(tv.Type, t)
}

// qualify names a package as this file does.
func (f *file) qualify(p *types.Package) string {
	if p == f.pkg.Types {
		return ""
	}
	for _, spec := range f.Syntax.Imports {
		var obj types.Object
		if spec.Name != nil {
			obj = f.pkg.Info.Defs[spec.Name]
		} else {
			obj = f.pkg.Info.Implicits[spec]
		}
		if name, ok := obj.(*types.PkgName); ok && name.Imported() == p && name.Name() != "_" {
			if name.Name() == "." {
				return ""
			}
			return name.Name()
		}
	}
	return "evilution_no_import"
}
