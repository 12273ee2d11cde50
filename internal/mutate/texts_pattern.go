package mutate

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
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

// mentionedInTests tells whether the tests that stand in the package itself, which are not
// loaded, mention its name, but to call a method that is allowed. So may what only has the
// same name: then less is proved.
func (c *finder) mentionedInTests(name string, allowed func(method string) bool) bool {
	key := name
	if allowed != nil {
		key += "."
	}
	return c.inTests(key, name, func(f *ast.File) bool {
		return !strings.HasSuffix(f.Name.Name, "_test") && mentionsName(f, name, allowed)
	})
}

// inTests tells whether found holds for a test file in the folder of the package that has
// name in it, or for one that cannot be read. What was asked is remembered by key.
func (c *finder) inTests(key, name string, found func(*ast.File) bool) bool {
	t := c.texts()
	yes, done := t.inTests[key]
	if !done {
		yes = c.lookInTests(name, found)
		t.inTests[key] = yes
	}
	return yes
}

func (c *finder) lookInTests(name string, found func(*ast.File) bool) bool {
	files, err := c.testFiles()
	return err != nil || slices.ContainsFunc(files, func(f *testFile) bool {
		if !bytes.Contains(f.source, []byte(name)) {
			return false
		}
		if f.syntax == nil {
			f.syntax, f.err = parser.ParseFile(token.NewFileSet(), "", f.source, parser.SkipObjectResolution)
		}
		return f.err != nil || found(f.syntax)
	})
}

// testFile is a file of tests, parsed when it is needed.
type testFile struct {
	source []byte
	syntax *ast.File
	err    error
}

// testFiles reads the tests in the folder of the package, once.
func (c *finder) testFiles() ([]*testFile, error) {
	t := c.texts()
	if t.tests != nil {
		return t.tests, nil
	}
	entries, err := os.ReadDir(c.pkg.Dir)
	if err != nil {
		return nil, err
	}
	tests := []*testFile{}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), "_test.go") {
			src, err := os.ReadFile(filepath.Join(c.pkg.Dir, entry.Name()))
			if err != nil {
				return nil, err
			}
			tests = append(tests, &testFile{source: src})
		}
	}
	t.tests = tests
	return tests, nil
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

// setsName tells whether f sets something of that name, or takes its address.
func setsName(f *ast.File, name string) bool {
	found := false
	is := func(e ast.Expr) bool {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			return e.Name == name
		case *ast.SelectorExpr:
			return e.Sel.Name == name
		}
		return false
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = found || n.Tok != token.DEFINE && slices.ContainsFunc(n.Lhs, is)
		case *ast.RangeStmt:
			found = found || n.Tok == token.ASSIGN && (n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value))
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(n.X)
		}
		return !found
	})
	return found
}
