package scope_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/scope"
)

func at(id, file string, line int, function, operator string) mutant.Mutant {
	return mutant.Mutant{ID: id, Package: "example.com/m/lru/v2", File: file, Line: line, Function: function, Operator: operator}
}

var mutants = []mutant.Mutant{
	at("1", "v2/a.go", 3, "New", "arithmetic"),
	at("2", "v2/a.go", 9, "(*Cache).Add", "arithmetic"),
	at("3", "v2/a.go", 12, "(*Cache).Add", "return_value"),
	at("4", "v2/b.go", 3, "Key.Len", "return_value"),
	at("5", "v2/gen/c.go", 3, "table", "return_value"),
}

func TestTargets(t *testing.T) {
	for _, test := range []struct{ targets, want string }{
		{"New", "1"},
		{"lru.New", "1"},
		{"example.com/m/lru/v2.New", "1"},
		{"m/lru/v2.New", "1"},
		{"(*Cache).Add", "2 3"},
		{"Cache.Add", "2 3"},
		{"lru.(*Cache).Add", "2 3"},
		{"Cache", "2 3"},
		{"lru.Cache", "2 3"},
		{"Key", "4"},
		{"a.go", "1 2 3"},
		{"v2/a.go:9", "2"},
		{"v2/a.go:9:4", "2"},
		{"a.go:9-12", "2 3"},
		{"return_value", "3 4 5"},
		{"New Key", "1 4"},
		{"a.go return_value", "3"},
		{"arithmetic return_value New", "1"},
	} {
		var s scope.Scope
		for _, text := range strings.Fields(test.targets) {
			target, err := scope.ParseTarget(text)
			if err != nil {
				t.Fatal(err)
			}
			s.Targets = append(s.Targets, target)
		}
		c := scope.NewSelector(s, []string{"arithmetic", "return_value"})
		asked, rest := c.Select("lru", mutants)
		var ids []string
		for _, m := range asked {
			ids = append(ids, m.ID)
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.targets, got, test.want)
		}
		if len(asked)+len(rest) != len(mutants) {
			t.Errorf("%s: %d asked and %d not", test.targets, len(asked), len(rest))
		}
		if said := c.Unmatched(); said != "" {
			t.Errorf("%s: %s", test.targets, said)
		}
	}
}

func TestTargetsThatMeanNothing(t *testing.T) {
	for text, want := range map[string]string{
		"a.go:4-8":   "--target a.go:4-8 means no mutant",
		"Cache.Ad":   `--target Cache.Ad means no mutant, did you mean "Cache.Add"?`,
		"lru.Nw":     `--target lru.Nw means no mutant, did you mean "New"?`,
		"other.New":  `--target other.New means no mutant, did you mean "New"?`,
		"Impossible": "--target Impossible means no mutant",
	} {
		target, err := scope.ParseTarget(text)
		if err != nil {
			t.Fatal(err)
		}
		c := scope.NewSelector(scope.Scope{Targets: []scope.Target{target}}, nil)
		c.Select("lru", mutants)
		if got := c.Unmatched(); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestImpossibleTargets(t *testing.T) {
	for _, text := range []string{"", "a.go:0", "a.go:9-3", "a.go:x", "a.go:3-x", "New:3", "two words"} {
		if got, err := scope.ParseTarget(text); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestExclude(t *testing.T) {
	for pattern, want := range map[string]string{
		"v2/gen/**": "5", "v2/gen": "5", "gen": "5", "gen/": "5", "c.go": "5", "v2/gen/*.go": "5", "**/c.go": "5",
		"v2": "12345", "*.go": "12345", "v2/*.go": "1234", "v2/b.go": "4", "elsewhere": "",
	} {
		if err := scope.CheckExclude(pattern); err != nil {
			t.Fatal(err)
		}
		c := scope.NewSelector(scope.Scope{Exclude: []string{pattern}}, nil)
		asked, _ := c.Select("lru", mutants)
		var got string
		for _, m := range asked {
			if m.Status == mutant.Ignored && m.Reason == "excluded by "+pattern {
				got += m.ID
			}
		}
		if got != want {
			t.Errorf("%s excludes %q, want %q", pattern, got, want)
		}
	}
	for _, pattern := range []string{"", "a[", "{a"} {
		if scope.CheckExclude(pattern) == nil {
			t.Errorf("%q is a pattern", pattern)
		}
	}
}

const patch = `diff --git a/sub/x.go b/sub/y.go
similarity index 80%
rename from sub/x.go
rename to sub/y.go
--- a/sub/x.go
+++ b/sub/y.go
@@ -1,5 +1,6 @@
 package x
-var a = 1
+var a = 2
+var b = 3
 var c = 4
-var d = 5
 var e = 6
+var f = 7
diff --git a/sub/gone.go b/sub/gone.go
deleted file mode 100644
--- a/sub/gone.go
+++ /dev/null
@@ -1 +0,0 @@
-package x
diff --git a/other/z.go b/other/z.go
--- a/other/z.go
+++ b/other/z.go
@@ -0,0 +1 @@
+package z
`

func parse(t *testing.T, text string) *scope.Patch {
	t.Helper()
	p, err := scope.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLinesOfAPatch(t *testing.T) {
	want := scope.Changes{Files: map[string][]scope.Lines{
		"sub/y.go":   {{First: 2, Last: 3}, {First: 6, Last: 6}},
		"other/z.go": {{First: 1, Last: 1}},
	}}
	if got := parse(t, patch).Changes(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := parse(t, "").Changes(); len(got.Files) != 0 {
		t.Errorf("an empty patch changes %v", got)
	}
}

func TestNoPatch(t *testing.T) {
	for _, text := range []string{
		"hello\n", "diff --cc x.go\n", "diff --git a/x.go b/x.go\n--- a/x.go\n+++ b/x.go\n@@ -1,9 +1 @@\n-a\n", "--- a\n+++ b\n@@ -x +1 @@\n",
	} {
		if p, err := scope.Parse(strings.NewReader(text)); err == nil {
			t.Errorf("%q is a patch of %v", text, p.Changes())
		}
	}
}

func TestLocate(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("sub/y.go", "package x\r\nvar a = 2\r\nvar b = 3\r\nvar c = 4\r\nvar e = 6\r\nvar f = 7\r\n")
	p := parse(t, patch)
	sub := filepath.Join(root, "sub")
	if _, err := p.Locate(sub); err == nil || !strings.Contains(err.Error(), "sub/y.go is neither in") && !strings.Contains(err.Error(), "other/z.go is neither in") {
		t.Errorf("without other/z.go: %v", err)
	}
	write("other/z.go", "package z\n")
	got, err := p.Locate(sub)
	want := scope.Changes{Files: map[string][]scope.Lines{"y.go": {{First: 2, Last: 3}, {First: 6, Last: 6}}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	write("other/z.go", "package changed\n")
	if _, err := p.Locate(sub); err == nil || !strings.Contains(err.Error(), "other/z.go:1 does not read as the patch left it") {
		t.Errorf("a file that was changed again: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(patch)
	f.Add("--- a/x.go\n+++ b/x.go\n@@ -1 +1 @@\n-a\n+b\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := scope.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		for file, lines := range p.Changes().Files {
			for _, l := range lines {
				if l.Last < l.First {
					t.Errorf("%s: lines %v", file, l)
				}
			}
		}
	})
}
