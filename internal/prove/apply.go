package prove

import (
	"go/ast"
	"go/types"
	"slices"
	"strconv"
)

// apply is what fn returns: by carrying it out, by calculating it, or as a term.
func (r *run) apply(s *state, e *ast.CallExpr, fn *types.Func, args []*term) []values {
	if v, ok := r.standard(s, fn, args); ok {
		return []values{{s, v}}
	}
	var all []values
	if d := r.Decl(fn); d != nil && d.Body != nil && r.depth < mostDepth && !fn.Signature().Variadic() {
		if r.attempt(func() { all = r.inline(s, e, fn, d, args) }) {
			return all
		}
	}
	r.plain(args...)
	if r.Pure(e) && !r.random(fn) {
		return r.pure(s, fn, args)
	}
	op := "call" + r.id(fn)
	if !seesNoCaller(fn) {
		op += r.trailTo(e)
	}
	return r.event(s, op, fn.Signature().Results(), args)
}

// random tells whether fn may give something else each time.
func (p *Package) random(fn *types.Func) bool {
	d := p.Decl(fn)
	return d != nil && d.Body != nil && p.shape(d).random
}

// seesNoCaller tells whether it does not matter to fn where it is called. Others may
// note the line.
func seesNoCaller(fn *types.Func) bool {
	return fn.Pkg() != nil && slices.Contains([]string{"fmt", "errors", "strings", "strconv", "bytes"}, fn.Pkg().Path())
}

// trailTo is the place of a call, and of those that have led there.
func (r *run) trailTo(e *ast.CallExpr) string { return r.at.trail + "@" + strconv.Itoa(int(e.Pos())) }

// inline carries out the body of fn.
func (r *run) inline(s *state, e *ast.CallExpr, fn *types.Func, d *ast.FuncDecl, args []*term) []values {
	shape := r.shape(d)
	if shape.strange || shape.size > mostInline {
		refuse()
	}
	if shape.loops {
		args = r.known(s, args)
	}
	c := s.clone()
	c.vars = map[types.Object]*term{}
	r.enter(c, fn, shape, args)
	defer func(depth int, at *frame) { r.depth, r.at = depth, at }(r.depth, r.at)
	r.depth, r.at = r.depth+1, &frame{fn.Signature(), shape, r.trailTo(e)}
	var all []values
	for _, end := range r.statements([]*state{c}, d.Body.List) {
		if end.how != left && (end.how != next || fn.Signature().Results().Len() > 0) {
			refuse()
		}
		back := end.state.clone()
		back.vars = s.vars
		all = append(all, values{back, end.values})
	}
	return all
}

// enter gives the parameters and named results of a function their values.
func (r *run) enter(s *state, fn *types.Func, shape *shape, args []*term) {
	sig := fn.Signature()
	if sig.Recv() != nil {
		s.vars[sig.Recv()], args = args[0], args[1:]
	}
	for i := range args {
		s.vars[sig.Params().At(i)] = args[i]
	}
	for v := range sig.Results().Variables() {
		s.vars[v] = r.zero(v.Type())
	}
	for v := range shape.shared {
		delete(s.vars, v)
	}
}

// known refuses where an argument is not known, and gives those that are as constants.
func (r *run) known(s *state, args []*term) []*term {
	r.step(5)
	solved, _ := r.solve(s, nil, args...)
	list := make([]*term, len(args))
	for i, a := range args {
		list[i] = a
		if c := solved.class(a).constant; c != nil {
			list[i] = c
		}
		if list[i].val == nil && list[i].op != elements {
			refuse()
		}
	}
	return list
}

// pure is a call that does nothing but calculate, if it comes to an end.
func (r *run) pure(s *state, fn *types.Func, args []*term) []values {
	c := s.clone()
	if !isTotal(fn) {
		args = append(args[:len(args):len(args)], s.memory)
	}
	results := fn.Signature().Results()
	for v := range results.Variables() {
		if basicInfo(v.Type()) == 0 { // it may be new each time
			c.made++
			args = append(args[:len(args):len(args)], r.int(int64(c.made)))
			break
		}
	}
	t := r.make("pure"+r.id(fn), nil, args...)
	if isTotal(fn) {
		return []values{{c, r.results(t, results)}}
	}
	var all []values
	for _, s := range r.mayPanic(c, r.make("ends", types.Typ[types.Bool], t), t) {
		all = append(all, values{s, r.results(t, results)})
	}
	return all
}

// event is a call that may do anything.
func (r *run) event(s *state, op string, results *types.Tuple, args []*term) []values {
	t := r.make(op, nil, append(args[:len(args):len(args)], s.memory)...)
	m := r.make("after", nil, t)
	return []values{{r.remember(s, m), r.results(t, results)}}
}

func (r *run) results(t *term, results *types.Tuple) []*term {
	var list []*term
	for i := range results.Len() {
		list = append(list, r.make("result"+strconv.Itoa(i), results.At(i).Type(), t))
	}
	return list
}

// remember is s with another memory.
func (r *run) remember(s *state, m *term) *state {
	m.memory = true
	if had := r.done[s.pair]; had != nil && !had[m] {
		refuse()
	}
	c := s.clone()
	c.memory = m
	return c
}

// store is s with something stored.
func (r *run) store(s *state, op string, args ...*term) *state {
	r.plain(args...)
	return r.remember(s, r.make("store "+op, nil, append(args, s.memory)...))
}
