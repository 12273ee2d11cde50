package schemata

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/agent"
	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/internal/load"
)

// module writes files, by slash-separated name, into a new folder.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, files)
	return dir
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// loadPackage loads the only package that pattern names in dir.
func loadPackage(t *testing.T, dir, pattern string) *load.Package {
	t.Helper()
	m, err := load.Load(t.Context(), load.Config{Dir: dir, Patterns: []string{pattern}})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Packages) != 1 || len(m.Packages[0].Errors) > 0 {
		t.Fatalf("load %s: %d packages, %v", pattern, len(m.Packages), m.Packages[0].Errors)
	}
	return m.Packages[0]
}

// overlay writes the overlay of instrumented packages and the agent.
func overlay(t *testing.T, results ...*Result) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := agent.Overlay(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		for path, text := range r.Files {
			files[path] = text
		}
	}
	path, err := build.WriteOverlay(t.TempDir(), files)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// goCommand runs the go command in dir.
func goCommand(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// noEnd is what execute returns of a program that has not ended within the limit.
const noEnd = "no end"

// execute runs a built program with an order for the agent and returns what it
// prints and how it ends.
func execute(t *testing.T, limit time.Duration, program, order string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "order")
	if err := os.WriteFile(path, []byte(order), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "EVILUTION_ORDER="+path)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		return noEnd
	}
	text, _, _ := strings.Cut(out.String(), "\ngoroutine ")
	return fmt.Sprintf("%s\n%v", text, err)
}

func mutantOrder(p *load.Package, number int) string {
	return fmt.Sprintf("mode mutant\nmutant %s %d\n", p.Path, number)
}

func recordOrder(t *testing.T) string {
	return "mode record\ncounters " + filepath.Join(t.TempDir(), "counters") + "\n"
}

// sourceOf reads a file of this package's folder.
func sourceOf(t *testing.T, name string) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	text, err := os.ReadFile(filepath.Join(filepath.Dir(here), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
