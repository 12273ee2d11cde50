package mutate

import (
	"go/ast"
	"go/token"
)

// What assignments and declarations tell.

func (r *reading) assign(s *ast.AssignStmt, f facts) facts {
	right := r.scan(nil)
	r.scanAll(right, s.Rhs)
	f = f.forget(right)
	values := r.valuesOf(s.Rhs, len(s.Lhs), f)
	var parts map[string]text
	if len(s.Lhs) == 1 && len(s.Rhs) == 1 {
		parts = r.fieldsOf(s.Rhs[0], f)
	}
	changed := r.scan(s)
	f = f.forget(changed)
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		r.risks++
		return f
	}
	for i, to := range s.Lhs {
		values[i] = values[i].without(changed)
		switch to := ast.Unparen(to).(type) {
		case *ast.Ident:
			obj := r.info.ObjectOf(to)
			v := values[i]
			v.made = parts != nil
			r.set(f, place{obj: obj}, v)
			for name, v := range parts {
				r.set(f, place{obj, "." + name}, v.without(changed))
			}
		case *ast.SelectorExpr:
			if p, ok := r.field(to); ok && f[place{obj: p.obj}].made {
				r.set(f, p, values[i])
			}
			r.risks++
		default:
			r.risks++
		}
	}
	return f
}

// declare goes over a declaration of variables.
func (r *reading) declare(s *ast.DeclStmt, f facts) facts {
	f = f.forget(r.scan(s))
	for _, spec := range s.Decl.(*ast.GenDecl).Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok || s.Decl.(*ast.GenDecl).Tok != token.VAR {
			continue
		}
		values := r.valuesOf(spec.Values, len(spec.Names), f)
		for i, name := range spec.Names {
			if obj := r.info.Defs[name]; obj != nil && obj.Name() != "_" {
				v := values[i]
				if len(spec.Values) == 0 {
					v = r.zero(obj.Type())
				}
				r.set(f, place{obj: obj}, v)
			}
		}
	}
	return f
}
