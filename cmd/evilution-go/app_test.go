package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/scope"
	"github.com/evilution-go/evilution-go/runner"
)

// bench is a module on disk, a cache directory, and an app whose engine answers
// with what the test sets. Tests with a bench change the working directory.
type bench struct {
	dir            string
	stdout, stderr bytes.Buffer
	app            *app

	report   *report.Report
	err      error
	asked    runner.Options // by the last call
	verified *report.Verification
	sampled  runner.VerifyOptions
	signal   syscall.Signal // sent while the session runs, if not 0
	during   func()         // called while the session runs, if not nil
}

const calc = "package calc\n\nfunc Less(a, b int) bool { return a < b }\n"

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{dir: t.TempDir()}
	t.Setenv("GITHUB_ACTIONS", "")
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	write(t, filepath.Join(b.dir, "go.mod"), "module example.com/calc\n\ngo 1.26\n")
	write(t, filepath.Join(b.dir, "calc.go"), calc)
	t.Chdir(b.dir)
	dir, err := os.Getwd() // symbolic links in TMPDIR
	if err != nil {
		t.Fatal(err)
	}
	b.dir = dir
	b.report = judged(mutant.Survived, mutant.Killed)
	b.verified = &report.Verification{Complete: true}
	b.app = &app{stdin: strings.NewReader(""), stdout: &b.stdout, stderr: &b.stderr, engine: b.engine()}
	return b
}

// moveTo makes a copy of the module in a directory below the working directory the
// working directory.
func (b *bench) moveTo(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"go.mod", "calc.go"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(data))
	}
	t.Chdir(dir)
	b.dir = filepath.Join(b.dir, dir)
}

func (b *bench) engine() engine {
	interrupt := func(syscall.Signal) {}
	session := func(_ context.Context, o runner.Options) (*report.Report, error) {
		b.asked = o
		if b.during != nil {
			b.during()
		}
		if b.signal != 0 {
			interrupt(b.signal)
		}
		return b.report, b.err
	}
	return engine{
		run:   session,
		list:  session,
		tests: session,
		verify: func(_ context.Context, o runner.VerifyOptions) (*report.Verification, error) {
			b.sampled = o
			return b.verified, b.err
		},
		worker:     func(dir string) int { return len(dir) },
		copyBinary: func(dir string, args []string) error { return errors.New(dir + " " + strings.Join(args, " ")) },
		trap: func(handle func(syscall.Signal)) func() {
			interrupt = handle
			return func() {}
		},
	}
}

