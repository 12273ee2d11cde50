package report

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Subject is a function, or a package variable with an initialiser, that holds
// mutants.
type Subject struct {
	Package  string `json:"package"`
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"` // of its first mutant
	Mutants  int    `json:"mutants"`
	// Out counts the mutants of these that are not judged: ignored, invalid.
	Out int `json:"out"`
	// Tests are those that execute any of its mutants, in the order in which they
	// are found, named as in Mutant; nil where no tests were run.
	Tests []string `json:"tests,omitempty"`
}

// Subjects lists what holds the mutants of r, in source order.
func (r *Report) Subjects() []Subject {
	type place struct{ pkg, file, function string }
	at := make(map[place]int)
	var list []Subject
	for _, m := range r.Mutants {
		key := place{m.Package, m.File, m.Function}
		i, known := at[key]
		if !known {
			i = len(list)
			at[key] = i
			list = append(list, Subject{Package: m.Package, Function: m.Function, File: m.File, Line: m.Line})
		}
		list[i].add(m)
	}
	return list
}

// add counts one mutant.
func (s *Subject) add(m *Mutant) {
	s.Mutants++
	s.Line = min(s.Line, m.Line)
	if m.Status != "" && m.Status != mutant.Pending {
		s.Out++
	}
	for _, test := range m.TestsReaching {
		if !slices.Contains(s.Tests, test) {
			s.Tests = append(s.Tests, test)
		}
	}
}

// subjects is the JSON document of `subjects` and `tests`.
type subjects struct {
	SchemaVersion int       `json:"schema_version"`
	Complete      bool      `json:"complete"`
	Module        string    `json:"module"`
	Subjects      []Subject `json:"subjects"`
}

// WriteSubjectsJSON writes what holds the mutants as one JSON object.
func (r *Report) WriteSubjectsJSON(w io.Writer) error {
	return writeJSON(w, subjects{SchemaVersion, r.Complete, r.Module, list(r.Subjects())})
}

// WriteSubjects writes what holds the mutants, a line each.
func (r *Report) WriteSubjects(w io.Writer, o TextOptions) error {
	p := &page{w: w, color: o.Color}
	p.packages(r)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	all := r.Subjects()
	for _, s := range all {
		out := ""
		if s.Out > 0 {
			out = fmt.Sprintf(" (%d not judged)", s.Out)
		}
		fmt.Fprintf(table, "%s:%d\t%s\t%s%s\n", s.File, s.Line, s.Function, Count(s.Mutants, "mutant"), out)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	p.line("%s", p.paint(bold, fmt.Sprintf("%s in %s", Count(len(all), "function"), Count(len(r.Packages), "package"))))
	return p.err
}

// WriteTests writes which tests execute mutants of which function.
func (r *Report) WriteTests(w io.Writer, o TextOptions) error {
	p := &page{w: w, color: o.Color}
	p.packages(r)
	for _, s := range r.Subjects() {
		p.line("%s  %s:%d", p.paint(bold, s.Function), s.File, s.Line)
		for _, test := range s.Tests {
			p.line("    %s", test)
		}
		if len(s.Tests) == 0 {
			p.line("    %s", p.paint(red, "no test"))
		}
	}
	p.remarks(r)
	return p.err
}
