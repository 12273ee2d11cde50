package mutate

import (
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
	switch obj := obj.(type) {
	case *types.Func:
		if obj.Signature().TypeParams() == nil {
			return "_ = " + qualifier + obj.Name()
		}
	case *types.Var:
		return "_ = " + qualifier + obj.Name()
	case *types.Const:
		// Not `_ =`: an untyped constant may be too large for its default type.
		return "const _ = " + qualifier + obj.Name()
	case *types.TypeName:
		if plainType(obj.Type()) {
			return "var _ " + qualifier + obj.Name()
		}
	}
	return ""
}

// plainType tells whether a variable may have the type as its name says it:
// neither generic nor a constraint.
func plainType(t types.Type) bool {
	if g, ok := t.(interface{ TypeParams() *types.TypeParamList }); ok && g.TypeParams() != nil {
		return false
	}
	i, ok := t.Underlying().(*types.Interface)
	return !ok || i.IsMethodSet()
}

// complete makes the edits of p such that nothing that they take the last use of
// is left unused. ok is false where that cannot be done; then p.message is the
// compiler's complaint.
func (c *finder) complete(p *proposal) (ok bool) {
	lost := c.uses.lost(c.tok, p.edits)
	if len(lost) == 0 {
		return true
	}
	var keeps []string
	var labels []edit
	for _, at := range lost {
		if at.key.kind == label {
			l := at.key.label
			labels = append(labels, edit{c.offset(l.Pos()), c.offset(l.Colon) + 1, ""})
			continue
		}
		s := keep(at)
		if s == "" {
			p.message = complaint(at)
			return false
		}
		keeps = append(keeps, s)
	}
	if len(keeps) > 0 && (p.kind == Bool || p.kind == Value || p.kind == Simple) {
		if p.spare == nil {
			p.message = complaint(lost[0])
			return false
		}
		p.edits = p.spare
		return true
	}
	p.edits = prefix(c.start(p), p.edits, strings.Join(keeps, "; "))
	p.edits = append(p.edits, labels...)
	slices.SortStableFunc(p.edits, func(a, b edit) int { return a.start - b.start })
	return true
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
