package history_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/evilution-go/evilution-go/internal/history"
)

func killers(id, test string) map[string]history.Killer {
	return map[string]history.Killer{id: {Binary: "b", Test: test}}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "history.json")
	h := history.Read(path)
	h = h.Replace(map[string]map[string]history.Killer{"p": killers("1", "TestOld"), "q": killers("2", "TestQ")})
	h = h.Replace(map[string]map[string]history.Killer{"p": killers("3", "TestNew")})
	if err := h.Write(path); err != nil {
		t.Fatal(err)
	}
	h = history.Read(path)
	if k, ok := h.Killer("p", "3"); !ok || k != (history.Killer{Binary: "b", Test: "TestNew"}) {
		t.Errorf("p 3: %v, %v", k, ok)
	}
	if _, ok := h.Killer("p", "1"); ok {
		t.Error("a replaced package still has its old mutant")
	}
	if k, _ := h.Killer("q", "2"); k.Test != "TestQ" {
		t.Errorf("q 2: %v", k)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("left beside the file: %v, %v", left, err)
	}
}

func TestDamageIsAnEmptyHistory(t *testing.T) {
	for _, text := range []string{"", "{", `{"version":2,"packages":{"p":{"1":{"test":"T"}}}}`, `[]`} {
		path := filepath.Join(t.TempDir(), "history.json")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, ok := history.Read(path).Killer("p", "1"); ok {
			t.Errorf("%q remembers something", text)
		}
	}
}

func TestWriteTellsWhatWentWrong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := (history.History{}).Write(filepath.Join(path, "history.json")); err == nil {
		t.Error("written below a file")
	}
}
