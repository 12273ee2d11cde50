package schemata

import "github.com/evilution-go/evilution-go/internal/mutant"

// demote moves the mutants that the type checker objects to on to their next
// form. An objection in a mutant's own text is its own matter; one elsewhere in a
// site concerns all mutants there, one elsewhere in a copy all of the function.
// It tells whether there was anything to move. If hard, nothing is tried any
// more: what the checker objects to goes without switches.
func (in *instrumenter) demote(files map[string]*output, problems []problem, hard bool) bool {
	moved := map[*item]bool{}
	if hard {
		in.dropAll(files, problems, moved)
		return len(moved) > 0
	}
	for _, p := range problems {
		o := files[p.path]
		var s *span
		if o != nil {
			s = o.innermost(p.offset)
		}
		switch {
		case s == nil:
			in.giveUp(o, p, moved)
		case s.item != nil:
			s.item.next(p, moved)
		case s.site != nil:
			for _, it := range s.site.items {
				it.next(p, moved)
			}
		default:
			s.fn.retreat(p, moved)
		}
	}
	return len(moved) > 0
}

func (it *item) next(p problem, moved map[*item]bool) {
	if !moved[it] {
		moved[it] = true
		it.at++
		it.words = p.text
	}
}

// drop leaves the mutant without a switch.
func (it *item) drop(p problem, moved map[*item]bool) {
	moved[it] = true
	it.at, it.words = len(it.places), p.text
}

// dropAll takes the switches out of every function that the checker objects to,
// or out of the whole file.
func (in *instrumenter) dropAll(files map[string]*output, problems []problem, moved map[*item]bool) {
	for _, p := range problems {
		o := files[p.path]
		if o == nil {
			continue
		}
		fn := o.functionAt(p.offset)
		for _, f := range o.funcs {
			f.plain = f.plain || fn == nil || f == fn
		}
		for _, it := range o.items {
			if it.place() != nil && (fn == nil || it.fn == fn) {
				it.drop(p, moved)
			}
		}
	}
}

// functionAt is the function whose copy is around offset, or nil.
func (o *output) functionAt(offset int) *function {
	for _, s := range o.spans {
		if s.fn != nil && s.start <= offset && offset < s.end {
			return s.fn
		}
	}
	return nil
}

// innermost is the smallest span around offset.
func (o *output) innermost(offset int) *span {
	var best *span
	for i := range o.spans {
		if s := &o.spans[i]; s.start <= offset && offset < s.end {
			best = s // spans are opened from the outside in
		}
	}
	return best
}

// retreat gives a function's mutants a version of the whole body each, and gives
// the function up where they have it already.
func (f *function) retreat(p problem, moved map[*item]bool) {
	any := false
	for _, it := range f.file.items {
		if it.fn != f {
			continue
		}
		if moved[it] {
			any = true
		}
		for pl := it.place(); pl != nil && pl.form != whole; pl = it.place() {
			it.at++
			it.words, moved[it], any = p.text, true, true
		}
	}
	if any {
		return
	}
	f.plain = true
	for _, it := range f.file.items {
		if it.fn == f {
			it.drop(p, moved)
		}
	}
}

// giveUp handles an objection that no span holds: it can only be about the
// imports that mutants add.
func (in *instrumenter) giveUp(o *output, p problem, moved map[*item]bool) {
	for _, it := range in.items {
		if (o == nil || it.file == o.file) && len(it.Imports) > 0 && it.place() != nil {
			it.drop(p, moved)
		}
	}
}

// settle decides about the mutants without a switch: those whose plain edits do
// not compile are invalid.
func (in *instrumenter) settle() {
	for _, it := range in.items {
		if it.place() != nil {
			continue
		}
		if text := in.compiles(it); text != "" {
			it.Status, it.Reason = mutant.Invalid, "does not compile: "+text
		}
	}
}
