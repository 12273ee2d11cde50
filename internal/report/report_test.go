package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

var update = flag.Bool("update", false, "write the golden files")

const source = `package calc

// Max is the greater one.
func Max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func Unused() int {
	return 1 + 2
}
`

func read(string) ([]byte, error) { return []byte(source), nil }

// change is a mutant of source that replaces the first original by replacement.
func change(id, operator, function, original, replacement string) mutant.Mutant {
	offset := strings.Index(source, original)
	line := 1 + strings.Count(source[:offset], "\n")
	column := offset - strings.LastIndex(source[:offset], "\n")
	return mutant.Mutant{
		ID: id, Package: "example.com/calc", File: "calc.go", Line: line, Column: column,
		Function: function, Operator: operator,
		Edits: []mutant.Edit{{File: "calc.go", Offset: offset, Original: original, Replacement: replacement}},
	}
}

// sample is a report with a mutant of every status.
func sample() *report.Report {
	with := func(m mutant.Mutant, s mutant.Status, cause, reason string) *report.Mutant {
		m.Status, m.Reason = s, reason
		return &report.Mutant{Mutant: m, Cause: cause}
	}
	boundary := change("m1", "comparison_boundary", "Max", "a > b", "a >= b")
	killed := with(change("m2", "condition_false", "Max", "a > b", "false"), mutant.Killed, report.CauseTest, "TestMax failed")
	killed.KilledBy, killed.TestsRun, killed.TestsReaching = "TestMax", []string{"TestMax"}, []string{"TestMax"}
	survivor := with(boundary, mutant.Survived, report.CauseAssertion, "TestMax ran and no assertion noticed")
	survivor.TestsRun, survivor.TestsReaching = []string{"TestMax"}, []string{"TestMax"}
	uncovered := with(change("m3", "arithmetic", "Unused", "1 + 2", "1 - 2"), mutant.NotCovered, report.CauseReach, "no test executes it")
	r := &report.Report{
		Complete: true, Module: "example.com/calc", GoVersion: "go1.26.0",
		Tool:     report.Tool{Name: "evilution-go", Version: "v0.0.1"},
		Timing:   report.Timing{Setup: report.Setup{Load: 80, Build: 900, DryRun: 31, Total: 1011}, Mutants: 212, Total: 1300},
		Packages: []report.Package{{Path: "example.com/calc", Status: report.PackageOK}, {Path: "example.com/calc/red", Status: report.PackageTestsFail, Message: "--- FAIL: TestRed\n    red_test.go:7: no"}},
		SetAside: []report.SetAside{{Package: "example.com/calc", Test: "TestAllocs", Reason: "fails when instrumented"}},
		Notes:    []string{"the memory bound is sampled on this platform"},
		Mutants: []*report.Mutant{
			survivor, killed, uncovered,
			with(change("m4", "block_removal", "Max", "{\n\t\treturn a\n\t}", "{\n\t}"), mutant.Timeout, report.CauseIterations, "a loop ran 12000 times, 40 in the dry run"),
			with(change("m5", "return_value", "Max", "return b", "return 0"), mutant.Flaky, "", "TestMax fails without any mutant too"),
			with(change("m6", "return_value", "Max", "return a", "return 0"), mutant.Error, "", "the child broke a frame"),
			with(change("m7", "arithmetic", "Unused", "1 + 2", "1 * 2"), mutant.Invalid, "", "no"),
			with(change("m8", "arithmetic", "Unused", "1 + 2", "1 / 2"), mutant.Equivalent, "", "same"),
			with(change("m9", "arithmetic", "Unused", "1 + 2", "1 % 2"), mutant.Ignored, "", "noise"),
			with(change("m10", "arithmetic", "Unused", "1 + 2", "1"), mutant.Pending, "", "the tests of its package fail"),
		},
	}
	r.Summarize()
	return r
}

func TestWriteText(t *testing.T) {
	ninety := 90.0
	for name, o := range map[string]report.TextOptions{
		"default": {},
		"verbose": {Verbose: true},
		"quiet":   {Quiet: true, Gate: report.Gate{MinScore: &ninety}},
		"color":   {Color: true},
	} {
		t.Run(name, func(t *testing.T) {
			o.Source = read
			var out bytes.Buffer
			if err := sample().WriteText(&out, o); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", out.Bytes())
		})
	}
}

func TestWriteList(t *testing.T) {
	for name, diffs := range map[string]bool{"list": false, "list_diff": true} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := sample().WriteList(&out, diffs, report.TextOptions{Source: read}); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", out.Bytes())
		})
	}
}

func TestWriteStory(t *testing.T) {
	m := sample().Mutants[1]
	m.Output = []byte("--- FAIL: TestMax\n    calc_test.go:9: got 1\n")
	m.DurationMS = 7
	var out bytes.Buffer
	if err := m.WriteStory(&out, report.TextOptions{Source: read}); err != nil {
		t.Fatal(err)
	}
	golden(t, "story.txt", out.Bytes())
}

func TestWriteVerification(t *testing.T) {
	s := sample()
	v := &report.Verification{Complete: true, Seed: 7, Decided: 4, Checks: []report.Check{
		{Mutant: s.Mutants[0], Agree: true, Plain: report.Story{Status: mutant.Survived, Reason: "all tests pass"}},
		{}, // not made
		{Mutant: s.Mutants[1], Agree: false, Plain: report.Story{Status: mutant.Survived, Reason: "all tests pass", Output: "ok\n"}},
	}}
	var out bytes.Buffer
	if err := v.WriteText(&out, report.TextOptions{Source: read}); err != nil {
		t.Fatal(err)
	}
	golden(t, "verification.txt", out.Bytes())
	if err := v.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	if got := v.ExitCode(nil); got != report.ExitGate {
		t.Errorf("exit code with a disagreement = %d, want %d", got, report.ExitGate)
	}
}

// golden compares got with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update after looking.\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}

func TestWriteJSON(t *testing.T) {
	var out bytes.Buffer
	if err := sample().WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", out.Bytes())
	var back report.Report
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.SchemaVersion != 1 || len(back.Mutants) != 10 || back.Mutants[1].KilledBy != "TestMax" {
		t.Errorf("read back: version %d, %d mutants", back.SchemaVersion, len(back.Mutants))
	}
}

func TestWriteJSONHasNoNullLists(t *testing.T) {
	r := &report.Report{Mutants: []*report.Mutant{{}}}
	r.Summarize()
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, "null") && !strings.Contains(line, "score") && !strings.Contains(line, "efficiency") {
			t.Errorf("null in %s", line)
		}
	}
}

func TestWriteReportsTheFirstError(t *testing.T) {
	if err := sample().WriteText(broken{}, report.TextOptions{Source: read}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error = %v, want %v", err, os.ErrClosed)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }
