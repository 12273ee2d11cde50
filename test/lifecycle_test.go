package test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What must hold for processes has 28 numbered rules, and twelve letters for what the
// reference, which this program follows, breaks. Tests bear the numbers in their names
// (TestLifecycle17_…, TestLifecycle6f_… for a letter) or name them in their comments
// ("rule 17", "rules 16 to 28", "letters a and d").
const (
	lifecycleRules   = 28
	lifecycleLetters = "abcdefghijkl"
)

var (
	numbered = regexp.MustCompile(`^TestLifecycle0*([1-9][0-9]*)([a-l]?)(?:_([1-9][0-9]*)(?:_|$))?`)
	spoken   = regexp.MustCompile(`(?i)\b(rules?|statements?|letters?)\s+([0-9a-l]+(?:(?:, | and | to )[0-9a-l]+)*)\b`)
	word     = regexp.MustCompile(`[0-9]+|\b[a-l]\b|to`)
)

// TestLifecycleIsTested fails when a rule or a letter has no test. What cannot be
// tested is a part of a rule only, and stands in the README with its reason.
func TestLifecycleIsTested(t *testing.T) {
	found := make(map[string][]string) // tests by number or letter
	for name, doc := range testFunctions(t) {
		for _, mark := range marks(name, doc) {
			found[mark] = append(found[mark], name)
		}
	}
	for n := 1; n <= lifecycleRules; n++ {
		if len(found[strconv.Itoa(n)]) == 0 {
			t.Errorf("rule %d has no test", n)
		}
	}
	for _, letter := range lifecycleLetters {
		if len(found[string(letter)]) == 0 {
			t.Errorf("letter %c has no test", letter)
		}
	}
	if testing.Verbose() {
		for mark, names := range found {
			t.Logf("%s: %s", mark, strings.Join(names, ", "))
		}
	}
}

// marks lists the numbers and letters that a test bears.
func marks(name, doc string) (list []string) {
	if m := numbered.FindStringSubmatch(name); m != nil {
		if m[2] != "" {
			list = append(list, m[2]) // Lifecycle6f is letter f of section 6
		} else {
			list = append(list, m[1])
		}
		if m[3] != "" {
			list = append(list, m[3])
		}
	}
	for _, m := range spoken.FindAllStringSubmatch(strings.Join(strings.Fields(doc), " "), -1) {
		letters := strings.HasPrefix(strings.ToLower(m[1]), "letter")
		list = append(list, enumerate(m[2], letters)...)
	}
	return list
}

// enumerate reads "3", "3 and 5", "16 to 18" or, of letters, "a, b and d".
func enumerate(text string, letters bool) (list []string) {
	last, through := 0, false
	for _, w := range word.FindAllString(text, -1) {
		n, err := strconv.Atoi(w)
		switch {
		case w == "to":
			through = true
		case letters && err != nil:
			list = append(list, w)
		case !letters && err == nil:
			for i := last + 1; through && i < n; i++ {
				list = append(list, strconv.Itoa(i))
			}
			list = append(list, strconv.Itoa(n))
			last, through = n, false
		}
	}
	return list
}

func TestMarks(t *testing.T) {
	for _, c := range []struct{ name, doc, want string }{
		{"TestLifecycle04_Nothing", "", "4"},
		{"TestLifecycle24_25", "", "24 25"},
		{"TestLifecycle6f_HalfAFrame", "", "f"},
		{"TestLifecycle12_Table", "Rule 12, rules 3 and 5 too; letters a, b and d.", "12 12 3 5 a b d"},
		{"TestX", "It obeys rules 16 to 18, and letter\nk.", "16 17 18 k"},
		{"TestX", "A letter to nobody, a rule of thumb.", ""},
	} {
		if got := strings.Join(marks(c.name, c.doc), " "); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.name, c.doc, got, c.want)
		}
	}
}

// testFunctions are the tests of the whole module with their comments.
func testFunctions(t *testing.T) map[string]string {
	t.Helper()
	tests := make(map[string]string)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "examples" || strings.HasPrefix(d.Name(), ".")) && path != root:
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				tests[f.Name.Name] += f.Doc.Text()
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return tests
}
