package gitlab_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/gitlab"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

// TestIssues holds the document to what GitLab's documentation of the format asks
// for: these keys, one of five severities, a fingerprint that is there once.
func TestIssues(t *testing.T) {
	var out bytes.Buffer
	if err := gitlab.Write(&out, sample.Report(), report.View{Source: sample.Source, Prefix: "api"}); err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(&out)
	dec.DisallowUnknownFields()
	var issues []struct {
		Description string `json:"description"`
		CheckName   string `json:"check_name"`
		Fingerprint string `json:"fingerprint"`
		Severity    string `json:"severity"`
		Location    struct {
			Path  string `json:"path"`
			Lines struct {
				Begin int `json:"begin"`
				End   int `json:"end"`
			} `json:"lines"`
		} `json:"location"`
	}
	if err := dec.Decode(&issues); err != nil {
		t.Fatal(err)
	}
	if len(issues) != 2 {
		t.Fatalf("%d issues, want 2", len(issues))
	}
	s := issues[0]
	if s.Fingerprint != "m1" || s.Severity != "major" || s.Location.Path != "api/calc.go" || s.Location.Lines.Begin != 5 || s.Description == "" || s.CheckName != "evilution-go/comparison_boundary" {
		t.Errorf("survivor: %+v", s)
	}
	if issues[1].Severity != "minor" {
		t.Errorf("not covered: %+v", issues[1])
	}
}

func TestNothingFoundIsAnEmptyList(t *testing.T) {
	var out bytes.Buffer
	if err := gitlab.Write(&out, &report.Report{}, report.View{}); err != nil || out.String() != "[]\n" {
		t.Errorf("wrote %q, %v", &out, err)
	}
}

func TestAcceptedIsNoIssue(t *testing.T) {
	r := sample.Report()
	r.Mutants[0].Accepted = "the fast path"
	var out bytes.Buffer
	if err := gitlab.Write(&out, r, report.View{Source: sample.Source}); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Bytes(), []byte(`"m1"`)) || !bytes.Contains(out.Bytes(), []byte(`"m3"`)) {
		t.Errorf("issues:\n%s", &out)
	}
}
