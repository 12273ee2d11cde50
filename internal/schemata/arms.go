package schemata

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// Facts about the original and about what mutants write in its place. The text
// of a mutant is type-checked on its own in the scope where it will stand.

// original returns the facts about an expression of the file. Its type is the
// one that it has by itself, before its surroundings give it one.
func (f *file) original(e ast.Expr) facts {
	out := examine(e, f.pkg.Info, &f.locals)
	if out.constant {
		if raw := f.arm(f.text(e), e.Pos()); raw.known {
			out.typ = raw.typ
		}
	}
	return out
}

func isUntyped(t types.Type) bool { return basicInfo(t)&types.IsUntyped != 0 }

// arm returns the facts about an expression that stands at pos. Not known are
// those that do not type-check there, and those that hold statements.
func (f *file) arm(text string, pos token.Pos) facts {
	if out, ok := f.armInfo[armKey{text, pos}]; ok {
		return out
	}
	out := f.checkArm(text, pos)
	f.armInfo[armKey{text, pos}] = out
	return out
}

type armKey struct {
	text string
	pos  token.Pos
}

func (f *file) checkArm(text string, pos token.Pos) facts {
	e, err := parser.ParseExpr(text)
	if err != nil || holdsStatements(e) {
		return facts{}
	}
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	if err := types.CheckExpr(f.pkg.Fset, f.pkg.Types, pos, e, info); err != nil {
		return facts{}
	}
	return examine(e, info, &f.locals)
}

// fits tells whether the expression around e still type-checks with the mutant's
// edits in it. A constant may be wrong for reasons that a switch would hide: an
// index out of range, a division by zero. An element of a literal or an argument
// can only be wrong for its type.
func (f *file) fits(it *item, e ast.Expr) bool {
	outer := e
climb:
	for {
		switch up := f.parents[outer].(type) {
		case *ast.FuncLit, *ast.CompositeLit, *ast.KeyValueExpr:
			break climb
		case *ast.CallExpr:
			if (&examiner{info: f.pkg.Info}).call(up) && !f.pkg.Info.Types[up.Fun].IsBuiltin() {
				break climb
			}
			outer = up
		case ast.Expr:
			outer = up
		default:
			break climb
		}
	}
	text := f.applied(it, f.offset(outer.Pos()), f.offset(outer.End()))
	parsed, err := parser.ParseExpr(text)
	if err != nil {
		return false
	}
	return types.CheckExpr(f.pkg.Fset, f.pkg.Types, outer.Pos(), parsed, nil) == nil
}

// applied is the text of [start, end) with those of the mutant's edits that lie
// in it.
func (f *file) applied(it *item, start, end int) string {
	var b strings.Builder
	last := start
	for _, e := range sortedEdits(it.Edits) {
		if e.File != f.Rel || e.Offset < start || e.Offset+len(e.Original) > end {
			continue
		}
		b.Write(f.Source[last:e.Offset])
		b.WriteString(e.Replacement)
		last = e.Offset + len(e.Original)
	}
	b.Write(f.Source[last:end])
	return b.String()
}

// covers tells whether all edits lie within [start, end).
func (f *file) covers(it *item, start, end int) bool {
	for _, e := range it.Edits {
		if e.File != f.Rel || e.Offset < start || e.Offset+len(e.Original) > end {
			return false
		}
	}
	return true
}

// holdsStatements tells whether a function literal is in e.
func holdsStatements(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		_, lit := n.(*ast.FuncLit)
		found = found || lit
		return !found
	})
	return found
}
