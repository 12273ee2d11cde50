package schemata

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

// checkLines returns what is wrong with the lines of switched text: the original
// bodies must be there, word for word and on their lines, calls of twins counting
// as calls of the functions; every word of them must also stand on its line in the
// copy.
func checkLines(path string, before *ast.File, fset *token.FileSet, after []byte) error {
	switched := token.NewFileSet()
	f, err := parser.ParseFile(switched, path, after, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return err
	}
	old, now, siblings := bodies(before), bodies(f), siblings(f)
	if len(old) != len(now) {
		return fmt.Errorf("%d functions became %d", len(old), len(now))
	}
	for i := range old {
		want := words(old[i].List, fset)
		for _, list := range originals(now[i].List, siblings) {
			if got := words(list, switched); strings.Join(got, " ") != strings.Join(want, " ") {
				return fmt.Errorf("the body at %s changed:\n%q\n%q", fset.Position(old[i].Pos()), want, got)
			}
		}
		_, c := copyOf(now[i].List, siblings)
		if c == nil {
			continue
		}
		if _, inner := copyOf(c.List, siblings); inner != nil {
			c = inner
		}
		if missing := lost(want, words(c.List, switched)); missing != "" {
			return fmt.Errorf("the copy at %s lacks %s", fset.Position(old[i].Pos()), missing)
		}
	}
	return nil
}

// originals are the versions of a function without switches: what follows its
// own switch, unless that is a call of the twin, the twin, and what follows the
// switch in the copy.
func originals(list []ast.Stmt, siblings map[string]*ast.BlockStmt) (found [][]ast.Stmt) {
	number, c := copyOf(list, siblings)
	if c == nil {
		return [][]ast.Stmt{list}
	}
	twin := ""
	for name, body := range siblings {
		if strings.HasPrefix(name, prefix+"p"+number+"_") {
			twin = name
			found = append(found, body.List)
		}
	}
	if rest := list[1:]; twin == "" || len(rest) == 0 || !mentionsName(rest[0], twin) {
		found = append(found, rest)
	}
	if _, inner := copyOf(c.List, siblings); inner != nil {
		found = append(found, c.List[1:])
	}
	return found
}

func mentionsName(root ast.Node, name string) (found bool) {
	ast.Inspect(root, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

func bodies(f *ast.File) (list []*ast.BlockStmt) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && !strings.HasPrefix(fn.Name.Name, prefix) {
			list = append(list, fn.Body)
		}
	}
	return list
}

// siblings are the versions that stand beside their functions, by name.
func siblings(f *ast.File) map[string]*ast.BlockStmt {
	found := map[string]*ast.BlockStmt{}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, prefix) {
			found[fn.Name.Name] = fn.Body
		}
	}
	return found
}

// copyOf is the copy with switches that a body begins with or calls, or nil, and
// the number of its function.
func copyOf(list []ast.Stmt, siblings map[string]*ast.BlockStmt) (number string, body *ast.BlockStmt) {
	if len(list) == 0 {
		return "", nil
	}
	s, ok := list[0].(*ast.IfStmt)
	if !ok {
		return "", nil
	}
	x, ok := s.Cond.(*ast.IndexExpr)
	if !ok {
		return "", nil
	}
	if id, ok := x.X.(*ast.Ident); !ok || id.Name != prefix+"on" && id.Name != prefix+"near" {
		return "", nil
	}
	body = s.Body
	ast.Inspect(s.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && siblings[id.Name] != nil {
			body = siblings[id.Name]
		}
		return true
	})
	return x.Index.(*ast.BasicLit).Value, body
}

var twinOf = regexp.MustCompile("^" + prefix + `p\d+_`)

// words are the names and literals of a list with their places.
func words(list []ast.Stmt, fset *token.FileSet) (out []string) {
	add := func(pos token.Pos, text string) {
		place := fset.PositionFor(pos, true)
		out = append(out, fmt.Sprintf("%s:%d:%s", place.Filename, place.Line, text))
	}
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				add(n.Pos(), twinOf.ReplaceAllString(n.Name, ""))
			case *ast.BasicLit:
				add(n.Pos(), n.Value)
			}
			return true
		})
	}
	return out
}

// lost is a word of want that is not in got, apart from names that change.
func lost(want, got []string) string {
	count := map[string]int{}
	for _, w := range got {
		count[w]++
		place, name, _ := cutLast(w)
		if strings.HasPrefix(name, prefix) {
			if _, renamed, ok := strings.Cut(strings.TrimPrefix(name, prefix), "_"); ok {
				count[place+":"+renamed]++
			}
		}
	}
	for _, w := range want {
		if count[w]--; count[w] < 0 {
			return w
		}
	}
	return ""
}

// cutLast splits place and word; a word may hold colons, a place ends at its line.
func cutLast(w string) (place, name string, ok bool) {
	file, rest, _ := strings.Cut(w, ".go:")
	line, name, ok := strings.Cut(rest, ":")
	return file + ".go:" + line, name, ok
}

// TestLineDirectivesKeepSwitches: no mutant needs a build of its own because of
// them, with columns or without.
func TestLineDirectivesKeepSwitches(t *testing.T) {
	t.Parallel()
	const text = `package p

//line grammar.y:100
func Here(n int) int {
	return n + 1
}

/*line grammar.y:200:7*/ func There(n int) int {
	return n - 1
}
`
	p := loadPackage(t, module(t, map[string]string{"go.mod": "module h\n\ngo 1.24\n", "p.go": text}), ".")
	r, err := Instrument(p, mutate.Find(p, mutate.Operators()))
	if err != nil {
		t.Fatal(err)
	}
	if r.Mutants == 0 || len(r.Alone) > 0 {
		t.Errorf("%d mutants with switches, alone %v", r.Mutants, r.Alone)
	}
}
