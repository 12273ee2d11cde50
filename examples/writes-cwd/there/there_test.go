package there

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestSave writes beside its own source, wherever it runs: two of them meet there.
func TestSave(t *testing.T) {
	_, source, _, _ := runtime.Caller(0)
	name := filepath.Join(filepath.Dir(source), "list.txt")
	if _, err := os.Stat(name); err == nil {
		t.Fatal("somebody else is here")
	}
	if err := Save(name, []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	got, err := os.ReadFile(name)
	if err != nil || string(got) != "a\nb" {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Remove(name); err != nil {
		t.Error(err)
	}
}
