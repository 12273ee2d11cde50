package mutate

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// What regular expressions have seen to. A function that has matched a string, or gets a
// part of a match, is read once from its begin to its end with the set of strings that
// each variable may hold: groups of a match, pieces of what is split, what conditions on
// the way have let through (package lang). Functions of the package that it asks are read
// with what they get. A condition that no such string makes true, or false, is decided,
// unless it may panic or never end: a constant in its place would not.
//
// What is learnt of a value is learnt of the string that it was made of: of the group that
// a prefix was cut off, of what has been split where a loop has gone over all pieces, of
// what a validator has returned nil for. And what is known of the groups of a match is
// compared with what was known of the whole string: where another pattern has refused it
// before, the groups alone may all be in order, and not together.
//
// Whatever is not understood is not known, and what anything but the function itself could
// change is never known: variables that a function literal sets or whose address is taken,
// and lists and structs that have been handed to anybody who may write to them. Behind and
// in a loop nothing is known of what the loop sets. Patterns and errors that anybody sets
// again are not known either, and the parameters of functions that tests call.

const (
	matchedTrue  = "it is always true of what a pattern has let through"
	matchedFalse = "it is always false of what a pattern has let through"
)

// textDecides tells why a condition of the function at hand is always the truth, or nothing
// where it may not be.
func (c *finder) textDecides(cond ast.Expr, truth bool) string {
	d, ok := c.decl.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	r := c.readingOf(d)
	if r == nil {
		return ""
	}
	can := r.conds[cond]
	switch {
	case truth && can == canTrue:
		return matchedTrue
	case !truth && can == canFalse:
		return matchedFalse
	}
	return ""
}

// textUnreached tells whether an if, the current node, is in a function that has been read,
// and control has not come to it.
func (c *finder) textUnreached(n *ast.IfStmt) bool {
	d, ok := c.decl.(*ast.FuncDecl)
	if !ok || slices.ContainsFunc(c.parents, isFuncLit) {
		return false
	}
	r := c.readingOf(d)
	return r != nil && r.conds[n.Cond] == 0
}

func isFuncLit(n ast.Node) bool {
	_, ok := n.(*ast.FuncLit)
	return ok
}

// chance is what may be: that something is true, that it is false, or both. The zero value
// is that of what is not known, or has not been seen.
type chance uint8

const (
	canTrue chance = 1 << iota
	canFalse
)

// isNil and notNil are chances of what may be nil.
const isNil, notNil = canTrue, canFalse

func (a chance) may(b chance) bool { return a == 0 || a&b != 0 }

func (a chance) or(b chance) chance {
	if a == 0 || b == 0 {
		return 0
	}
	return a | b
}

// texts is what is known of the patterns of a package and of the functions that use them.
type texts struct {
	patterns bool // whether there are any
	matching map[*ast.FuncDecl]bool
	calls    map[*types.Func][]site
	values   map[*types.Func]bool // functions that are not only called
	readings map[*ast.FuncDecl]*reading
	steps    int // statements and conditions read so far

	matchers map[types.Object]*matcher
	sets     map[string]*lang.Set
	inTests  map[string]bool
	tests    []*testFile
	errors   map[types.Object]bool
	onlyRead map[*types.Var]bool
}

// Bounds on the reading of a package: how many steps it takes, and how far calls go.
const (
	mostReading = 10000
	mostCalls   = 4
)

// texts looks through the package when it is asked first.
func (c *finder) texts() *texts {
	if c.functions.texts != nil {
		return c.functions.texts
	}
	t := &texts{
		matchers: map[types.Object]*matcher{}, sets: map[string]*lang.Set{}, readings: map[*ast.FuncDecl]*reading{},
		inTests: map[string]bool{}, errors: map[types.Object]bool{}, onlyRead: map[*types.Var]bool{},
	}
	c.functions.texts = t
	scope := c.pkg.Types.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if ok && !v.Exported() && types.TypeString(v.Type(), nil) == "*regexp.Regexp" {
			t.patterns = true
		}
	}
	if t.patterns && len(c.pkg.Skipped) == 0 {
		c.index(t)
	}
	return t
}

// readingOf reads d, or returns nil where that could tell nothing.
func (c *finder) readingOf(d *ast.FuncDecl) *reading {
	t := c.texts()
	if t.matching == nil {
		return nil
	}
	r, done := t.readings[d]
	if done {
		return r
	}
	t.readings[d] = nil // for those that call themselves
	given := c.givenTo(d)
	if given == nil && !t.matching[d] {
		return nil
	}
	if r = c.readBefore(d); r == nil || given == nil {
		if r = c.newReading(d, 0); r != nil {
			r.read(given)
		}
	}
	t.readings[d] = r
	return r
}

// readBefore is how d, a function with one caller, has been read for that.
func (c *finder) readBefore(d *ast.FuncDecl) *reading {
	t := c.texts()
	fn, _ := c.info.Defs[d.Name].(*types.Func)
	if calls := t.calls[fn]; len(calls) == 1 && t.readings[calls[0].in] != nil {
		return t.readings[calls[0].in].inner[calls[0].call]
	}
	return nil
}

// givenTo is what is known of the parameters of d, a function that nobody but functions of
// the package calls.
func (c *finder) givenTo(d *ast.FuncDecl) []text {
	t := c.texts()
	fn, ok := c.info.Defs[d.Name].(*types.Func)
	if !ok || d.Recv != nil || fn.Exported() || fn.Name() == "init" || t.values[fn] || len(t.calls[fn]) == 0 || fn.Signature().Variadic() {
		return nil
	}
	var given []text
	for i, s := range t.calls[fn] {
		if s.in == nil || s.in == d {
			return nil
		}
		if !t.matching[s.in] && c.readingOf(s.in) == nil {
			return nil
		}
		r := c.readingOf(s.in)
		if r == nil || r.args[s.call] == nil {
			return nil
		}
		if i == 0 {
			given = r.args[s.call]
			continue
		}
		given = joinTexts(given, r.args[s.call])
	}
	known := slices.ContainsFunc(given, func(v text) bool { return v.set != nil || v.match != nil })
	if !known || c.mentionedInTests(fn.Name(), nil) {
		return nil
	}
	return given
}
