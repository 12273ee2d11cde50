package mutate

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// matcher is a pattern with the sets that have been made of it.
type matcher struct {
	pattern string
	strings *lang.Set // that have a match
	groups  map[int]*lang.Set
	regexp  *regexp.Regexp           // for what is seen
	seen    map[*lang.Set][][]string // the groups of strings in a set
}

// matcherOf is the pattern that e, a variable of the package, always holds.
func (c *finder) matcherOf(e ast.Expr) *matcher {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	obj, t := c.info.ObjectOf(id), c.texts()
	m, done := t.matchers[obj]
	if done {
		return m
	}
	if pattern, ok := c.patternOf(id); ok && c.onlyMatches(obj) {
		m = &matcher{pattern: pattern, strings: lang.Matching(pattern), groups: map[int]*lang.Set{}, seen: map[*lang.Set][][]string{}}
	}
	t.matchers[obj] = m
	return m
}

func (m *matcher) group(n int) *lang.Set {
	s, done := m.groups[n]
	if !done {
		s = lang.Group(m.pattern, n)
		m.groups[n] = s
	}
	return s
}

// onlyMatches tells whether obj, which is set once, is used for nothing but to match, in
// the tests of the package too: nobody can set it, or what it points to, to anything else.
func (c *finder) onlyMatches(obj types.Object) bool {
	uses, harmless := 0, 0
	for _, f := range c.pkg.Files {
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if c.info.Uses[n] == obj {
					uses++
				}
			case *ast.AssignStmt:
				for _, e := range n.Lhs {
					if c.isVariable(e, obj) {
						harmless++
					}
				}
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && c.info.Uses[id] == obj && isHarmless(n.Sel.Name) {
					harmless++
				}
			}
			return true
		})
	}
	return uses == harmless && !c.mentionedInTests(obj.Name(), isHarmless)
}

// isHarmless tells whether a method of a pattern leaves it as it is.
func isHarmless(method string) bool {
	return slices.ContainsFunc([]string{"Match", "Find", "Replace", "Split", "Expand", "String", "NumSubexp", "Subexp", "Literal"},
		func(word string) bool { return strings.HasPrefix(method, word) })
}

// isErrorValue tells whether obj, a variable of the package, holds the error that it is
// declared with, and neither the package nor its tests ever set it.
func (c *finder) isErrorValue(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.Parent() != c.pkg.Types.Scope() || !isError(v.Type()) {
		return false
	}
	t := c.texts()
	sure, done := t.errors[obj]
	if !done {
		var made ast.Expr
		for _, f := range c.pkg.Files {
			if value := c.onlyValue(f.Syntax, obj); value != nil {
				made = value
			}
		}
		call, isCall := ast.Unparen(made).(*ast.CallExpr)
		sure = isCall && (c.qualified(call) == "errors.New" || c.qualified(call) == "fmt.Errorf") &&
			!slices.ContainsFunc(c.pkg.Files, func(f *load.File) bool { return setsName(f.Syntax, obj.Name()) }) &&
			!c.inTests("="+obj.Name(), obj.Name(), func(f *ast.File) bool { return setsName(f, obj.Name()) })
		t.errors[obj] = sure
	}
	return sure
}
