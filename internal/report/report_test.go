package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

var update = flag.Bool("update", false, "write the golden files")

func read(file string) ([]byte, error) { return sample.Source(file) }

func change(id, operator, function, original, replacement string) mutant.Mutant {
	return sample.Change(id, operator, function, original, replacement)
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
			if err := sample.Report().WriteText(&out, o); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", out.Bytes())
		})
	}
}

// Survivors of several files stand under the names of these, together, whatever
// the order of the mutants.
func TestSurvivorsByFile(t *testing.T) {
	r := &report.Report{Complete: true}
	for i, file := range []string{"b.go", "a.go", "b.go"} {
		m := change(fmt.Sprint("m", i), "arithmetic", "Unused", "1 + 2", "1 - 2")
		m.Status, m.File, m.Edits[0].File = mutant.Survived, file, file
		r.Mutants = append(r.Mutants, &report.Mutant{Mutant: m})
	}
	r.Summarize()
	var out bytes.Buffer
	if err := r.WriteText(&out, report.TextOptions{Source: read}); err != nil {
		t.Fatal(err)
	}
	last := -1
	for _, want := range []string{"b.go: 2 survivors\n", "m0\n", "m2\n", "a.go: 1 survivor\n", "m1\n"} {
		at := strings.Index(out.String(), want)
		if at <= last {
			t.Errorf("%q stands at %d, after %d:\n%s", want, at, last, &out)
		}
		last = at
	}
}

func TestWriteList(t *testing.T) {
	for name, diffs := range map[string]bool{"list": false, "list_diff": true} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := sample.Report().WriteList(&out, diffs, report.TextOptions{Source: read}); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", out.Bytes())
		})
	}
}

func TestWriteStory(t *testing.T) {
	m := sample.Report().Mutants[1]
	m.Output = []byte("--- FAIL: TestMax\n    calc_test.go:9: got 1\n")
	m.DurationMS = 7
	var out bytes.Buffer
	if err := m.WriteStory(&out, report.TextOptions{Source: read}); err != nil {
		t.Fatal(err)
	}
	golden(t, "story.txt", out.Bytes())
}

func TestWriteVerification(t *testing.T) {
	s := sample.Report()
	v := &report.Verification{Complete: true, Seed: 7, Decided: 4, Checks: []report.Check{
		{Mutant: s.Mutants[0], Agree: true, Plain: report.Story{Status: mutant.Survived, Reason: "all tests pass"}},
		{}, // not made
		{
			Mutant: s.Mutants[1], Agree: false, Plain: report.Story{Status: mutant.Survived, Reason: "all tests pass", Output: "ok\n"},
			Class: report.ClassOrder, Why: "the whole run fails",
			Reproduce: &report.Commands{Plain: []string{"write it", "test it"}, Tool: []string{"run it"}},
		},
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
	if err := sample.Report().WriteJSON(&out); err != nil {
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
	if err := sample.Report().WriteText(broken{}, report.TextOptions{Source: read}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error = %v, want %v", err, os.ErrClosed)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }
