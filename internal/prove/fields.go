package prove

import (
	"go/ast"
	"go/constant"
	"go/types"
)

// selector carries out x.f.
func (r *run) selector(s *state, e *ast.SelectorExpr) []result {
	sel := r.Info.Selections[e]
	if sel == nil {
		return []result{{s, r.variable(s, e.Sel)}}
	}
	if sel.Kind() != types.FieldVal {
		refuse()
	}
	return r.each(r.eval(s, e.X), func(s *state, x *term) []result {
		return r.fields(s, x, sel.Recv(), sel.Index())
	})
}

// fields goes from x of type typ down to one of its fields, as a selector does.
func (r *run) fields(s *state, x *term, typ types.Type, index []int) []result {
	if len(index) == 0 {
		return []result{{s, x}}
	}
	if p, ok := typ.Underlying().(*types.Pointer); ok {
		return r.each(r.behind(s, x, p.Elem()), func(s *state, x *term) []result {
			return r.fields(s, x, p.Elem(), index)
		})
	}
	st, ok := typ.Underlying().(*types.Struct)
	if !ok {
		refuse()
	}
	f := st.Field(index[0])
	return r.fields(s, r.field(x, f), f.Type(), index[1:])
}

// field is a field of a struct.
func (r *run) field(x *term, f *types.Var) *term {
	for x.op[:1] == "." { // with a field that has been set
		if x.op == "."+r.id(f) {
			return x.args[1]
		}
		x = x.args[0]
	}
	if x.op == "zero" {
		return r.zero(f.Type())
	}
	return r.make("field"+r.id(f), f.Type(), x)
}

// with is a struct with another value for one of its fields.
func (r *run) with(x *term, f *types.Var, v *term) *term {
	r.plain(v)
	return r.make("."+r.id(f), nil, x, v)
}

// behind is what p points to.
func (r *run) behind(s *state, p *term, typ types.Type) []result {
	var list []result
	for _, s := range r.notNil(s, p) {
		list = append(list, result{s, r.make("behind", typ, p, s.memory)})
	}
	return list
}

// zero is the zero value of a type.
func (r *run) zero(typ types.Type) *term {
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return r.bool(false)
		case info&types.IsString != 0:
			return r.terms.constant(constant.MakeString(""))
		case info&types.IsNumeric != 0:
			return r.int(0)
		}
		return r.null()
	case *types.Struct:
		return r.make("zero", nil)
	case *types.Array:
		return r.make("zeros"+r.typeID(typ), nil)
	}
	if _, parameter := types.Unalias(typ).(*types.TypeParam); parameter {
		refuse()
	}
	return r.null()
}
