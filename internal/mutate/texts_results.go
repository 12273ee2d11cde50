package mutate

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// What calls give.

// call is what is known of the n values that a call gives.
func (r *reading) call(call *ast.CallExpr, n int, f facts) []text {
	values := make([]text, n)
	if r.matches(call) != nil {
		values[0] = r.matchedBy(call, f)
		return values
	}
	args := r.argumentsOf(call, f)
	switch r.qualified(call) {
	case "errors.New", "fmt.Errorf":
		values[0].nils = notNil
		return values
	case "strings.Split":
		if sep := args[1]; sep.fixed && len(sep.word) == 1 {
			values[0] = text{kind: aList, set: args[0].set.Pieces(rune(sep.word[0])), nils: notNil}
			values[0].link = r.linkTo(call.Args[0], f, link{kind: split, word: sep.word})
		}
		return values
	case "strings.TrimPrefix":
		if args[1].fixed {
			values[0].set = args[0].set.Trimmed(args[1].word)
			values[0].link = r.linkTo(call.Args[0], f, link{kind: trimmed, word: args[1].word})
		}
		return values
	}
	switch {
	case r.isLength(call):
	case r.paramsOf(call) != nil:
		r.note(call, args)
		o := r.outcome(call, args)
		r.risks += o.risks
		if n > 0 {
			values[n-1].nils = o.nils
			for i, arg := range call.Args {
				if l := r.linkTo(arg, f, link{ifNil: o.sets(i, true), ifNot: o.sets(i, false)}); l != nil && l.ifNil != nil {
					values[n-1].link = l
				}
			}
		}
	default:
		r.value(call.Fun, f)
		if !r.isSafe(call) {
			r.risks++
		}
	}
	return values
}

// isSafe tells whether a call is of a function of package strings that cannot panic.
func (r *reading) isSafe(call *ast.CallExpr) bool {
	name := r.qualified(call)
	if !strings.HasPrefix(name, "strings.") || name == "strings.Repeat" || r.callee(call).Signature().Recv() != nil {
		return false
	}
	return !slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
		_, function := r.info.TypeOf(e).Underlying().(*types.Signature)
		return function
	})
}

func (r *reading) argumentsOf(call *ast.CallExpr, f facts) []text {
	args := make([]text, len(call.Args))
	for i, arg := range call.Args {
		if tv := r.info.Types[arg]; tv.IsType() {
			continue
		}
		args[i] = r.value(arg, f)
		args[i].link, args[i].made = nil, false // of variables that others do not have
	}
	return args
}

// linkTo is l to the place of x, if that is followed.
func (r *reading) linkTo(x ast.Expr, f facts, l link) *link {
	p, ok := r.placeOf(x, f)
	if !ok || !isString(r.info.TypeOf(x)) {
		return nil
	}
	l.place = p
	return &l
}

// note keeps what a function has been called with.
func (r *reading) note(call *ast.CallExpr, args []text) {
	if before, again := r.args[call]; again {
		args = joinTexts(before, args)
	}
	r.args[call] = args
}

// matches is the pattern that a call matches a string with, or nil.
func (r *reading) matches(call *ast.CallExpr) *matcher {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || r.depth > mostCalls {
		return nil
	}
	fn := r.callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "regexp" || fn.Signature().Recv() == nil || len(call.Args) == 0 || !isString(r.info.TypeOf(call.Args[0])) {
		return nil
	}
	return r.matcherOf(sel.X)
}

// matchedBy is what a method of a pattern finds.
func (r *reading) matchedBy(call *ast.CallExpr, f facts) text {
	m, v := r.matches(call), r.value(call.Args[0], f)
	name := r.callee(call).Name()
	if len(call.Args) > 2 || len(call.Args) == 2 && !r.is(call.Args[1], -1) {
		r.risks++
		return text{}
	}
	found := text{}
	if !v.set.And(m.strings).Empty() {
		found.nils |= notNil
	}
	if !v.set.And(m.strings.Not()).Empty() {
		found.nils |= isNil
	}
	found.link = r.linkTo(call.Args[0], f, link{ifNil: m.strings.Not(), ifNot: m.strings})
	switch name {
	case "FindString":
		return text{set: m.group(0).Or(lang.Equal(""))}
	case "FindStringSubmatch":
		found.kind, found.match = aList, m
		if v.set != nil {
			found.whole = v.set.And(m.strings)
		}
	case "FindAllString":
		found.kind, found.set = aList, m.group(0)
	case "FindStringIndex", "FindStringSubmatchIndex", "FindAllStringIndex", "FindAllStringSubmatch", "FindAllStringSubmatchIndex":
	default:
		r.risks++
		return text{}
	}
	return found
}
