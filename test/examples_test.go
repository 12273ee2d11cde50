package test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestExamples runs the binary on every example and holds the verdicts against
// those that were written beside it by hand.
func TestExamples(t *testing.T) {
	for _, name := range []string{"calc", "hang", "children", "order", "infection", "flaky", "sleepy", "port", "writes-cwd"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("FLAKY_STATE", filepath.Join(t.TempDir(), "state"))
			dir := filepath.Join(root, "examples", name)
			before := treeOf(t, dir)
			want := expected(t, filepath.Join(dir, "expected.txt"))
			got := verdicts(t, dir, "run", "-j", "2", "--format", "json", dir)
			for _, line := range missing(want, got) {
				t.Errorf("expected and not found: %s", line)
			}
			for _, line := range missing(got, want) {
				t.Errorf("found and not expected: %s", line)
			}
			if after := treeOf(t, dir); after != before {
				t.Error("the run has changed the example's files")
			}
		})
	}
}

// TestExamplesSayWhy holds the sentences of the text report about some of them.
func TestExamplesSayWhy(t *testing.T) {
	for _, test := range []struct{ name, operator, want string }{
		{"flaky", "arithmetic", `set aside: TestThird in example.com/flaky: passes and fails on the same code.*it is flaky and never judges`},
		{"port", "condition_true", `note: example.com/port: TestService passes alone and fails when 2 copies of the tests run at the same time: they run one process at a time\n`},
		{"writes-cwd", "function_body", `note: example.com/writes-cwd/there: TestSave passes alone and fails when 2 copies .*: they run one process at a time\n`},
		{"order", "arithmetic", `note: example.com/order: TestLast fails alone and passes after the tests before it: it judges only in whole runs\n`},
		{"sleepy", "condition_true", `timeout \(wall clock\): not finished after .*s in TestAwaitForNothing; which loop is not known`},
		{"hang", "condition_false", `timeout \(iterations\): [0-9]* iterations in TestSteps; the loop at hang.go:8\n`},
		{"hang", "arithmetic", `timeout \(iterations\): [0-9]* iterations in TestSteps; next is called again and again at hang.go:12\n`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("FLAKY_STATE", filepath.Join(t.TempDir(), "state"))
			args := []string{"run", "-v", "-j", "2", "--operators", test.operator, filepath.Join(root, "examples", test.name)}
			if test.name == "writes-cwd" { // which of its packages is tried first is chance
				args = append(args, "--target", "there/there.go")
			}
			out := command(t, args...)
			if !regexp.MustCompile(test.want).Match(out) {
				t.Errorf("no %q in\n%s", test.want, out)
			}
		})
	}
}

// expected reads the lines of an expected.txt without its comments: status, an
// operator, file:line, and what stands there with the mutant.
func expected(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(data)) {
		if line = squeeze(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

// verdicts runs the binary and puts each mutant of its JSON into a line like those
// of expected.txt.
func verdicts(t *testing.T, dir string, args ...string) []string {
	t.Helper()
	var doc struct {
		Complete bool
		Mutants  []struct {
			Status, Reason, Operator, File string
			Edits                          []edit
		}
	}
	out := command(t, args...)
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if !doc.Complete {
		t.Error("the run is not complete")
	}
	var list []string
	for _, m := range doc.Mutants {
		before, err := os.ReadFile(filepath.Join(dir, m.File))
		if err != nil {
			t.Fatal(err)
		}
		line, text := changed(string(before), mutated(t, string(before), m.Edits))
		list = append(list, squeeze(fmt.Sprintf("%s %s %s:%d %s", m.Status, m.Operator, m.File, line, text)))
		t.Logf("%s (%s)", list[len(list)-1], m.Reason)
	}
	return list
}

// command runs the binary with an empty place for temporary files, which must be
// empty again afterwards, and returns its standard output. The exit code must be 0.
func command(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd, temp := prepared(t, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("evilution-go %s: %v\n%s%s", strings.Join(args, " "), err, out, &stderr)
	}
	wantEmpty(t, temp)
	return out
}

// prepared is the binary with an environment of its own: an empty cache of ours and
// an empty place for temporary files.
func prepared(t *testing.T, args ...string) (cmd *exec.Cmd, temp string) {
	t.Helper()
	temp, err := os.MkdirTemp("", "ev") // short: the paths of unix sockets are
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temp) })
	settings, err := goSettings()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(binary(), args...)
	cmd.Dir = root
	cmd.Env = append(append(os.Environ(), settings...), "TMPDIR="+temp, "XDG_CACHE_HOME="+t.TempDir())
	return cmd, temp
}

func wantEmpty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s is left in the place for temporary files", e.Name())
	}
}

// edit is an edit of the JSON document.
type edit struct {
	Offset                int
	Original, Replacement string
}

// mutated applies edits by themselves, as a reader of the document would.
func mutated(t *testing.T, text string, edits []edit) string {
	t.Helper()
	slices.SortFunc(edits, func(a, b edit) int { return b.Offset - a.Offset })
	for _, e := range edits {
		if !strings.HasPrefix(text[e.Offset:], e.Original) {
			t.Fatalf("%q does not stand at %d", e.Original, e.Offset)
		}
		text = text[:e.Offset] + e.Replacement + text[e.Offset+len(e.Original):]
	}
	return text
}

// changed is the number of the first line that differs, and what the differing
// lines are after the change: all between the common beginning and the common end.
func changed(before, after string) (line int, text string) {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	if text = squeeze(strings.Join(b[start:len(b)-end], "\n")); text == "" {
		text = "(nothing)"
	}
	return start + 1, text
}

// squeeze makes one space of all white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// missing lists what of want is not in got, as often as it is missing.
func missing(want, got []string) []string {
	left := slices.Clone(got)
	var list []string
	for _, line := range want {
		if i := slices.Index(left, line); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			list = append(list, line)
		}
	}
	return list
}

// treeOf is the names and contents of all files below dir, as one text.
func treeOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&all, "%s %d\n%s\n", path, len(data), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
