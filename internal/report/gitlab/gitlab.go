// Package gitlab writes what asks for work as a GitLab Code Quality report: a
// survivor is major, code that no test executes is minor. GitLab shows it beside
// the changed lines of a merge request and tells what is new by the fingerprint,
// which is the mutant's id.
package gitlab

import (
	"encoding/json"
	"io"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

type issue struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path  string `json:"path"`
	Lines lines  `json:"lines"`
}

type lines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// Write writes r.
func Write(w io.Writer, r *report.Report, v report.View) error {
	source := v.Sources(r)
	issues := []issue{}
	for _, m := range r.Mutants {
		if r.Undetected(m) && m.Accepted == "" {
			issues = append(issues, convert(m, v, source))
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(issues)
}

func convert(m *report.Mutant, v report.View, source report.Source) issue {
	span := report.SpanOf(&m.Mutant, source)
	severity := "major"
	if m.Status == mutant.NotCovered {
		severity = "minor"
	}
	return issue{
		Description: m.Title(source) + " (" + m.Reason + ")", CheckName: "evilution-go/" + m.Operator,
		Fingerprint: m.ID, Severity: severity,
		Location: location{v.Path(m.File), lines{span.Start.Line, span.End.Line}},
	}
}
