package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestManyReports(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run", "--report", "json=r.json", "--report", "html=r.html", "--report", "junit=r.xml", "--report", "stryker=s.json",
		"--report", "sarif=r.sarif", "--report", "gitlab=g.json", "--report", "markdown=r.md", "--report", "github=g.txt", "--report", "text=r.txt")
	for _, path := range []string{"r.json", "s.json", "r.sarif", "g.json"} {
		if !json.Valid([]byte(read(t, path))) {
			t.Errorf("%s is no JSON", path)
		}
	}
	if err := xml.Unmarshal([]byte(read(t, "r.xml")), new(struct{})); err != nil {
		t.Errorf("r.xml: %v", err)
	}
	for path, begin := range map[string]string{"r.html": "<!doctype html>", "r.md": "### Mutation testing", "g.txt": "::warning file=calc.go,line=3"} {
		if text := read(t, path); !strings.HasPrefix(text, begin) {
			t.Errorf("%s begins with %.60q", path, text)
		}
	}
	for what, text := range map[string]string{"standard output": b.stdout.String(), "r.txt": read(t, "r.txt")} {
		if !strings.Contains(text, "+func Less(a, b int) bool { return a <= b }") {
			t.Errorf("%s has no diff:\n%s", what, text)
		}
	}
}

func TestReportOnStandardOutput(t *testing.T) {
	b := newBench(t)
	for _, args := range [][]string{{"run", "--report", "json=-"}, {"run", "--report", "json"}, {"run", "--format", "json"}, {"run", "-q", "--format", "json", "--report", "html=x.html"}} {
		b.want(t, 0, args...)
		if !json.Valid(b.stdout.Bytes()) {
			t.Errorf("%q: standard output is no JSON:\n%s", args, &b.stdout)
		}
	}
}

func TestReportReplacesTheFile(t *testing.T) {
	b := newBench(t)
	write(t, "real/r.json", strings.Repeat("old ", 10000))
	if err := errors.Join(os.Chmod("real/r.json", 0o640), os.Symlink("real/r.json", "r.json")); err != nil {
		t.Fatal(err)
	}
	b.want(t, 0, "run", "--report", "json=r.json", "--report", "html=/dev/null")
	if !json.Valid([]byte(read(t, "real/r.json"))) {
		t.Error("the file behind the link was not replaced")
	}
	link, err := os.Lstat("r.json")
	if err != nil || link.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v, %v", link, err)
	}
	file, err := os.Stat("real/r.json")
	if err != nil || file.Mode().Perm() != 0o640 {
		t.Errorf("permissions: %v, %v", file.Mode(), err)
	}
	if names, err := filepath.Glob("real/.*"); err != nil || len(names) > 0 {
		t.Errorf("left over: %v, %v", names, err)
	}
}

// One report that cannot be written is trouble, and does not cost the others.
func TestReportThatBreaksLate(t *testing.T) {
	b := newBench(t)
	b.during = func() {
		if err := errors.Join(os.RemoveAll("gone")); err != nil {
			t.Error(err)
		}
	}
	write(t, "gone/x", "")
	b.want(t, report.ExitBroken, "run", "--report", "json=gone/r.json", "--report", "html=r.html")
	if !strings.Contains(b.stderr.String(), "report json") || !strings.HasPrefix(read(t, "r.html"), "<!doctype html>") {
		t.Errorf("said %q", &b.stderr)
	}
}

func TestGitHubActions(t *testing.T) {
	b := newBench(t)
	write(t, ".git/HEAD", "")
	b.moveTo(t, "svc")
	write(t, "summary.md", "before\n")
	t.Setenv("GITHUB_ACTIONS", "true")
	t.Setenv("GITHUB_STEP_SUMMARY", "summary.md")
	b.want(t, report.ExitGate, "run", "--min-score", "90")
	out := b.stdout.String()
	if !strings.Contains(out, "\n::warning file=svc/calc.go,line=3,") || !strings.Contains(out, "\n::error title=Mutation gate failed::") {
		t.Errorf("standard output:\n%s", out)
	}
	if summary := read(t, "summary.md"); !strings.HasPrefix(summary, "before\n### Mutation testing") {
		t.Errorf("summary: %q", summary)
	}
	b.want(t, 0, "run", "--format", "json")
	if !json.Valid(b.stdout.Bytes()) {
		t.Errorf("annotations in JSON:\n%s", &b.stdout)
	}
	b.want(t, 0, "run", "--report", "github=a.txt")
	if strings.Contains(b.stdout.String(), "::warning") || !strings.HasPrefix(read(t, "a.txt"), "::warning") {
		t.Errorf("annotations are not only where they were asked for:\n%s", &b.stdout)
	}
}

func TestReportAgain(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run", "--report", "json=r.json")
	first := b.stdout.String()
	b.want(t, 0, "report", "r.json", "--report", "json=again.json")
	if read(t, "again.json") != read(t, "r.json") {
		t.Error("a JSON report written again is another one")
	}
	if !strings.HasPrefix(first, b.stdout.String()) {
		t.Errorf("the text written again is another one:\n%s\nwas\n%s", &b.stdout, first)
	}
	write(t, "calc.go", "package calc\n") // the record has the old one
	b.want(t, 0, "report", "--format", "markdown")
	if !strings.Contains(b.stdout.String(), "+func Less(a, b int) bool { return a <= b }") {
		t.Errorf("the last run:\n%s", &b.stdout)
	}
	write(t, "newer.json", `{"schema_version": 99}`)
	b.want(t, report.ExitUsage, "report", "newer.json")
}

// The page is there while the run goes on, and gone with it.
func TestServe(t *testing.T) {
	b := newBench(t)
	b.during = func() {
		_, rest, _ := strings.Cut(b.stderr.String(), "grows at ")
		url := strings.TrimSpace(rest)
		if !strings.HasPrefix(url, "http://127.0.0.1:") {
			t.Fatalf("said %q", &b.stderr)
		}
		b.asked.Mutant(*b.report.Mutants[0])
		b.asked.Progress(runner.Progress{Stage: "mutants", Total: 2})
		response, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		t.Cleanup(func() {
			if response, err := http.Get(url); err == nil {
				response.Body.Close()
				t.Error("the page is still there")
			}
		})
	}
	b.want(t, 0, "run", "--serve")
}
