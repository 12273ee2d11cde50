package agent_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/agent"
)

func TestOverlay(t *testing.T) {
	root := goroot(t)
	files, err := agent.Overlay(root)
	check(t, err)
	var names []string
	for path, content := range files {
		rel, err := filepath.Rel(filepath.Join(root, "src"), path)
		check(t, err)
		names = append(names, filepath.ToSlash(rel))
		if len(content) == 0 || strings.HasSuffix(rel, "_test.go") {
			t.Errorf("%s has %d bytes", rel, len(content))
		}
	}
	for _, name := range []string{"testing/testing.go", "testing/evilution.go", "evilution/agent/agent.go"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not in %v", name, names)
		}
	}
	again, err := agent.Overlay(root)
	check(t, err)
	if !maps.EqualFunc(files, again, bytes.Equal) {
		t.Error("two overlays differ")
	}
}

func TestOverlayOfAnotherTesting(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "src", "testing")
	check(t, os.MkdirAll(dir, 0o755))
	if _, err := agent.Overlay(root); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no testing.go: %v", err)
	}
	const line = "func (m *M) Run() (code int) {\n"
	for text, lines := range map[string]int{
		"package testing\n": 0, "package testing\n" + line + "}\n" + line + "}\n": 2, "package testing\n" + line + "}\n": 1,
	} {
		check(t, os.WriteFile(filepath.Join(dir, "testing.go"), []byte(text), 0o644))
		for _, version := range []string{"", "go9.9\ntime x\n"} {
			check(t, os.WriteFile(filepath.Join(root, "VERSION"), []byte(version), 0o644))
			_, err := agent.Overlay(root)
			var hook *agent.HookError
			if lines == 1 {
				check(t, err)
				continue
			}
			if !errors.As(err, &hook) || hook.Lines != lines || version != "" && hook.Version != "go9.9" {
				t.Errorf("%d lines, version %q: %v", lines, version, err)
			}
		}
	}
}
