package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

func TestShow(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run")
	write(t, "calc.go", "package edited\n") // since the run
	b.want(t, 0, "show", "m1")
	for _, want := range []string{"-func Less(a, b int) bool { return a < b }", "+func Less(a, b int) bool { return a <= b }", "survived: because", "said by the test"} {
		if !strings.Contains(b.stdout.String(), want) {
			t.Errorf("show does not say %q:\n%s", want, &b.stdout)
		}
	}
}

func TestShowOfAnotherModule(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run")
	t.Chdir(t.TempDir())
	b.want(t, report.ExitUsage, "show", "m1")
	b.want(t, 0, "show", "m1", b.dir)
}

func TestShowUnknown(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run")
	for id, want := range map[string]string{"m": "2 mutants begin like that", "m3": "did you mean", "zzzzzzzz": "had no such mutant ("} {
		b.want(t, report.ExitUsage, "show", id)
		if !strings.Contains(b.stderr.String(), want) {
			t.Errorf("show %s says %q, want %q", id, &b.stderr, want)
		}
	}
}

func TestShowReadsABrokenRecord(t *testing.T) {
	b := newBench(t)
	path, err := recordPath(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, "{")
	b.want(t, report.ExitBroken, "show", "m1")
}

func TestRecordCutsLongOutputs(t *testing.T) {
	r := judged(mutant.Killed)
	r.Mutants[0].Output = []byte("begin" + strings.Repeat("x", 1<<20) + "end")
	text := newRecord(r, report.DirSource(t.TempDir())).Outputs["m1"]
	if len(text) > 17<<10 || !strings.HasPrefix(text, "begin") || !strings.HasSuffix(text, "end") {
		t.Errorf("%d bytes kept", len(text))
	}
}

func TestRecordIsReplacedWhole(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run")
	b.want(t, 0, "run")
	path, err := recordPath(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files beside the record, %v", len(entries), err)
	}
}

func TestShowKeepsWhatAPartOfTheMutantsDidNotTouch(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run")
	one := judged(mutant.Killed)
	one.Scope = "mutant m1"
	b.report = one
	b.want(t, 0, "run", "--mutant", "m1")
	b.want(t, 0, "show", "m1")
	if !strings.Contains(b.stdout.String(), "killed") {
		t.Errorf("m1 is not what the last run said:\n%s", &b.stdout)
	}
	b.want(t, 0, "show", "m2")
	if !strings.Contains(b.stdout.String(), "killed") || !strings.Contains(b.stdout.String(), "said by the test") {
		t.Errorf("m2 is not what the run before said:\n%s", &b.stdout)
	}
	write(t, filepath.Join(b.dir, "calc.go"), calc+"// changed\n")
	b.want(t, 0, "run", "--mutant", "m1")
	b.want(t, 2, "show", "m2")
	b.report = judged(mutant.Killed)
	b.want(t, 0, "run")
	b.want(t, 2, "show", "m2")
}
