package mutate

import (
	"go/ast"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// What loops tell: in and behind them.

// loop goes once through the body of a loop, with nothing known of what the loop touches.
func (r *reading) loop(s ast.Stmt, f facts) facts {
	switch s := s.(type) {
	case *ast.ForStmt:
		r.risks++
		if s.Init != nil {
			if f = r.stmt(s.Init, f); f == nil {
				return nil
			}
		}
		f = f.forget(r.scan(s))
		in := f.clone()
		if s.Cond != nil {
			in, _ = r.split(s.Cond, in)
		}
		if in != nil {
			r.block(s.Body.List, in)
		}
		if s.Post != nil {
			r.stmt(s.Post, f.clone())
		}
	case *ast.RangeStmt:
		if !indexes(r.info.TypeOf(s.X)) {
			r.risks++
		}
		f = f.forget(r.scan(s))
		in := f.clone()
		list := r.value(s.X, in)
		if id, ok := s.Value.(*ast.Ident); ok {
			r.set(in, place{obj: r.info.ObjectOf(id)}, r.element(s.X, list))
		}
		out := r.block(s.Body.List, in)
		return r.afterAll(s, list, f, out)
	}
	return f
}

// afterAll is what is known behind a loop over the pieces of a string: all of them have
// come to the end of its body, where out is known. f is what is known else.
func (r *reading) afterAll(s *ast.RangeStmt, list text, f, out facts) facts {
	l, t := list.link, r.scan(s.Body)
	value, ok := s.Value.(*ast.Ident)
	if !ok || l == nil || l.kind != split || t.has(l.place) || branches(s.Body) {
		return f
	}
	p := place{obj: r.info.ObjectOf(value)}
	if p.obj == nil || t.has(p) || r.vars.loose[p.obj] {
		return f
	}
	pieces := lang.None()
	if out != nil {
		pieces = out[p].set
	}
	if !r.narrow(l.place, f, pieces.OfPieces(rune(l.word[0]))) {
		return nil
	}
	return f
}

// branches tells whether a break, continue or goto is anywhere in n.
func branches(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		_, ok := n.(*ast.BranchStmt)
		found = found || ok
		return !found
	})
	return found
}

// element is what a range loop over x, which is list, finds.
func (r *reading) element(x ast.Expr, list text) text {
	switch {
	case list.kind == aList:
		return text{set: list.set}
	case list.kind == aString && isString(r.info.TypeOf(x)):
		return text{kind: aRune, set: list.set.Runes()}
	}
	return text{}
}
