package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// pullRequest is a clone with a base and a commit on top of it that adds code which
// no test notices.
func pullRequest(t *testing.T) (dir, base string) {
	t.Helper()
	origin := filepath.Join(t.TempDir(), "origin")
	for name, text := range map[string]string{
		"go.mod":    "module example.com/m\n\ngo 1.24\n",
		"m.go":      "package m\n\nfunc Add(a, b int) int {\n\treturn a + b\n}\n",
		"m_test.go": "package m\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {\n\tif Add(2, 3) != 5 {\n\t\tt.Fail()\n\t}\n}\n",
	} {
		put(t, filepath.Join(origin, name), text)
	}
	git(t, origin, "init", "-q", "-b", "main")
	git(t, origin, "add", ".")
	git(t, origin, "commit", "-q", "-m", "base")
	git(t, origin, "checkout", "-q", "-b", "change")
	put(t, filepath.Join(origin, "new.go"), "package m\n\nfunc Sub(a, b int) int {\n\treturn a - b\n}\n")
	git(t, origin, "add", ".")
	git(t, origin, "commit", "-q", "-m", "change")
	out, err := exec.Command("git", "-C", origin, "rev-parse", "main").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "clone")
	git(t, ".", "clone", "-q", "--depth", "1", "-b", "change", "file://"+origin, dir)
	return dir, strings.TrimSpace(string(out))
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// ciCommand is a program of examples/ci in dir, with the command in its path.
func ciCommand(t *testing.T, dir, name string, env ...string) *exec.Cmd {
	t.Helper()
	settings, err := goSettings()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.Command(filepath.Join(root, "examples", "ci", name))
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), settings...), "PATH="+filepath.Dir(binary())+string(os.PathListSeparator)+os.Getenv("PATH"),
		"HOME="+home, "XDG_CACHE_HOME="+home, "RUNNER_TEMP="+home, "GITHUB_ACTIONS=", "GITHUB_STEP_SUMMARY=")
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// TestActionJudgesTheLinesOfAPullRequest does the steps of the action in a shallow
// clone, as the runner would.
func TestActionJudgesTheLinesOfAPullRequest(t *testing.T) {
	dir, base := pullRequest(t)
	summary, output := filepath.Join(t.TempDir(), "summary"), filepath.Join(t.TempDir(), "output")
	cmd := ciCommand(t, dir, "judge.sh", "SINCE="+base, "ARGS=--fail-on new", "GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY="+summary, "GITHUB_OUTPUT="+output)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("%v, want exit code 1\n%s", err, out)
	}
	for _, want := range []string{"new.go", "lines changed since " + base, "gate failed:", "::"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the output has no %q:\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "m.go:4") {
		t.Errorf("a line that has not changed is shown:\n%s", out)
	}
	said, err := os.ReadFile(output)
	path, found := strings.CutPrefix(strings.TrimSpace(string(said)), "report=")
	if _, statErr := os.Stat(path); !found || statErr != nil {
		t.Errorf("output %q, %v, %v", said, err, statErr)
	}
	if text, err := os.ReadFile(summary); err != nil || len(text) == 0 {
		t.Errorf("summary %q, %v", text, err)
	}
	if out, err := ciCommand(t, dir, "judge.sh", "SINCE=HEAD", "ARGS=--fail-on new").CombinedOutput(); err != nil {
		t.Errorf("nothing changed: %v\n%s", err, out)
	}
}

// TestActionInstalls builds the action's own source, which needs no network.
func TestActionInstalls(t *testing.T) {
	path := filepath.Join(t.TempDir(), "path")
	if out, err := ciCommand(t, t.TempDir(), "install.sh", "VERSION=.", "GITHUB_PATH="+path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	bin, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(filepath.Join(strings.TrimSpace(string(bin)), "evilution-go"), "version").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestPrePush pushes through the hook.
func TestPrePush(t *testing.T) {
	dir, _ := pullRequest(t)
	git(t, dir, "fetch", "-q", "--unshallow", "origin", "main:refs/remotes/origin/main")
	zero := strings.Repeat("0", 40)
	head, err := exec.Command("git", "-C", dir, "rev-parse", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, local, remote string
		code                int
	}{
		{"a new branch", strings.TrimSpace(string(head)), zero, 1},
		{"nothing new", strings.TrimSpace(string(head)), strings.TrimSpace(string(head)), 0},
		{"a branch that goes away", zero, strings.TrimSpace(string(head)), 0},
	} {
		cmd := ciCommand(t, dir, "hooks/pre-push")
		cmd.Args = append(cmd.Args, "origin", "url")
		cmd.Stdin = strings.NewReader("refs/heads/change " + test.local + " refs/heads/change " + test.remote + "\n")
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != test.code {
			t.Errorf("%s: %v, want exit code %d\n%s", test.name, err, test.code, out)
		}
	}
}

// workflowRuns finds the packages and scripts of this repository that a workflow
// runs.
var workflowRuns = regexp.MustCompile(`- run: (?:go (?:run|test) \./)?([\w./-]+)`)

// TestCIFilesAreYAMLAndNameWhatIsThere parses the files that only a platform can
// execute; the flags in them are those of the command.
func TestCIFilesAreYAMLAndNameWhatIsThere(t *testing.T) {
	help, err := exec.Command(binary(), "help", "run").Output()
	if err != nil {
		t.Fatal(err)
	}
	merge, err := exec.Command(binary(), "help", "merge").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{".github/workflows/ci.yml", ".github/workflows/nightly.yml", "action.yml", "examples/ci/github.yml", "examples/ci/github-shards.yml", "examples/ci/gitlab.yml"} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := yaml.Unmarshal(text, &doc); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for line := range strings.Lines(string(text)) {
			if !strings.Contains(line, "evilution-go run") && !strings.Contains(line, "evilution-go merge") {
				continue
			}
			for _, word := range strings.Fields(line) {
				if strings.HasPrefix(word, "--") && !strings.Contains(string(help)+string(merge), word) {
					t.Errorf("%s: the command has no flag %s", file, word)
				}
			}
		}
		for _, m := range workflowRuns.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(root, m[1])); strings.HasPrefix(file, ".github") && err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		for _, script := range []string{"install.sh", "judge.sh"} {
			if file == "action.yml" && !strings.Contains(string(text), "examples/ci/"+script) {
				t.Errorf("the action does not use %s", script)
			}
		}
	}
}