// judged is a report on mutants of calc, m1, m2, … with the given statuses.
func judged(statuses ...mutant.Status) *report.Report {
	r := &report.Report{Complete: true, Module: "example.com/calc"}
	for i, s := range statuses {
		r.Mutants = append(r.Mutants, &report.Mutant{
			Mutant: mutant.Mutant{
				ID: "m" + string(rune('1'+i)), Status: s, Reason: "because", Package: "example.com/calc", File: "calc.go", Line: 3, Column: 37,
				Function: "Less", Operator: "comparison_boundary",
				Edits: []mutant.Edit{{File: "calc.go", Offset: strings.Index(calc, "a < b"), Original: "a < b", Replacement: "a <= b"}},
			},
			Output: []byte("said by the test\n"),
		})
	}
	r.Summarize()
	return r
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// want runs args and compares the exit code.
func (b *bench) want(t *testing.T, code int, args ...string) {
	t.Helper()
	b.stdout.Reset()
	b.stderr.Reset()
	b.app.end = ending{}
	if end := b.app.main(args); end.code != code {
		t.Fatalf("%q: exit code %d, want %d\n%s%s", args, end.code, code, &b.stdout, &b.stderr)
	}
}

func TestBadInputIsOneLineAndExitCode2(t *testing.T) {
	b := newBench(t)
	write(t, "other/go.mod", "module example.com/other\n")
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"rum"}, `unknown command "rum", did you mean "run"?`},
		{[]string{"run", "--operatrs=x"}, `unknown flag --operatrs, did you mean "--operators"?`},
		{[]string{"run", "-Z"}, "unknown shorthand flag"},
		{[]string{"run", "--jobs", "0"}, "--jobs 0: must be at least 1"},
		{[]string{"run", "--jobs", "two"}, "two"},
		{[]string{"run", "--jobs"}, "needs an argument"},
		{[]string{"run", "--min-score", "101"}, "must be between 0 and 100"},
		{[]string{"run", "--min-score", "-0.5"}, "must be between 0 and 100"},
		{[]string{"run", "--min-score", "NaN"}, "must be between 0 and 100"},
		{[]string{"run", "--timeout-factor", "0.5"}, "must be at least 1"},
		{[]string{"run", "--baseline-runs", "0"}, "must be at least 1"},
		{[]string{"run", "--skip", "("}, "missing closing )"},
		{[]string{"run", "--format", "jsn"}, `must be one of text, json, html, markdown, stryker, junit, sarif, github, gitlab, did you mean "json"?`},
		{[]string{"run", "--confirm-survivors", "nevr"}, `did you mean "never"?`},
		{[]string{"run", "--tests", "modul"}, `did you mean "module"?`},
		{[]string{"run", "-v", "-q"}, "exclude each other"},
		{[]string{"run", "--output", "no/such/dir/r.json"}, "no such file or directory"},
		{[]string{"run", "--output", "."}, "is a directory"},
		{[]string{"run", "--report", "htm=x"}, `--report htm=x: must be one of text`},
		{[]string{"run", "--report", "html="}, "the file is missing"},
		{[]string{"run", "--report", "html=no/such/dir/x"}, "no/such/dir/x: no such file or directory"},
		{[]string{"run", "--report", "html=."}, "is a directory"},
		{[]string{"run", "--report", "html=x", "--report", "json=./x"}, "the html report goes there too"},
		{[]string{"run", "--report", "json=-", "--report", "markdown"}, "standard output has another report already"},
		{[]string{"run", "--format", "json", "--report", "markdown=-"}, "standard output has another report already"},
		{[]string{"run", "--serve=nowhere"}, "--serve nowhere: listen tcp"},
		{[]string{"report", "a", "b"}, "name one JSON report"},
		{[]string{"report"}, "no run of"},
		{[]string{"report", "absent.json"}, "no such file"},
		{[]string{"report", "calc.go"}, "not a JSON report"},
		{[]string{"run", "./absent"}, "no such directory"},
		{[]string{"run", "calc.go"}, "is a file"},
		{[]string{"run", ".", "./other"}, "two modules"},
		{[]string{"run", "/"}, "no go.mod in /"},
		{[]string{"mutants", "--format", "xml"}, "must be one of text, json"},
		{[]string{"verify", "--sample", "-1"}, "must not be negative"},
		{[]string{"show"}, "name one mutant"},
		{[]string{"show", "m1"}, "no run of"},
		{[]string{"version", "1"}, "takes no arguments"},
	} {
		b.want(t, report.ExitUsage, test.args...)
		line := b.stderr.String()
		if !strings.Contains(line, test.says) || strings.Count(line, "\n") != 1 || b.stdout.Len() > 0 {
			t.Errorf("%q says %q and prints %q; want one line with %q", test.args, line, &b.stdout, test.says)
		}
		if b.asked.Dir != "" {
			t.Fatalf("%q: the session was started", test.args)
		}
	}
}

func TestRunWithoutHistory(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run", "--no-history")
	if b.asked.History != "" {
		t.Errorf("history in %s", b.asked.History)
	}
}

func TestRunPassesItsFlagsOn(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run", "-j", "3", "--operators", "arithmetic,bitwise", "--profile", "strong", "--tags", "a,b", "--skip", "Slow", "--timeout-factor", "4", "--confirm-survivors", "never", "--mutant", "m1", "--tests", "package", "--no-infection", "--baseline-runs", "5", "--", "./...")
	o := b.asked
	if want := filepath.Join(os.Getenv("XDG_CACHE_HOME"), "evilution-go"); !strings.HasPrefix(o.Store, want) {
		t.Errorf("binaries are kept in %s, want a place in %s", o.Store, want)
	} else if !strings.HasPrefix(o.History, want) {
		t.Errorf("history is kept in %s, want a place in %s", o.History, want)
	}
	o.Progress, o.Stderr, o.Store, o.History = nil, nil, "", ""
	want := runner.Options{
		Dir: b.dir, Patterns: []string{"./..."}, Jobs: 3, Operators: []string{"arithmetic", "bitwise"}, Profile: "strong", Tags: "a,b",
		Skip: "Slow", TimeoutFactor: 4, Scope: scope.Scope{Mutant: "m1"}, ConfirmSurvivors: "never", Version: version(),
		Tests: runner.TestsPackage, NoInfection: true, BaselineRuns: 5,
	}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("options\n%+v, want\n%+v", o, want)
	}
}

