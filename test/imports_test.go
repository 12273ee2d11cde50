package test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/evilution-go/evilution-go"

// mayImport says for every package of the module which others of the module it
// may import. Every import points from meaning to mechanism: a line may name only
// packages that answer a more mechanical question. A package that is not here must
// be put here, by hand, before the test passes.
var mayImport = map[string][]string{
	"cmd/evilution-go": {"runner", "supervisor", "internal/baseline", "internal/build", "internal/config", "internal/mutant", "internal/mutate", "internal/report", "internal/scope", "internal/shard", "internal/workspace", "internal/report/html", "internal/report/live", "internal/report/sarif", "internal/report/junit", "internal/report/stryker", "internal/report/gitlab", "internal/report/github", "internal/report/markdown"},

	// The process half.
	"runner":      {"runner/job", "runner/plan", "workqueue", "isolation", "sandbox", "supervisor", "internal/canary", "internal/history", "internal/mutant", "internal/report", "internal/scope", "internal/shard"},
	"runner/job":  {"runner/plan", "workqueue", "isolation", "sandbox", "supervisor", "internal/agent", "internal/build", "internal/canary", "internal/frame", "internal/load", "internal/mutant", "internal/mutate", "internal/objcode", "internal/schemata", "internal/scope", "internal/shard"},
	"runner/plan": {"isolation", "internal/mutant"},
	"workqueue":   {"supervisor", "internal/frame"},
	"isolation":   {"sandbox", "supervisor", "internal/frame"},
	"sandbox":     {},
	"supervisor":  {},

	// The compiler half, the wire and the reports know nothing of processes.
	"internal/agent":           {},
	"internal/agent/agent":     {}, // is overlaid into the standard library
	"internal/baseline":        {"internal/strictyaml"},
	"internal/build":           {},
	"internal/canary":          {"internal/load", "internal/mutant", "internal/mutate", "internal/schemata"},
	"internal/canary/subject":  {}, // is overlaid into the standard library
	"internal/config":          {"internal/strictyaml"},
	"internal/frame":           {},
	"internal/history":         {},
	"internal/load":            {"internal/workspace"},
	"internal/mutant":          {},
	"internal/mutate":          {"internal/load", "internal/mutant", "internal/mutate/lang", "internal/prove"},
	"internal/mutate/lang":     {},
	"internal/objcode":         {"internal/mutant"},
	"internal/prove":           {},
	"internal/report":          {"internal/mutant"},
	"internal/report/github":   {"internal/mutant", "internal/report"},
	"internal/report/gitlab":   {"internal/mutant", "internal/report"},
	"internal/report/html":     {"internal/mutant", "internal/report"},
	"internal/report/junit":    {"internal/mutant", "internal/report"},
	"internal/report/live":     {"internal/report", "internal/report/html"},
	"internal/report/markdown": {"internal/mutant", "internal/report"},
	"internal/report/sample":   {"internal/mutant", "internal/report"},
	"internal/report/sarif":    {"internal/mutant", "internal/report"},
	"internal/report/stryker":  {"internal/mutant", "internal/report"},
	"internal/scope":           {"internal/mutant"},
	"internal/strictyaml":      {},
	"internal/shard":           {},
	"internal/schemata":        {"internal/load", "internal/mutant", "internal/mutate"},
	"internal/workspace":       {},

	"test":                  {},
	"test/agreement":        {"internal/mutant", "internal/report", "test/internal/subject"},
	"test/bench":            {"internal/mutant", "internal/report", "test/internal/subject"},
	"test/bench/overhead":   {"test/internal/subject"},
	"test/bench/scale":      {"internal/report", "test/internal/subject"},
	"test/chaos":            {},
	"test/differential":     {"test/internal/subject"},
	"test/internal/subject": {"internal/agent", "internal/build", "internal/load", "internal/mutate", "internal/report", "internal/schemata"},
	"test/self":             {"internal/mutant", "internal/report", "test/internal/subject"},
	"test/same":             {"internal/mutant", "internal/report", "test/internal/subject"},
	"test/truth":            {},
	"test/targets":          {"sandbox", "internal/mutant", "internal/report", "test/internal/subject"},
}

// TestImports parses the files itself: the go command's word about them would be
// remembered together with this test's result. Files of tests are not held to the
// table, since a test may look at its package from above.
func TestImports(t *testing.T) {
	found := make(map[string]bool)
	var unlisted []string
	for _, file := range sourceFiles(t) {
		pkg := path.Dir(file)
		found[pkg] = true
		allowed, listed := mayImport[pkg]
		if !listed {
			unlisted = append(unlisted, pkg)
			continue
		}
		for _, imported := range ownImports(t, file) {
			if !slices.Contains(allowed, imported) {
				t.Errorf("%s: %s may not import %s", file, pkg, imported)
			}
		}
	}
	for _, pkg := range slices.Compact(unlisted) {
		t.Errorf("package %s is not in the table of who may import whom", pkg)
	}
	for pkg := range mayImport {
		if !found[pkg] {
			t.Errorf("package %s is in the table and nowhere else", pkg)
		}
	}
}

// TestImportTableHasNoCycle keeps the table itself honest: following it from any
// package never leads back.
func TestImportTableHasNoCycle(t *testing.T) {
	var visit func(pkg string, above []string)
	visit = func(pkg string, above []string) {
		if slices.Contains(above, pkg) {
			t.Fatalf("the table has a cycle: %s", strings.Join(append(above, pkg), " > "))
		}
		for _, next := range mayImport[pkg] {
			if _, listed := mayImport[next]; !listed {
				t.Errorf("%s may import %s, which is not in the table", pkg, next)
			}
			visit(next, append(slices.Clone(above), pkg))
		}
	}
	for pkg := range mayImport {
		visit(pkg, nil)
	}
}

// sourceFiles lists the module's Go files that are no tests, relative to its root.
func sourceFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return enter(name, d)
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			rel, err := filepath.Rel(root, name)
			files = append(files, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// enter skips what the go command would not count as this module's.
func enter(name string, d fs.DirEntry) error {
	if name == root {
		return nil
	}
	if strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata" {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

// ownImports lists the packages of this module that a file imports, relative to
// the module's path.
func ownImports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(file)), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if rel, ok := strings.CutPrefix(imported, module+"/"); ok {
			own = append(own, rel)
		}
	}
	return own
}
