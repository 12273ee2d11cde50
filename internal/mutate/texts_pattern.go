package mutate

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// matcher is a pattern with the sets that have been made of it.
type matcher struct {
	pattern string
	strings *lang.Set // that have a match
	groups  map[int]*lang.Set
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
		m = &matcher{pattern: pattern, strings: lang.Matching(pattern), groups: map[int]*lang.Set{}}
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

// mentionedInTests tells whether the tests that stand in the package itself, which are not
// loaded, mention its name, but to call a method that is allowed. So may what only has the
// same name: then less is proved.
func (c *finder) mentionedInTests(name string, allowed func(method string) bool) bool {
	t := c.texts()
	key := name
	if allowed != nil {
		key += "."
	}
	found, done := t.inTests[key]
	if !done {
		found = c.findInTests(name, allowed)
		t.inTests[key] = found
	}
	return found
}

func (c *finder) findInTests(name string, allowed func(method string) bool) bool {
	entries, err := os.ReadDir(c.pkg.Dir)
	if err != nil || c.pkg.Dir == "" {
		return true
	}
	for _, entry := range entries {
		file := filepath.Join(c.pkg.Dir, entry.Name())
		if !strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			return true
		}
		if !bytes.Contains(src, []byte(name)) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
		if err != nil || mentionsName(f, name, allowed) && !strings.HasSuffix(f.Name.Name, "_test") {
			return true
		}
	}
	return false
}

func mentionsName(f *ast.File, name string, allowed func(method string) bool) bool {
	found := 0
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Name == name {
				found++
			}
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && id.Name == name && allowed != nil && allowed(n.Sel.Name) {
				found--
			}
			if n.Sel.Name == name {
				found-- // a member of something else
			}
		}
		return true
	})
	return found > 0
}