func TestVerifyPassesItsFlagsOn(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "verify", "--sample", "40", "--seed", "9", "--tags", "x")
	if o := b.sampled; o.Sample != 40 || o.Seed != 9 || o.Tags != "x" || o.Dir != b.dir {
		t.Errorf("options %+v", o)
	}
	b.want(t, 0, "verify", "--all")
	if o := b.sampled; o.Sample != 0 {
		t.Errorf("--all draws %d", o.Sample)
	}
	b.verified.Checks = []report.Check{{Mutant: b.report.Mutants[0], Agree: false}}
	b.want(t, report.ExitGate, "verify")
}

// TestVerifyShowsTheCommands gives the flags of verify to the commands that judge a
// mutant again, so that a shell reads them as they were meant.
func TestVerifyShowsTheCommands(t *testing.T) {
	b := newBench(t)
	t.Setenv("TMPDIR", "/tmp/of mine")
	b.verified.Checks = []report.Check{{
		Mutant: b.report.Mutants[0], Class: report.ClassOrder, Why: "because",
		Plain: report.Story{Package: "example.com/calc", Tests: []string{"TestA", "ExampleB"}},
	}, {Mutant: b.report.Mutants[1], Agree: true}, {}}
	b.want(t, report.ExitGate, "verify", "--tags", "x,y", "--skip", "It's", "--operators", "arithmetic,condition_true", "--no-infection", "--seed", "3", ".")
	want := report.Commands{
		Plain: []string{
			"evilution-go mutants --mutant m1 --overlay '/tmp/of mine/mutant-m1' --operators=arithmetic,condition_true --tags=x,y .",
			`go test -vet=off -count=1 '-overlay=/tmp/of mine/mutant-m1/overlay.json' -tags=x,y '-skip=It'\''s' '-run=^(TestA|ExampleB)$' example.com/calc`,
		},
		Tool: []string{`evilution-go run --mutant m1 --operators=arithmetic,condition_true --tags=x,y '--skip=It'\''s' --no-infection=true .`},
	}
	if got := b.verified.Checks[0].Reproduce; !reflect.DeepEqual(*got, want) {
		t.Errorf("commands\n%q, want\n%q", *got, want)
	}
	for _, line := range append(want.Plain, want.Tool...) {
		if !strings.Contains(b.stdout.String(), "        "+line+"\n") {
			t.Errorf("%q is not shown in\n%s", line, &b.stdout)
		}
	}
	if b.verified.Checks[1].Reproduce != nil {
		t.Error("a check that agrees has commands")
	}
}

func TestMutantsWritesAnOverlay(t *testing.T) {
	b := newBench(t)
	m := b.report.Mutants[0]
	m.Edits = []mutant.Edit{{File: "calc.go", Offset: strings.Index(calc, "a < b"), Original: "a < b", Replacement: "a <= b"}}
	b.report.Mutants = b.report.Mutants[:1]
	b.want(t, 0, "mutants", "--mutant", "m1", "--overlay", "out")
	text, err := os.ReadFile("out/calc.go")
	if err != nil || string(text) != strings.Replace(calc, "a < b", "a <= b", 1) {
		t.Errorf("wrote %q, %v", text, err)
	}
	text, err = os.ReadFile("out/overlay.json")
	var overlay struct{ Replace map[string]string }
	if err := errors.Join(err, json.Unmarshal(text, &overlay)); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{filepath.Join(b.dir, "calc.go"): filepath.Join(b.dir, "out", "calc.go")}
	if !reflect.DeepEqual(overlay.Replace, want) {
		t.Errorf("overlay %v, want %v", overlay.Replace, want)
	}
	b.want(t, report.ExitUsage, "mutants", "--overlay", "out")
}

