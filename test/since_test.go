package test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
)

// warm bounds the quickest of several runs on a change of two lines. It takes 1 to
// 2 s where nothing else runs.
const warm = 5 * time.Second

// TestSinceOnARealModule changes two lines of a real module in a second commit and
// wants the mutants of these lines, all of them and no other, soon.
func TestSinceOnARealModule(t *testing.T) {
	origin := filepath.Join(t.TempDir(), "origin")
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/bluekeyes/go-gitdiff").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(origin, os.DirFS(strings.TrimSpace(string(out)))); err != nil {
		t.Fatal(err)
	}
	git(t, origin, "init", "-q")
	git(t, origin, "add", ".")
	git(t, origin, "commit", "-q", "-m", "one")
	const file = "gitdiff/text.go"
	first := substitute(t, filepath.Join(origin, file), "if len(parts) < 2 {", "if len(parts) <= 1 {")
	second := substitute(t, filepath.Join(origin, file), "oldLines > 0 || newLines > 0", "oldLines > 0 || 0 < newLines")
	git(t, origin, "commit", "-q", "-a", "-m", "two")
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, ".", "clone", "-q", origin, clone)

	home := t.TempDir()
	since := judge(t, home, clone, "--since", "HEAD~1")
	lines := make(map[int]int)
	for _, m := range since.Mutants {
		if m.File != file {
			t.Errorf("%s:%d is in scope", m.File, m.Line)
		}
		lines[m.Line]++
	}
	if len(lines) != 2 || lines[first] == 0 || lines[second] == 0 {
		t.Errorf("mutants by line: %v, want some at %d and %d", lines, first, second)
	}
	for _, m := range judge(t, home, clone, "--target", file).Mutants {
		if m.Line == first || m.Line == second {
			lines[m.Line]--
		}
	}
	if lines[first] != 0 || lines[second] != 0 {
		t.Errorf("the whole file has %v fewer mutants at the changed lines", lines)
	}
	quickest := since.Timing.Total
	for range 2 {
		quickest = min(quickest, judge(t, home, clone, "--since", "HEAD~1").Timing.Total)
	}
	t.Logf("warm: %.0f ms", quickest)
	if quickest > float64(warm.Milliseconds()) {
		t.Errorf("a warm run on two changed lines took %.0f ms", quickest)
	}
}

// substitute replaces text in a file, where it stands once, and returns its line.
func substitute(t *testing.T, path, old, text string) int {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(source), old)
	if !found {
		t.Fatalf("%s does not hold %q", path, old)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(before+text+after), 0o644); err != nil {
		t.Fatal(err)
	}
	return 1 + strings.Count(before, "\n")
}

// git runs git in a directory, as somebody.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.com"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// judge runs the binary on the module in dir, with home for what it keeps between
// runs.
func judge(t *testing.T, home, dir string, args ...string) *report.Report {
	t.Helper()
	settings, err := goSettings()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary(), append([]string{"run", "-j", "2", "--format", "json"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), settings...), "HOME="+home, "XDG_CACHE_HOME="+home)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("run %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	r := new(report.Report)
	if err := json.Unmarshal(stdout.Bytes(), r); err != nil {
		t.Fatal(err)
	}
	return r
}
