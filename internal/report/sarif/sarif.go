// Package sarif writes what asks for work as SARIF 2.1.0, which code scanning
// services read: a survivor is a warning, code that no test executes is a note.
// Verdicts that ask for nothing are not in it. What somebody accepted is there and
// suppressed, with the reason.
//
// The rule of a result is the mutant's operator, and its fingerprint is the
// mutant's id, so that a service recognises it after edits elsewhere.
package sarif

import (
	"fmt"
	"io"
	"net/url"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

const home = "https://github.com/evilution-go/evilution-go"

// Write writes r.
func Write(w io.Writer, r *report.Report, v report.View) error {
	source := v.Sources(r)
	run := sarif.NewRunWithInformationURI("evilution-go", home).WithColumnKind("utf16CodeUnits")
	if r.Tool.Version != "" {
		run.Tool.Driver.WithVersion(r.Tool.Version)
	}
	run.AddInvocation(invocation(r))
	for _, m := range r.Mutants {
		if r.Undetected(m) {
			describe(run, m)
			add(run, m, v, source)
		}
	}
	return sarif.NewReport().AddRun(run).PrettyWrite(w)
}

// describe sees to it that the rule of m is there.
func describe(run *sarif.Run, m *report.Mutant) {
	if run.GetRuleIndex(m.Operator) < 0 {
		run.AddRule(m.Operator).WithDescription(fmt.Sprintf("A change of the kind %s that no test notices", m.Operator)).WithHelpURI(home)
	}
}

func add(run *sarif.Run, m *report.Mutant, v report.View, source report.Source) {
	span := report.SpanOf(&m.Mutant, source)
	region := sarif.NewRegion().WithStartLine(span.Start.Line).WithStartColumn(span.Start.Column).
		WithEndLine(span.End.Line).WithEndColumn(span.End.Column)
	file := (&url.URL{Path: v.Path(m.File)}).EscapedPath()
	place := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(file)).WithRegion(region)
	result := run.CreateResultForRule(m.Operator).
		WithLevel(level(m.Status)).
		WithMessage(sarif.NewTextMessage(m.Title(source) + "\n" + m.Reason)).
		WithPartialFingerprints(map[string]string{"evilutionMutant/v1": m.ID}).
		AddLocation(sarif.NewLocationWithPhysicalLocation(place))
	if m.Accepted != "" {
		result.AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(m.Accepted))
	}
}

func level(s mutant.Status) string {
	if s == mutant.NotCovered {
		return sarif.LevelNote
	}
	return sarif.LevelWarning
}

// invocation tells whether the session came to its end, and what kept packages
// and mutants from being judged.
func invocation(r *report.Report) *sarif.Invocation {
	i := sarif.NewInvocation().WithExecutionSuccessful(r.Complete && !r.TestsFail())
	for _, p := range r.Packages {
		if p.Status == report.PackageBroken || p.Status == report.PackageTestsFail {
			i.AddToolExecutionNotification(notification(p.Path + ": " + p.Message))
		}
	}
	for _, m := range r.Mutants {
		if m.Status == mutant.Error {
			i.AddToolExecutionNotification(notification("mutant " + m.ID + " could not be judged: " + m.Reason))
		}
	}
	return i
}

func notification(text string) *sarif.Notification {
	return sarif.NewNotification().WithLevel(sarif.LevelError).WithMessage(sarif.NewTextMessage(text))
}