func TestExitCodes(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "run", "--min-score", "50")
	b.want(t, report.ExitGate, "run", "--min-score", "51")
	b.report.Packages = []report.Package{{Path: "p", Status: report.PackageTestsFail}}
	b.want(t, report.ExitTests, "run", "--min-score", "51")
	b.err = errors.New("the disk is full")
	b.want(t, report.ExitBroken, "run")
	if !strings.Contains(b.stdout.String(), "survived") || !strings.Contains(b.stderr.String(), "the disk is full") {
		t.Errorf("printed %q and said %q", &b.stdout, &b.stderr)
	}
	b.err = &runner.UsageError{Text: "no such mutant"}
	for _, command := range []string{"run", "mutants", "verify"} {
		b.want(t, report.ExitUsage, command)
		if b.stdout.Len() > 0 || b.stderr.String() != "evilution-go: no such mutant\n" {
			t.Errorf("%s prints %q and says %q", command, &b.stdout, &b.stderr)
		}
	}
}

func TestSignalEndsWithThePartialReport(t *testing.T) {
	b := newBench(t)
	b.signal, b.err = syscall.SIGTERM, context.Canceled
	b.report.Complete = false
	end := b.app.main([]string{"run", "--format", "json"})
	if end.signal != syscall.SIGTERM || b.stderr.Len() > 0 {
		t.Errorf("ends by %v and says %q", end.signal, &b.stderr)
	}
	var doc struct{ Complete *bool }
	if err := json.Unmarshal(b.stdout.Bytes(), &doc); err != nil || doc.Complete == nil || *doc.Complete {
		t.Errorf("report: %v\n%s", err, &b.stdout)
	}
}

func TestSignalBeforeAnythingIsKnown(t *testing.T) {
	b := newBench(t)
	b.signal, b.report, b.err = syscall.SIGINT, nil, context.Canceled
	end := b.app.main([]string{"run", "--format", "json"})
	if end.signal != syscall.SIGINT || !strings.Contains(b.stdout.String(), `"complete": false`) {
		t.Errorf("ends by %v and prints %q", end.signal, &b.stdout)
	}
}

func TestOutputFile(t *testing.T) {
	b := newBench(t)
	write(t, "r.json", strings.Repeat("old ", 10000))
	b.want(t, 0, "run", "--format", "json", "--output", "r.json")
	data, err := os.ReadFile("r.json")
	if err != nil || !json.Valid(data) {
		t.Errorf("r.json: %v, valid %v", err, json.Valid(data))
	}
	if out := b.stdout.String(); !strings.HasPrefix(out, "mutants") || strings.Contains(out, "@@") {
		t.Errorf("standard output has more than the summary:\n%s", out)
	}
}

func TestOutputFileOfARunWithoutReport(t *testing.T) {
	b := newBench(t)
	write(t, "kept.json", "old")
	b.report, b.err = nil, errors.New("no")
	b.want(t, report.ExitBroken, "run", "--output", "kept.json")
	b.want(t, report.ExitBroken, "run", "--output", "new.json")
	if data, err := os.ReadFile("kept.json"); err != nil || string(data) != "old" {
		t.Errorf("kept.json: %q, %v", data, err)
	}
	if _, err := os.Stat("new.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("new.json is left: %v", err)
	}
}

func TestHiddenCommands(t *testing.T) {
	b := newBench(t)
	b.want(t, 7, "worker", "scratch")
	b.want(t, report.ExitUsage, "worker")
	b.want(t, report.ExitBroken, "copy-binary", "out", "/tmp/x.test", "-test.v", "--help")
	if want := "evilution-go: out /tmp/x.test -test.v --help\n"; b.stderr.String() != want {
		t.Errorf("copied with %q, want %q", &b.stderr, want)
	}
}

func TestVersion(t *testing.T) {
	b := newBench(t)
	b.want(t, 0, "version")
	if !strings.HasPrefix(b.stdout.String(), "evilution-go ") {
		t.Errorf("version prints %q", &b.stdout)
	}
}
