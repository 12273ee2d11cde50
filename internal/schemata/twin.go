package schemata

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// Quiet functions that call each other ask for a switch only where they are
// entered from elsewhere: is a mutant on in anything that can be reached? If none
// is, they go on in twins, plain functions that call each other's twins, of which
// the compiler makes what it makes of the originals.

// call is a place where a function of the package is called by its name.
type call struct {
	name   *ast.Ident
	callee *function
}

// twinCalls are the calls in f of functions that have twins.
func (f *function) twinCalls() []call {
	var list []call
	if f.quiet { // and so is all that it calls
		for _, c := range f.calls {
			if c.callee.number > 0 {
				list = append(list, c)
			}
		}
	}
	return list
}

// hasTwin tells whether another twin calls f, which is quiet.
func (f *function) hasTwin() bool {
	return slices.ContainsFunc(f.callers, func(c *function) bool { return c.quiet && c.number > 0 })
}

func (f *function) twinName() string {
	return fmt.Sprintf("%sp%d_%s", prefix, f.number, f.node.(*ast.FuncDecl).Name.Name)
}

// twinCall calls the twin of f with all that f got; it is empty where f has a
// parameter without a name.
func (o *output) twinCall(f *function) string {
	d := f.node.(*ast.FuncDecl)
	s := sibling{call: f.twinName()}
	for _, list := range []*ast.FieldList{d.Recv, d.Type.Params} {
		if list == nil {
			continue
		}
		s.pass(o.file, list)
		if len(s.args) < list.NumFields() {
			return ""
		}
		if list == d.Recv {
			s.call, s.args = s.args[0]+"."+s.call, nil
		}
	}
	return s.call + typeArgs(d) + "(" + strings.Join(s.args, ", ") + ")"
}

// off writes what f does where nothing is on: its own body, or a call of its
// twin, which spares the compiler one more body.
func (o *output) off(f *function, calls []call, results bool) {
	if call := o.twinCall(f); f.hasTwin() && len(calls) > 0 && call != "" {
		o.write(leave(call, results))
		return
	}
	o.region(o.offset(f.body().Lbrace)+1, o.offset(f.body().Rbrace), nil, &layer{edits: o.twinEdits(calls)})
}

// twin writes the declaration of f once more, under another name.
func (o *output) twin(f *function, calls []call) {
	d := f.node.(*ast.FuncDecl)
	name := textEdit{o.offset(d.Name.Pos()), o.offset(d.Name.End()), f.twinName()}
	edits := append([]textEdit{name}, o.twinEdits(calls)...)
	o.region(o.offset(d.Pos()), o.offset(d.End()), nil, &layer{edits: edits})
	o.write(";")
}

// twinEdits turn calls of functions into calls of their twins.
func (o *output) twinEdits(calls []call) []textEdit {
	var edits []textEdit
	for _, c := range calls {
		edits = append(edits, textEdit{o.offset(c.name.Pos()), o.offset(c.name.End()), c.callee.twinName()})
	}
	slices.SortFunc(edits, func(a, b textEdit) int { return cmp.Compare(a.start, b.start) })
	return edits
}

// twinPairs are the numbers of each function and of those whose twins it calls.
func (in *instrumenter) twinPairs() []int {
	var pairs []int
	for _, fn := range in.funcs {
		seen := map[*function]bool{fn: true}
		for _, c := range fn.twinCalls() {
			if !seen[c.callee] {
				seen[c.callee] = true
				pairs = append(pairs, fn.number, c.callee.number)
			}
		}
	}
	return pairs
}
