package schemata

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// form is how a switch is written.
type form int

const (
	// helper: evilution_v1(7, ORIG, M). All values are computed, one is used.
	helper form = iota + 1
	// circuit: (evilution_is(7) && (M) || evilution_off(7, 1) && (ORIG)).
	circuit
	// statement: if evilution_is(7) { M } else { ORIG }.
	statement
	// block is statement for all that stands between two braces.
	block
	// literal: func() T { if evilution_is(7) { return M }; return ORIG }().
	literal
	// outer is statement for one that encloses the mutant's own.
	outer
	// whole: if evilution_at(7) { M } for the whole body, before the copy.
	whole
)

func (f form) String() string {
	return [...]string{"", "helper", "circuit", "statement", "block", "literal", "outer", "function"}[f]
}

// place is where and how a mutant's switch can be written.
type place struct {
	form       form
	node       ast.Node
	start, end int    // what the switch replaces
	arm        string // what the mutant has there instead
	// result is the type of a helper or a literal as text. Empty: the compiler
	// finds it out.
	result string
	text   bool // the value is a string
	// harmless: the arm can be evaluated after the original, wanted or not.
	harmless bool
	// eager: a helper's arm that can panic, in the cases where the original can.
	// lazy: it may stand behind a condition, because it is a plain bool.
	eager, lazy bool
	parsed      bool // the arm is known to be correct syntax
	marker      int  // offset of a statement that every way to the mutant passes, or noMarker
}

// site is one range of the source with the mutants whose switch stands there.
type site struct {
	start, end int
	form       form
	node       ast.Node
	items      []*item
	children   []*site
}

// rank orders sites with the same range from the outside in.
func (f form) rank() int {
	switch f {
	case block:
		return 0
	case outer, statement:
		return 1
	}
	return 2
}

// forest arranges the mutants of one function, or of what is outside of
// functions, as nested sites.
func forest(items []*item) []*site {
	type key struct{ start, end, rank int }
	byKey := map[key]*site{}
	var all []*site
	for _, it := range items {
		pl := it.place()
		k := key{pl.start, pl.end, pl.form.rank()}
		s := byKey[k]
		if s == nil {
			s = &site{start: pl.start, end: pl.end, form: pl.form, node: pl.node}
			byKey[k] = s
			all = append(all, s)
		}
		s.items = append(s.items, it)
	}
	slices.SortStableFunc(all, func(a, b *site) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.form.rank(), b.form.rank()))
	})
	var roots []*site
	var stack []*site
	for _, s := range all {
		slices.SortStableFunc(s.items, func(a, b *item) int { return cmp.Compare(a.place().form, b.place().form) })
		for len(stack) > 0 && stack[len(stack)-1].end < s.end {
			stack = stack[:len(stack)-1]
		}
		if len(stack) == 0 {
			roots = append(roots, s)
		} else {
			up := stack[len(stack)-1]
			up.children = append(up.children, s)
		}
		stack = append(stack, s)
	}
	return roots
}

// each calls do for s and all sites in it, in source order.
func (s *site) each(do func(*site)) {
	do(s)
	for _, c := range s.children {
		c.each(do)
	}
}

func sortedEdits(edits []mutant.Edit) []mutant.Edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b mutant.Edit) int { return cmp.Compare(a.Offset, b.Offset) })
	return edits
}

// valueType is the type that the value at e has for its surroundings, when the
// mutant may stand there, or nil where that cannot be told: a mutant without a type
// of its own takes it from there.
func (f *file) valueType(e ast.Expr, o, m facts) types.Type {
	t := types.Default(f.pkg.Info.TypeOf(e))
	if _, tuple := t.(*types.Tuple); tuple || !m.known {
		return nil
	}
	if isUntyped(t) { // nil, and its type is not recorded
		return f.target(e)
	}
	if !isUntyped(m.typ) {
		return t
	}
	if types.Identical(types.Default(m.typ), t) {
		return t
	}
	if !types.Identical(types.Default(o.typ), t) {
		return t // the type came from around e
	}
	return f.target(e)
}
