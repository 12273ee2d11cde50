// Package stryker writes a report in the mutation-testing-report-schema, version
// 2, which the viewers and dashboards of the Stryker family read.
//
// The schema has fewer statuses than we have: an equivalent mutant is Ignored
// there, a flaky one and one that could not be judged are RuntimeError. The reason
// always begins with our own word where the two differ, so that nothing is lost.
package stryker

import (
	"cmp"
	"encoding/json"
	"io"
	"os"
	"runtime"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// Write writes r. A file that cannot be read any more is there without its source.
func Write(w io.Writer, r *report.Report, v report.View) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(convert(r, v))
}

func convert(r *report.Report, v report.View) document {
	source := v.Sources(r)
	d := document{
		SchemaVersion: "2.0", Thresholds: thresholds{High: 80, Low: 60},
		Files: make(map[string]*file), TestFiles: make(map[string]*testFile), defined: make(map[string]bool),
		ProjectRoot: r.Module,
		Performance: performance{Setup: r.Timing.Setup.Load + r.Timing.Setup.Build, InitialRun: r.Timing.Setup.DryRun, Mutation: r.Timing.Mutants},
		Framework:   framework{Name: cmp.Or(r.Tool.Name, "evilution-go"), Version: r.Tool.Version, Branding: branding{HomepageURL: "https://github.com/evilution-go/evilution-go"}},
		System:      system{CI: os.Getenv("CI") != "", OS: platform{Platform: runtime.GOOS}},
	}
	for _, m := range r.Mutants {
		d.add(m, source)
	}
	return d
}

// add puts a mutant into its file and its tests into theirs.
func (d *document) add(m *report.Mutant, source report.Source) {
	f := d.Files[m.File]
	if f == nil {
		text, err := source(m.File)
		if err != nil {
			text = nil
		}
		f = &file{Language: "go", Source: string(text)}
		d.Files[m.File] = f
	}
	span := report.SpanOf(&m.Mutant, source)
	f.Mutants = append(f.Mutants, result{
		ID: m.ID, MutatorName: m.Operator, Description: report.Change(&m.Mutant, source),
		Replacement: span.Replacement, Location: location{span.Start, span.End},
		Status: status(m.Status), StatusReason: reason(m), Duration: m.DurationMS,
		TestsCompleted: len(m.TestsRun),
		CoveredBy:      d.tests(m.Package, m.TestsReaching), KilledBy: d.tests(m.Package, killers(m)),
		Static: len(m.TestsReaching) == 0 && len(m.TestsRun) > 0,
	})
}

// tests gives the ids of tests and sees to it that each is defined. The report
// knows the package of a test and not its file.
func (d *document) tests(pkg string, names []string) []string {
	ids := make([]string, 0, len(names))
	for _, name := range names {
		home, short := report.SplitTest(pkg, name)
		id := home + "." + short
		ids = append(ids, id)
		if d.defined[id] {
			continue
		}
		d.defined[id] = true
		if d.TestFiles[home] == nil {
			d.TestFiles[home] = &testFile{}
		}
		d.TestFiles[home].Tests = append(d.TestFiles[home].Tests, test{ID: id, Name: short})
	}
	return ids
}

func killers(m *report.Mutant) []string {
	if m.KilledBy == "" {
		return nil
	}
	return []string{m.KilledBy}
}

// status is the schema's word for ours.
func status(s mutant.Status) string {
	switch s {
	case mutant.Killed:
		return "Killed"
	case mutant.Timeout:
		return "Timeout"
	case mutant.Survived:
		return "Survived"
	case mutant.NotCovered:
		return "NoCoverage"
	case mutant.Invalid:
		return "CompileError"
	case mutant.Equivalent, mutant.Ignored:
		return "Ignored"
	case mutant.Flaky, mutant.Error:
		return "RuntimeError"
	}
	return "Pending"
}

// reason is m's, led by our own status where the schema has no word for it.
func reason(m *report.Mutant) string {
	if m.Accepted != "" {
		return "accepted: " + m.Accepted + " (" + m.Reason + ")"
	}
	switch m.Status {
	case mutant.Equivalent, mutant.Flaky, mutant.Error:
		return string(m.Status) + ": " + m.Reason
	}
	if m.Cause == "" {
		return m.Reason
	}
	return m.Cause + ": " + m.Reason
}
