package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestDocsAreFresh compares the generated part of the documentation with what the
// program would write now.
func TestDocsAreFresh(t *testing.T) {
	files, err := docFiles(describable(new(app).root()))
	if err != nil {
		t.Fatal(err)
	}
	const stale = "docs/%s is stale: go generate ./cmd/evilution-go"
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join("../../docs", name))
		if err != nil || !bytes.Equal(have, want) {
			t.Errorf(stale, name)
		}
	}
	for _, name := range referencePages(t) {
		if _, described := files[name]; !described {
			t.Errorf(stale, name)
		}
	}
}

func referencePages(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(os.DirFS("../../docs"), "reference/*")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestManPages looks for one page a command.
func TestManPages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man1")
	var out bytes.Buffer
	a := &app{stdout: &out, stderr: &out}
	if end := a.main([]string{"docs", "--man", dir}); end != (ending{}) || out.Len() > 0 {
		t.Fatalf("ended with %v: %s", end, &out)
	}
	for _, name := range []string{"evilution-go.1", "evilution-go-run.1", "evilution-go-accept.1"} {
		if page, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Contains(page, []byte(".SH OPTIONS")) {
			t.Errorf("%s: %v, %d bytes", name, err, len(page))
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "evilution-go-worker.1")); err == nil {
		t.Error("there is a page about a hidden command")
	}
}
