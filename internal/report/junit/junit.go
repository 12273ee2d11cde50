// Package junit writes a report as JUnit XML, which CI services show as tests: a
// suite for each package, a case for each mutant. A mutant that is not detected
// is a failure, one that could not be judged is an error, and one that counts for
// nothing or was accepted is skipped. A package that fails without any mutant is an error too.
//
// There is no one standard. What is written here is valid against the schema of
// Jenkins, which a test holds it to.
package junit

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// Write writes r.
func Write(w io.Writer, r *report.Report, v report.View) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(suites{Suites: convert(r, v)}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// convert makes a suite for every package that has a mutant or a problem.
func convert(r *report.Report, v report.View) []*suite {
	source := v.Sources(r)
	var list []*suite
	byPackage := make(map[string]*suite)
	of := func(pkg string) *suite {
		if byPackage[pkg] == nil {
			byPackage[pkg] = open(pkg, len(list), r, v)
			list = append(list, byPackage[pkg])
		}
		return byPackage[pkg]
	}
	for _, p := range r.Packages {
		if p.Status == report.PackageBroken || p.Status == report.PackageTestsFail {
			of(p.Path).add(testcase{Name: "without any mutant", Class: p.Path, Time: "0", Error: &problem{string(p.Status), string(p.Status), p.Message}}, 0)
		}
	}
	for _, m := range r.Mutants {
		of(m.Package).add(convertMutant(r, m, source), m.DurationMS)
	}
	return list
}

// open is an empty suite.
func open(pkg string, id int, r *report.Report, v report.View) *suite {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	return &suite{
		Name: cmp.Or(pkg, "module"), Package: pkg, ID: id, Hostname: cmp.Or(host, "localhost"), Time: "0",
		Timestamp:  v.Time.UTC().Format("2006-01-02T15:04:05"),
		Properties: []property{{"tool", r.Tool.Name + " " + r.Tool.Version}, {"score", report.Percent(r.Summary.Score)}},
	}
}

func convertMutant(r *report.Report, m *report.Mutant, source report.Source) testcase {
	c := testcase{
		Name:  fmt.Sprintf("%s:%d:%d %s %s", m.File, m.Line, m.Column, m.Operator, m.ID),
		Class: m.Package, Time: seconds(m.DurationMS),
	}
	switch {
	case m.Accepted != "":
		accepted := m.Title(source) + ": " + m.Accepted
		c.Skipped = &accepted
	case r.Undetected(m):
		c.Failure = &problem{m.Title(source), cmp.Or(m.Cause, string(m.Status)), text(m, source)}
	case m.Status.Detected():
	case m.Status == mutant.Error:
		c.Error = &problem{m.Title(source), string(m.Status), text(m, source)}
	default:
		skipped := m.Title(source) + ": " + m.Reason
		c.Skipped = &skipped
	}
	return c
}

// text is the reason and the diff.
func text(m *report.Mutant, source report.Source) string {
	diff, err := report.Diff(&m.Mutant, source)
	if err != nil {
		diff = err.Error()
	}
	return m.Reason + "\n\n" + diff
}

func seconds(ms float64) string { return strconv.FormatFloat(ms/1000, 'f', 3, 64) }
