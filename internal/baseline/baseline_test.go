package baseline_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/baseline"
)

func entry(id, function string) baseline.Entry {
	return baseline.Entry{ID: id, Package: "example.com/m", Function: function, Operator: "arithmetic", Change: "a: \"b\" # → 'c'", Reason: "because:\nof - this"}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), baseline.Name)
	f, err := baseline.Read(path)
	if err != nil || len(f.Accepted) != 0 {
		t.Fatalf("an absent file: %v, %v", f, err)
	}
	f.Put(entry("2", "B"))
	f.Put(entry("1", "B"))
	f.Put(entry("3", "A"))
	replaced := entry("1", "B")
	replaced.Reason = "another"
	f.Put(replaced)
	if err := f.Write(path); err != nil {
		t.Fatal(err)
	}
	first, _ := os.ReadFile(path)
	got, err := baseline.Read(path)
	want := []baseline.Entry{entry("3", "A"), replaced, entry("2", "B")}
	if err != nil || !reflect.DeepEqual(got.Accepted, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	if err := got.Write(path); err != nil {
		t.Fatal(err)
	}
	if second, _ := os.ReadFile(path); string(second) != string(first) {
		t.Errorf("written again it reads\n%s\nand not\n%s", second, first)
	}
	if e, ok := got.Find("2"); !ok || e.Function != "B" {
		t.Errorf("found %v, %v", e, ok)
	}
	if _, ok := got.Find("4"); ok {
		t.Error("found what is not there")
	}
}

func TestUnreadableFiles(t *testing.T) {
	for text, want := range map[string]string{
		"version: 2\n": ".evilution-baseline.yml: it has version 2",
		"version: 1\naccepted:\n  - id: a\n    reason: ''\n":                          "a has no reason",
		"version: 1\naccepted:\n  - reason: b\n":                                      "entry 1 has no id",
		"version: 1\naccepted:\n  - id: a\n    reason: b\n  - id: a\n    reason: b\n": "a stands there twice",
		"version: 1\naccepted:\n  - id: a\n    line: 3\n":                             `.evilution-baseline.yml:4: unknown key "line"`,
		"<<<<<<< HEAD\nversion: 1\n=======\n":                                         ".evilution-baseline.yml:",
	} {
		path := filepath.Join(t.TempDir(), baseline.Name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := baseline.Read(path); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := baseline.Read(t.TempDir()); err == nil {
		t.Error("a directory was read")
	}
}
