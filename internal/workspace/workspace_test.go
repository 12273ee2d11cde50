package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOf(t *testing.T) {
	root := t.TempDir()
	work := filepath.Join(root, "work")
	if err := os.MkdirAll(filepath.Join(work, "one", "p"), 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(work, "go.work")
	if err := os.WriteFile(path, []byte("go 1.24\n\nuse ./one // first\n\nuse (\n\t\"./deep/two\"\n\t../three\n)\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	one, two, three := filepath.Join(work, "one"), filepath.Join(work, "deep", "two"), filepath.Join(root, "three")
	for _, setting := range []string{"", path} {
		w, err := Of(filepath.Join(one, "p"), setting)
		if err != nil || w == nil || w.Dir != work || !slices.Equal(w.Modules, []string{one, two, three}) {
			t.Fatalf("GOWORK=%q: %+v, %v", setting, w, err)
		}
		if got := w.Below(work); !slices.Equal(got, []string{one, two}) {
			t.Errorf("below: %q", got)
		}
		if !w.Holds(one) || w.Holds(three) || w.Holds(work) {
			t.Error("only one and two are modules in the folder")
		}
		if !w.Shuts(root) || w.Shuts(work) || w.Shuts(one) {
			t.Error("only a module further up means nothing here")
		}
	}
	if w, err := Of(one, "off"); w != nil || err != nil {
		t.Errorf("off: %+v, %v", w, err)
	}
	if w, err := Of(root, ""); w != nil || err != nil {
		t.Errorf("outside: %+v, %v", w, err)
	}
	if err := os.WriteFile(path, []byte("nonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if w, err := Of(one, ""); err == nil {
		t.Errorf("nonsense is read as %+v", w)
	}
}
