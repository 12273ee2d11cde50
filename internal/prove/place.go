package prove

import (
	"go/ast"
	"go/types"
)

// place is a statement around a site, and what may be when control comes there.
type place struct {
	stmt, part ast.Node
	run        run
	states     []*state
	level      int
}

// placeOf is the place that a path leads to. It is kept for the next mutant.
func (p *Package) placeOf(d *ast.FuncDecl, path []ast.Node) *place {
	i := len(path) - 2
	for ; ; i-- {
		if _, stmt := path[i].(ast.Stmt); stmt {
			break
		}
	}
	if p.last != nil && p.last.stmt == path[i] && p.last.part == path[i+1] {
		return p.last
	}
	fn := p.Info.Defs[d.Name].(*types.Func)
	at := &place{stmt: path[i], part: path[i+1]}
	p.last = at
	at.run = run{
		Package: p, terms: newTerms(p.Sizes.Sizeof(types.Typ[types.Int])), steps: new(mostBefore), stops: new([]end),
		at: &frame{sig: fn.Signature(), shape: p.shape(d)},
	}
	if !understood(func() { at.states, at.level = at.run.way(fn, path) }) {
		at.states = nil
	}
	return at
}

// understood tells whether do was not refused.
func understood(do func()) (ok bool) {
	defer func() {
		if e := recover(); e != nil {
			if _, refused := e.(refusal); !refused {
				panic(e)
			}
			ok = false
		}
	}()
	do()
	return true
}
