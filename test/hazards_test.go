package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestHazards runs the binary on modules with everything that Go allows, and
// holds the verdicts against those that were written beside them by hand. Each
// module says in a line "# run:" which mutants it asks for.
func TestHazards(t *testing.T) {
	for _, name := range []string{"language", "files", "cgo", "places", "work/one", "work/two", "work"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(root, "test", "testdata", "hazards", filepath.FromSlash(name))
			path := filepath.Join(dir, "expected.txt")
			if name == "cgo" && !hasCgo(t) {
				t.Skip("cgo is off, or there is no C compiler")
			}
			want := expected(t, path)
			for i, line := range want {
				want[i] = strings.ReplaceAll(line, "GOOS", runtime.GOOS)
			}
			args := append([]string{"run", "-j", "2", "--format", "json"}, flagsOf(t, path)...)
			got := verdicts(t, dir, append(args, filepath.Join(dir, "..."))...)
			for i, line := range got {
				got[i] = shortened(line)
			}
			for _, line := range missing(want, got) {
				t.Errorf("expected and not found: %s", line)
			}
			for _, line := range missing(got, want) {
				t.Errorf("found and not expected: %s", line)
			}
		})
	}
}

// flagsOf reads the line "# run:" of an expected.txt.
func flagsOf(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if flags, ok := strings.CutPrefix(line, "# run:"); ok {
			return strings.Fields(flags)
		}
	}
	return nil
}

// shortened keeps the ends of a very long line.
func shortened(line string) string {
	if len(line) <= 1000 {
		return line
	}
	return line[:100] + " … " + line[len(line)-55:]
}

// hasCgo tells whether the go command here builds packages with C.
func hasCgo(t *testing.T) bool {
	t.Helper()
	out, err := exec.Command("go", "env", "CGO_ENABLED", "CC").Output()
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(out))
	if len(fields) < 2 || fields[0] != "1" {
		return false
	}
	_, err = exec.LookPath(fields[1])
	return err == nil
}
