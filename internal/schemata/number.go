package schemata

import "slices"

// number gives every function and every mutant that has a switch its number, in
// source order, and arranges the switches of each function.
func (in *instrumenter) number() {
	in.funcs, in.total = nil, 0
	for _, f := range in.files {
		byFunc := map[*function][]*item{}
		for _, it := range f.items {
			if it.parse(); it.place() != nil {
				byFunc[it.fn] = append(byFunc[it.fn], it)
			}
		}
		f.sites = in.sites(calm(byFunc[nil]))
		for _, fn := range f.functions() {
			in.numberFunction(fn, byFunc[fn])
		}
	}
}

func (in *instrumenter) numberFunction(fn *function, items []*item) {
	fn.number, fn.whole, fn.markers, fn.sites = 0, nil, nil, nil
	if fn.plain || len(items) == 0 && !(fn.loops() && len(in.items) > 0) {
		return
	}
	in.funcs = append(in.funcs, fn)
	fn.number = len(in.funcs)
	var inside []*item
	for _, it := range calm(items) {
		pl := it.place()
		it.marked = pl.marker != noMarker
		if it.marked {
			fn.markers = append(fn.markers, it)
		}
		if pl.form == whole {
			fn.whole = append(fn.whole, it)
			in.next(it)
		} else {
			inside = append(inside, it)
		}
	}
	fn.sites = in.sites(inside)
}

// calm moves those on to their next form that would compute what can panic
// while a mutant inside them changes whether the original does.
func calm(items []*item) []*item {
	var expressions []*item
	for _, it := range items {
		if it.place().form != whole {
			expressions = append(expressions, it)
		}
	}
	for _, root := range forest(expressions) {
		root.each(func(s *site) {
			for _, it := range s.items {
				if pl := it.place(); len(s.children) > 0 && pl.form == helper && pl.eager && !pl.lazy {
					it.at++
					it.words = "a mutant inside it changes when it panics"
				}
			}
		})
	}
	return slices.DeleteFunc(items, func(it *item) bool { it.parse(); return it.place() == nil })
}

func (in *instrumenter) next(it *item) {
	in.total++
	it.number = in.total
}

func (in *instrumenter) sites(items []*item) []*site {
	roots := forest(items)
	for _, root := range roots {
		root.each(func(s *site) {
			for _, it := range s.items {
				in.next(it)
			}
		})
	}
	return roots
}
