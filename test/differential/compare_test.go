package main

import (
	"path/filepath"
	"testing"

	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// TestExamples: with no mutant active the instrumented tests of the examples, and
// of the modules with everything that Go allows, end as plain ones do.
func TestExamples(t *testing.T) {
	for _, dir := range []string{"examples/calc", "examples/infection", "test/testdata/hazards/language"} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			name, err := filepath.Abs(filepath.Join("..", "..", dir))
			if err != nil {
				t.Fatal(err)
			}
			c, err := compare(t.Context(), subject.Module{Name: name}, "all", t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if c.mutants == 0 || len(c.plain) == 0 || c.unsteady > 0 {
				t.Errorf("%d mutants, %d tests, %d unsteady", c.mutants, len(c.plain), c.unsteady)
			}
			for _, line := range append(c.switched, c.copies...) {
				t.Error(line)
			}
		})
	}
}

func TestDiffer(t *testing.T) {
	plain := outcomes{"p A": "pass", "p B": "fail", "p C": "pass"}
	if out := plain.steady(outcomes{"p A": "pass", "p B": "fail"}); len(out) != 1 || out[0] != "p C" {
		t.Errorf("unsteady %q", out)
	}
	if list := plain.differ("x", outcomes{"p A": "pass", "p B": "pass"}); len(list) != 1 || list[0] != `x: p B: plain fail, now "pass"` {
		t.Errorf("%q", list)
	}
	if _, err := read([]byte(`{"Action":"build-fail"}`)); err == nil {
		t.Error("a failed build is no error")
	}
}
