package prove

import (
	"go/ast"
	"go/token"
	"go/types"
)

// conversion carries out T(x).
func (r *run) conversion(s *state, e *ast.CallExpr) []values {
	from, to := r.Info.TypeOf(e.Args[0]), r.Info.TypeOf(e)
	var all []values
	for _, x := range r.eval(s, e.Args[0]) {
		all = append(all, r.converted(x.state, x.v, from, to))
	}
	return all
}

func (r *run) converted(s *state, x *term, from, to types.Type) values {
	r.plain(x)
	a, aBasic := from.Underlying().(*types.Basic)
	b, bBasic := to.Underlying().(*types.Basic)
	_, slice := from.Underlying().(*types.Slice)
	if _, parameter := types.Unalias(to).(*types.TypeParam); parameter {
		refuse()
	}
	switch {
	case types.IsInterface(to):
		return values{s, []*term{r.convert(x, from, to)}}
	case types.IdenticalIgnoreTags(from.Underlying(), to.Underlying()), aBasic && bBasic && r.widens(a, b):
		return values{s, []*term{x}}
	case isBytes(from) && bBasic && b.Info()&types.IsString != 0:
		text := r.make("text", to, x, s.memory)
		return values{s.know(token.EQL, r.length(text, 1), r.length(x, 1)), []*term{text}}
	case aBasic && bBasic:
		return values{s, []*term{r.make("to"+r.typeID(to), to, x)}}
	case aBasic || slice && bBasic:
		c := s.clone()
		c.made++
		return values{c, []*term{r.make("to"+r.typeID(to), to, x, s.memory, r.int(int64(c.made)))}}
	}
	refuse()
	return values{}
}

func isBytes(typ types.Type) bool {
	s, ok := typ.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// widens tells whether an integer stays what it is.
func (r *run) widens(from, to *types.Basic) bool {
	if from.Info()&to.Info()&types.IsInteger == 0 {
		return from.Kind() == to.Kind()
	}
	a, b := r.Sizes.Sizeof(from), r.Sizes.Sizeof(to)
	if from.Info()&types.IsUnsigned == to.Info()&types.IsUnsigned {
		return a <= b
	}
	return from.Info()&types.IsUnsigned != 0 && a < b
}

// builtin carries out a call of a predeclared function.
func (r *run) builtin(s *state, e *ast.CallExpr) []values {
	id, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if !ok {
		refuse()
	}
	switch id.Name {
	case "len":
		var all []values
		for _, x := range r.eval(s, e.Args[0]) {
			all = append(all, values{x.state, []*term{r.len(x.state, x.v, r.Info.TypeOf(e.Args[0]))}})
		}
		return all
	case "panic":
		for _, x := range r.eval(s, e.Args[0]) {
			v := r.convert(x.v, r.Info.TypeOf(e.Args[0]), types.NewInterfaceType(nil, nil))
			*r.stops = append(*r.stops, end{x.state, panicked, []*term{v}})
		}
		return nil
	case "append", "copy", "delete", "clear":
		return r.changing(s, e, id.Name)
	}
	refuse()
	return nil
}

// changing is a call of a predeclared function that may change what others see.
func (r *run) changing(s *state, e *ast.CallExpr, name string) []values {
	typ := r.Info.TypeOf(e)
	results := types.NewTuple()
	if name == "append" || name == "copy" {
		results = types.NewTuple(types.NewParam(token.NoPos, nil, "", typ))
	}
	if e.Ellipsis.IsValid() {
		name += "..."
	}
	var all []values
	for _, v := range r.evalList(s, e.Args...) {
		args := v.values
		if elem, ok := typ.Underlying().(*types.Slice); ok && !e.Ellipsis.IsValid() {
			for i := 1; i < len(args); i++ {
				args[i] = r.convert(args[i], r.Info.TypeOf(e.Args[i]), elem.Elem())
			}
		}
		r.plain(args...)
		all = append(all, r.event(v.state, name, results, args)...)
	}
	return all
}

func (r *run) len(s *state, x *term, typ types.Type) *term {
	if p, ok := typ.Underlying().(*types.Pointer); ok {
		typ = p.Elem()
	}
	switch u := typ.Underlying().(type) {
	case *types.Slice:
		return r.length(x, r.Sizes.Sizeof(u.Elem()))
	case *types.Basic:
		return r.length(x, 1)
	case *types.Array:
		return r.int(u.Len())
	case *types.Map, *types.Chan:
		n := r.make("count", types.Typ[types.Int], x, s.memory)
		n.low = 0
		return n
	}
	refuse()
	return nil
}
