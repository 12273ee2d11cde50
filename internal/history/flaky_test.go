package history_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/history"
)

func TestFlakyTestsAreForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.json")
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	tests := map[string]history.Flaky{"TestA": {Seen: day, Source: "old"}}
	h := history.History{}.ReplaceFlaky(map[string]map[string]history.Flaky{"p": tests, "q": tests})
	h = h.ReplaceFlaky(map[string]map[string]history.Flaky{"q": nil})
	h = h.Replace(map[string]map[string]history.Killer{"p": killers("1", "TestB")})
	if err := h.Write(path); err != nil {
		t.Fatal(err)
	}
	h = history.Read(path)
	for _, test := range []struct {
		pkg, source string
		days, want  int
	}{{"p", "old", 0, 1}, {"p", "old", 28, 1}, {"p", "old", 29, 0}, {"p", "new", 0, 0}, {"q", "old", 0, 0}} {
		got := h.Flaky(test.pkg, test.source, day.AddDate(0, 0, test.days))
		if len(got) != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
	if k, _ := h.Killer("p", "1"); k.Test != "TestB" {
		t.Errorf("killer %v", k)
	}
}
