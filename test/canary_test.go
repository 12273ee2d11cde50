package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBrokenPipeline builds the command with one mistake in its text, as nobody
// may ever ship it, and holds that a run finds out by its canaries: exit code 4, a
// sentence that says so, and no number.
func TestBrokenPipeline(t *testing.T) {
	for _, c := range []struct{ name, file, good, bad, says string }{
		{
			"a switch that is never on", "internal/agent/agent/values.go",
			"saw(n, identical(o, a))\n\t\tp.sum(n, value(o))\n\t}\n\tif n == p.active {", "saw(n, identical(o, a))\n\t\tp.sum(n, value(o))\n\t}\n\tif n == p.active+1 {",
			"the canary that must be killed is survived",
		},
		{
			"infection that is missed", "internal/agent/agent/values.go",
			"\tif identical {\n", "\tif !identical {\n",
			"is not_covered (its dry run did not see it)",
		},
		{
			"a failed test that counts as passed", "isolation/judge.go",
			"hasFailed:\n\t\tout.fail(failed)\n\tdefault:", "hasFailed:\n\t\tout.Verdict = Passed\n\tdefault:",
			"the canary that must be killed is survived",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := buildBroken(t, filepath.Join(root, c.file), c.good, c.bad)
			cmd, temp := prepared(t, "run", "-j", "2", filepath.Join(root, "examples", "calc"))
			cmd.Path = broken
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			err := cmd.Run()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 4 {
				t.Errorf("%v, want exit status 4", err)
			}
			if stdout.Len() > 0 {
				t.Errorf("something is told of a run that proves nothing: %s", &stdout)
			}
			if !strings.Contains(stderr.String(), c.says) || !strings.Contains(stderr.String(), "no verdict of this run can be believed") {
				t.Errorf("%q on standard error, want %q", &stderr, c.says)
			}
			wantEmpty(t, temp)
		})
	}
}

// buildBroken builds the command with bad in place of good in one file, through
// an overlay.
func buildBroken(t *testing.T, file, good, bad string) (path string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), good); n != 1 {
		t.Fatalf("%s has %q %d times, not once", file, good, n)
	}
	dir := t.TempDir()
	replacement := filepath.Join(dir, filepath.Base(file))
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{file: replacement}})
	if err != nil {
		t.Fatal(err)
	}
	write := func(path string, text []byte) {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(replacement, bytes.Replace(text, []byte(good), []byte(bad), 1))
	write(filepath.Join(dir, "overlay.json"), overlay)
	path = filepath.Join(dir, "evilution-go")
	build := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", path, "./cmd/evilution-go")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the broken command: %v\n%s", err, out)
	}
	return path
}
