package mutate

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What the tests in the folder of the package, which are not loaded, say of its names.

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
