package mutate

import (
	"go/types"
	"maps"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// text is what is known of one value. The zero value tells nothing.
type text struct {
	// set is what a string, a rune (as a string of one) or an element of a list is in.
	set  *lang.Set
	kind textKind
	// match is the pattern whose groups a list holds, unless it is nil, and whole what the
	// string is in that was matched, where more is known of it than that.
	match *matcher
	whole *lang.Set
	nils  chance // of an error or a list
	link  *link  // to what the value has been made of, or nil
	// made tells that a variable holds a struct that the function has made, or points to it,
	// and that nobody else has.
	made bool
	// word is the string itself, where fixed tells that it is known.
	word  string
	fixed bool
}

// link tells what a value says of a string at another place.
type link struct {
	kind  linkKind
	place place
	word  string // of trimmed and split: what is left out
	// Of nilness: what the string is in where the value is nil, and where it is not.
	ifNil, ifNot *lang.Set
}

type linkKind int

const (
	nilness linkKind = iota // of the error or the match that came of the string
	trimmed                 // the string without a prefix
	split                   // the pieces of the string
)

type textKind int

const (
	aString textKind = iota
	aRune
	aList // of strings
)

// place is where a value is: a variable, or a part of one, as in .field and [3].
type place struct {
	obj  types.Object
	part string
}

// facts are what is known of places. nil is what is known where control never comes.
type facts map[place]text

func (f facts) clone() facts { return maps.Clone(f) }

// forget leaves out what t may have changed.
func (f facts) forget(t touched) facts {
	for p, v := range f {
		if t.has(p) {
			delete(f, p)
		} else {
			f[p] = v.without(t)
		}
	}
	return f
}

// without is v without a link to what t may have changed.
func (v text) without(t touched) text {
	if v.link != nil && t.has(v.link.place) {
		v.link = nil
	}
	return v
}

// joinFacts is what holds in both.
func joinFacts(f, g facts) facts {
	switch {
	case f == nil:
		return g
	case g == nil:
		return f
	}
	both := facts{}
	for p, v := range f {
		if w, ok := g[p]; ok {
			both[p] = v.join(w)
		}
	}
	return both
}

// join is what holds of v and of w.
func (v text) join(w text) text {
	if v.kind != w.kind {
		return text{}
	}
	out := text{kind: v.kind, set: v.set.Or(w.set), nils: v.nils.or(w.nils), made: v.made && w.made}
	if v.match == w.match {
		out.match, out.whole = v.match, v.whole.Or(w.whole)
	}
	if v.link == w.link {
		out.link = v.link
	}
	if v.fixed && w.fixed && v.word == w.word {
		out.word, out.fixed = v.word, true
	}
	return out
}

func joinTexts(a, b []text) []text {
	if len(a) != len(b) {
		return nil
	}
	out := make([]text, len(a))
	for i := range a {
		out[i] = a[i].join(b[i])
	}
	return out
}

// meet is what is in both, or one of them where the other, or what both have, is not known.
func meet(a, b *lang.Set) *lang.Set {
	if a == nil {
		return b
	}
	if both := a.And(b); both != nil {
		return both
	}
	return a
}
