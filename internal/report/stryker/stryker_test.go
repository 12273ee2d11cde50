package stryker_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/sample"
	"github.com/evilution-go/evilution-go/internal/report/stryker"
)

// validate holds data against the published schema.
func validate(t *testing.T, data []byte) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("testdata/mutation-testing-report-schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%v\n%s", err, data)
	}
}

func write(t *testing.T, r *report.Report, source report.Source) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := stryker.Write(&out, r, report.View{Source: source}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEveryStatusFitsTheSchema(t *testing.T) {
	data := write(t, sample.Report(), sample.Source)
	validate(t, data)
	var doc struct {
		Files map[string]struct {
			Source  string
			Mutants []struct {
				ID, Status, Replacement string
				Location                struct{ Start, End report.Position }
			}
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"m1": "Survived", "m2": "Killed", "m3": "NoCoverage", "m4": "Timeout", "m5": "RuntimeError", "m6": "RuntimeError",
		"m7": "CompileError", "m8": "Ignored", "m9": "Ignored", "m10": "Pending",
	}
	mutants := doc.Files["calc.go"].Mutants
	if len(mutants) != len(want) {
		t.Errorf("%d mutants, want %d", len(mutants), len(want))
	}
	for _, m := range mutants {
		if m.Status != want[m.ID] {
			t.Errorf("%s is %s, want %s", m.ID, m.Status, want[m.ID])
		}
	}
	first := mutants[0]
	start, end := report.Position{Line: 5, Column: 5}, report.Position{Line: 5, Column: 10}
	if first.Location.Start != start || first.Location.End != end || first.Replacement != "a >= b" {
		t.Errorf("m1 is %q at %v, want %q from %v to %v", first.Replacement, first.Location, "a >= b", start, end)
	}
}

func TestNothingAndNoSourceFitTheSchema(t *testing.T) {
	validate(t, write(t, &report.Report{}, sample.Source))
	gone := func(string) ([]byte, error) { return nil, os.ErrNotExist }
	validate(t, write(t, sample.Report(), gone))
	bare := &report.Report{Mutants: []*report.Mutant{{Mutant: mutant.Mutant{ID: "x", File: "a.go"}}}}
	validate(t, write(t, bare, gone))
}

func TestTestsOfOtherPackages(t *testing.T) {
	r := sample.Report()
	r.Mutants[1].TestsReaching = []string{"TestMax", "gopkg.in/use.v3.TestUse"}
	data := write(t, r, sample.Source)
	validate(t, data)
	var doc struct {
		TestFiles map[string]struct{ Tests []struct{ ID, Name string } }
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	if use := doc.TestFiles["gopkg.in/use.v3"].Tests; len(use) != 1 || use[0].Name != "TestUse" || use[0].ID != "gopkg.in/use.v3.TestUse" {
		t.Errorf("tests of gopkg.in/use.v3: %v", use)
	}
	if own := doc.TestFiles["example.com/calc"].Tests; len(own) != 1 || own[0].Name != "TestMax" {
		t.Errorf("tests of the mutant's package: %v", own)
	}
}
