package test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/report"
)

// busyPackages is how many there are in busyModule.
const busyPackages = 3

// busyModule has packages that import nothing, each with survivors and with mutants that
// need builds of their own. No build cache has seen them.
func busyModule(dir string) map[string]string {
	files := map[string]string{"go.mod": "module example.com/busy\n\ngo 1.22\n"}
	for i := range busyPackages {
		name := fmt.Sprintf("p%d", i)
		files[filepath.Join(name, "a.go")] = fmt.Sprintf(`package %s

// From %s.
const limit = 3

func Left(n int) int {
	switch n {
	case limit:
		return 0
	}
	if n > 100 {
		n = 100
	}
	return limit - n
}
`, name, filepath.ToSlash(dir))
		files[filepath.Join(name, "a_test.go")] = fmt.Sprintf(`package %s

import "testing"

func TestLeft(t *testing.T) {
	if Left(1) != 2 || Left(3) != 0 {
		t.Error("wrong")
	}
}
`, name)
	}
	return files
}

// TestJobsBoundTheWork: no more compilers and linkers run at a time than -j says,
// whichever part of a run starts them.
func TestJobsBoundTheWork(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		t.Run(fmt.Sprint(jobs), func(t *testing.T) { jobsBound(t, jobs) })
	}
}

func jobsBound(t *testing.T, jobs int) {
	settings, err := goSettings()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := busyModule(dir)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(files[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	log, to := filepath.Join(t.TempDir(), "log"), filepath.Join(t.TempDir(), "report.json")
	cmd := exec.Command(binary(), "run", "-q", "--profile", "all", "--no-history", "--report", "json="+to, "-j", fmt.Sprint(jobs), "./...")
	cmd.Dir = dir
	cmd.Env = slices.Concat(os.Environ(), settings, []string{
		"GOMAXPROCS=4", "GOFLAGS=-toolexec=" + counter(t, log), "XDG_CACHE_HOME=" + t.TempDir(),
	})
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	var r report.Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	tools, most := counted(t, log)
	if r.Timing.Links != busyPackages || r.Timing.Alone == 0 || tools < 5*busyPackages {
		t.Errorf("%d tools have run, for %d binaries and %d mutants with builds of their own", tools, r.Timing.Links, r.Timing.Alone)
	}
	if most > jobs {
		t.Errorf("%d tools have run at the same time", most)
	}
}

// counter is a command that runs a tool of the go command and notes in a file that it
// begins and ends.
func counter(t *testing.T, log string) string {
	t.Helper()
	script := filepath.Join(t.TempDir(), "counter")
	text := fmt.Sprintf(`#!/bin/sh
case "$*" in *-V=full*) exec "$@" ;; esac
echo "+ $*" >> '%s'
"$@"
code=$?
echo "-" >> '%s'
exit $code
`, log, log)
	if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return script
}

// counted is how many tools have run, and how many at most at the same time.
func counted(t *testing.T, log string) (tools, most int) {
	t.Helper()
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	running := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "+") {
			tools++
			running++
		} else {
			running--
		}
		most = max(most, running)
	}
	return tools, most
}
