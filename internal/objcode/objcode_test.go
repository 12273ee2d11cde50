package objcode

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

const text = `package m

type T struct{ n int }

func F(i int) int {
	if i < 10 && i < 20 {
		return 1
	}
	return 2
}

func (t *T) P(i int) func() int {
	return func() int {
		if i < 10 && i < 20 {
			return t.n
		}
		return t.n + i
	}
}

func (t T) V(a, b []int) string {
	if len(a) > 1 && len(b) >= 0 {
		return "x"
	}
	return "y"
}

func Table(n int) int {
	switch n {
	case 1:
		return 10
	case 2, 9:
		return 31
	case 3:
		return 23
	case 4:
		return 47
	case 5:
		return 15
	case 6:
		return 86
	case 7:
		return 97
	case 8:
		return 18
	}
	return 0
}

func G[X any](x X, i int) bool { return i < 10 && i < 20 }
`

// change makes a mutant of the n-th place that reads before.
func change(t *testing.T, n int, before, after string) *mutant.Mutant {
	t.Helper()
	at := -1
	for range n {
		next := strings.Index(text[at+1:], before)
		if next < 0 {
			t.Fatalf("%q is not there %d times", before, n)
		}
		at += 1 + next
	}
	return &mutant.Mutant{Edits: []mutant.Edit{{File: "m.go", Offset: at, Original: before, Replacement: after}}}
}

// The compiler itself is asked.
func TestSame(t *testing.T) {
	mutants := []*mutant.Mutant{
		0: change(t, 1, " && i < 20", ""),     // the same
		1: change(t, 1, "i < 10 && ", ""),     // another bound
		2: change(t, 2, " && i < 20", ""),     // the same, in a closure
		3: change(t, 1, "t.n + i", "t.n - i"), // in a closure
		4: change(t, 1, " && len(b) >= 0", ""),
		5: change(t, 1, `"x"`, `"z"`),
		6: change(t, 1, "2, 9:", "2:"),    // may only change a table of jumps
		7: change(t, 3, " && i < 20", ""), // in a generic function
	}
	files, copies, err := Copies(mutants, func(string) ([]byte, error) { return []byte(text), nil })
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module example.com/m.v2\n\ngo 1.24\n", "m.go": text, "copies": string(files["m.go"])} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(dir, "m.go"): filepath.Join(dir, "copies")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay"), overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-gcflags=-S", "-overlay=overlay", ".")
	cmd.Dir = dir
	listing, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, listing)
	}
	if got := Same(listing, "example.com/m.v2", copies); !slices.Equal(got, []int{0, 2, 4}) {
		t.Errorf("same are %v, want 0, 2 and 4\n%s", got, listing)
	}
}
