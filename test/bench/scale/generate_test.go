package main

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutate"
)

// TestGenerate holds the number of mutants that a size promises against what is
// found, and the generated tests against the generated code.
func TestGenerate(t *testing.T) {
	s := size{packages: 3, mutants: 50}
	dir := filepath.Join(t.TempDir(), "module")
	if err := s.generate(dir); err != nil {
		t.Fatal(err)
	}
	m, err := load.Load(t.Context(), load.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	operators, err := mutate.Select(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, p := range m.Packages {
		found += len(mutate.Find(p, operators))
	}
	if len(m.Packages) != s.packages || found != s.total() || found < s.mutants {
		t.Errorf("%d packages with %d mutants; %+v promises %d", len(m.Packages), found, s, s.total())
	}
	cmd := exec.Command("go", "test", "./...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go test: %v\n%s", err, out)
	}
}

func TestGenerateRefuses(t *testing.T) {
	if err := (size{packages: 0, mutants: 1}).generate(filepath.Join(t.TempDir(), "m")); err == nil {
		t.Error("a module without packages was made")
	}
	if err := (size{packages: 1, mutants: 1}).generate(t.TempDir()); err == nil {
		t.Error("an existing directory was written to")
	}
}
