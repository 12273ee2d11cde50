package main

import (
	"io"
	"strings"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/github"
	"github.com/evilution-go/evilution-go/internal/report/gitlab"
	"github.com/evilution-go/evilution-go/internal/report/html"
	"github.com/evilution-go/evilution-go/internal/report/junit"
	"github.com/evilution-go/evilution-go/internal/report/markdown"
	"github.com/evilution-go/evilution-go/internal/report/sarif"
	"github.com/evilution-go/evilution-go/internal/report/stryker"
)

// format is one way to write a report.
type format struct {
	name, doc string
	write     func(io.Writer, *report.Report, report.View) error // nil: text, which depends on the terminal
}

// formats are the values of --format and --report, in the order of the help.
func formats() []format {
	return []format{
		{"text", "for people", nil},
		{"json", "all that is known, for programs", func(w io.Writer, r *report.Report, _ report.View) error { return r.WriteJSON(w) }},
		{"html", "one file to open in a browser, from disk", html.Write},
		{"markdown", "for a pull request or a summary page", markdown.Write},
		{"stryker", "mutation-testing-report-schema 2, for its viewers and dashboards", stryker.Write},
		{"junit", "JUnit XML: survivors as failed tests", junit.Write},
		{"sarif", "SARIF 2.1.0, for code scanning", sarif.Write},
		{"github", "workflow annotations; the job's summary gets markdown", github.Write},
		{"gitlab", "GitLab Code Quality", gitlab.Write},
	}
}

// formatNamed is the format with this name, if there is one.
func formatNamed(name string) (format, bool) {
	for _, f := range formats() {
		if f.name == name {
			return f, true
		}
	}
	return format{}, false
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// formatHelp lists the formats for the help of a command.
func formatHelp() string {
	var b strings.Builder
	b.WriteString("Formats of --report FORMAT=FILE and --format:\n")
	for _, f := range formats() {
		b.WriteString("  " + f.name + strings.Repeat(" ", 10-len(f.name)) + f.doc + "\n")
	}
	return b.String()
}
