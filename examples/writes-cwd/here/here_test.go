package here

import (
	"os"
	"testing"
	"time"
)

// TestSave writes to its working directory, which is the one of a copy that no other
// process uses meanwhile.
func TestSave(t *testing.T) {
	const name = "list.txt"
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
