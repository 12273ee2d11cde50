package mutate

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// keep is a statement that uses what at uses, and nothing else, for the place
// where the last use would vanish; empty if there is no such statement.
//
// The name means the same at the beginning of the replaced text as where it was
// used: its scope holds both, and whatever could hide it there begins later.
func keep(at use) string {
	if at.key.kind == variable {
		return "_ = " + at.key.name
	}
	qualifier := at.key.name + "."
	if at.key.dot {
		qualifier = ""
	}
	if s := mention(qualifier, at.object); s != "" {
		return s
	}
	scope := at.key.pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			if s := mention(qualifier, obj); s != "" {
				return s
			}
		}
	}
	return ""
}

// mention is a statement that names a member of a package and does nothing.
func mention(qualifier string, obj types.Object) string {
	name := qualifier + obj.Name()
	switch obj := obj.(type) {
	case *types.Func:
		if args, ok := arguments(obj.Signature().TypeParams(), obj.Signature()); ok {
			return "_ = " + name + args
		}
	case *types.Var:
		return "_ = " + name
	case *types.Const:
		// Not `_ =`: an untyped constant may be too large for its default type.
		return "const _ = " + name
	case *types.TypeName:
		g, _ := obj.Type().(interface{ TypeParams() *types.TypeParamList })
		if i, ok := obj.Type().Underlying().(*types.Interface); ok && !i.IsMethodSet() {
			break // a constraint
		}
		if g == nil {
			return "var _ " + name
		}
		if args, ok := arguments(g.TypeParams(), obj.Type()); ok {
			return "var _ " + name + args
		}
	}
	return ""
}

// samples are types that stand for type parameters in a mention.
var samples = []types.Type{
	types.Typ[types.Int], types.NewSlice(types.Typ[types.Int]),
	types.NewMap(types.Typ[types.Int], types.Typ[types.Int]), types.Typ[types.Float64], types.Typ[types.String],
}

// arguments writes type arguments that the parameters of generic accept, with
// their brackets; nothing where there are no parameters.
func arguments(params *types.TypeParamList, generic types.Type) (text string, ok bool) {
	if params == nil {
		return "", true
	}
	if params.Len() > 4 {
		return "", false
	}
	ctx := types.NewContext()
	args := make([]types.Type, params.Len())
	var try func(int) bool
	try = func(i int) bool {
		if i == len(args) {
			_, err := types.Instantiate(ctx, generic, args, true)
			return err == nil
		}
		return slices.ContainsFunc(samples, func(t types.Type) bool {
			args[i] = t
			return try(i + 1)
		})
	}
	if !try(0) {
		return "", false
	}
	names := make([]string, len(args))
	for i, t := range args {
		names[i] = t.String()
	}
	return "[" + strings.Join(names, ", ") + "]", true
}

// complete makes the edits of p such that nothing that they take the last use of
// is left unused. Where that cannot be done, p.message is the compiler's complaint.
func (c *finder) complete(p *proposal) {
	lost := c.uses.lost(c.tok, p.edits)
	var keeps []string
	var labels []edit
	expression := p.kind == Bool || p.kind == Value || p.kind == Simple
	for _, at := range lost {
		if at.key.kind == label {
			l := at.key.label
			labels = append(labels, edit{c.offset(l.Pos()), c.offset(l.Colon) + 1, ""})
			continue
		}
		if at.key.kind == imported && at.key.pkg.Path() == "C" {
			continue // cgo does not mind
		}
		if expression && p.spare != nil {
			p.edits = p.spare
			return
		}
		s := keep(at)
		if s == "" || expression && p.kind == Simple {
			p.message = complaint(at)
			return
		}
		keeps = append(keeps, s)
	}
	if expression && len(keeps) > 0 {
		if !c.keepInside(p, strings.Join(keeps, "; ")) {
			p.message = complaint(lost[0])
		}
		return
	}
	p.edits = prefix(c.start(p), p.edits, strings.Join(keeps, "; "))
	p.edits = append(p.edits, labels...)
	slices.SortStableFunc(p.edits, func(a, b edit) int { return a.start - b.start })
}

// keepInside makes an expression use what it would take the last use of.
func (c *finder) keepInside(p *proposal, keeps string) bool {
	e, ok := p.site.(ast.Expr)
	if !ok {
		return false
	}
	start, end := c.offset(e.Pos()), c.offset(e.End())
	text := c.keptIn(keeps, c.apply(start, end, p.edits), c.info.TypeOf(e), e.Pos())
	p.edits = []edit{{start, end, text}}
	return text != ""
}

func complaint(at use) string {
	if at.key.kind == imported {
		return "\"" + at.key.pkg.Path() + "\" imported and not used"
	}
	return "declared and not used: " + at.key.name
}

// start is where a statement can be put before the change of p: the beginning of
// its statement, or of the statements of its body that go.
func (c *finder) start(p *proposal) int {
	if p.kind == Body {
		return p.edits[0].start
	}
	return c.offset(p.site.Pos())
}

// prefix puts statements at an offset before or at the first edit.
func prefix(at int, edits []edit, statements string) []edit {
	if statements == "" {
		return edits
	}
	first := edits[0]
	if first.start != at {
		return append([]edit{{at, at, statements + "; "}}, edits...)
	}
	if first.text != "" {
		statements += "; "
	}
	first.text = statements + first.text
	return append([]edit{first}, edits[1:]...)
}
