package sarif_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/sample"
	"github.com/evilution-go/evilution-go/internal/report/sarif"
)

// write writes r and holds the result against the published schema.
func write(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sarif.Write(&out, r, report.View{Source: sample.Source, Prefix: "sub dir"}); err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.NewCompiler().Compile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%v\n%s", err, &out)
	}
	return out.Bytes()
}

type log struct {
	Runs []struct {
		Results []struct {
			RuleID, Level       string
			PartialFingerprints map[string]string
			Locations           []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
	}
}

func TestWhatAsksForWork(t *testing.T) {
	var doc log
	if err := json.Unmarshal(write(t, sample.Report()), &doc); err != nil {
		t.Fatal(err)
	}
	run := doc.Runs[0]
	if len(run.Results) != 2 {
		t.Fatalf("%d results, want the survivor and the one that no test executes", len(run.Results))
	}
	survivor, uncovered := run.Results[0], run.Results[1]
	place := survivor.Locations[0].PhysicalLocation
	if survivor.Level != "warning" || survivor.RuleID != "comparison_boundary" || survivor.PartialFingerprints["evilutionMutant/v1"] != "m1" {
		t.Errorf("survivor: %+v", survivor)
	}
	if place.ArtifactLocation.URI != "sub%20dir/calc.go" || place.Region.StartLine != 5 || place.Region.StartColumn != 5 || place.Region.EndColumn != 10 {
		t.Errorf("survivor is at %+v", place)
	}
	if uncovered.Level != "note" {
		t.Errorf("not covered has the level %s", uncovered.Level)
	}
	if i := run.Invocations[0]; i.ExecutionSuccessful || len(i.ToolExecutionNotifications) != 2 {
		t.Errorf("invocation: %+v, want no success and two notifications", i)
	}
}

func TestNothingFound(t *testing.T) {
	var doc log
	if err := json.Unmarshal(write(t, &report.Report{Complete: true}), &doc); err != nil {
		t.Fatal(err)
	}
	if run := doc.Runs[0]; run.Results == nil || len(run.Results) != 0 || !run.Invocations[0].ExecutionSuccessful {
		t.Errorf("a run that found nothing: %+v", run)
	}
}

func TestAcceptedIsSuppressed(t *testing.T) {
	r := sample.Report()
	r.Mutants[0].Accepted = "the fast path"
	var doc struct {
		Runs []struct {
			Results []struct {
				Suppressions []struct{ Kind, Status, Justification string }
			}
		}
	}
	if err := json.Unmarshal(write(t, r), &doc); err != nil {
		t.Fatal(err)
	}
	results := doc.Runs[0].Results
	if len(results) != 2 || len(results[0].Suppressions) != 1 || results[0].Suppressions[0].Justification != "the fast path" || len(results[1].Suppressions) != 0 {
		t.Errorf("results: %+v", results)
	}
}
