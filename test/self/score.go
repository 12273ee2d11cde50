package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// gate is what must hold.
type gate struct {
	min       float64 // percent
	explained bool    // every survivor must have been accepted
}

// packages fails if the score of a package is below the minimum.
func (g gate) packages(r *report.Report) error {
	for _, p := range r.Packages {
		if s := of(r, p.Path); s.Score != nil && *s.Score < g.min {
			return fmt.Errorf("%w: %s has %.1f %%, at least %g %% is asked for", errScore, short(r, p.Path), *s.Score, g.min)
		}
	}
	return g.reasons(r)
}

// changed fails if too few of all mutants are detected or accepted.
func (g gate) changed(r *report.Report) error {
	s := report.Summarize(r.Mutants)
	all, good := s.Detected+s.Undetected, s.Detected+s.Accepted
	if float64(good)*100 < g.min*float64(all) {
		return fmt.Errorf("%w: of %s on changed lines %d are detected or accepted, at least %g %% are asked for", errScore, report.Count(all, "mutant"), good, g.min)
	}
	return g.reasons(r)
}

// reasons fails if a survivor has none and must have one.
func (g gate) reasons(r *report.Report) error {
	if n := len(unexplained(r)); g.explained && n > 0 {
		return fmt.Errorf("%w: no test notices %s, and nobody has accepted that", errScore, report.Count(n, "mutant"))
	}
	return nil
}

// of counts the mutants of a package.
func of(r *report.Report, path string) report.Summary {
	var list []*report.Mutant
	for _, m := range r.Mutants {
		if m.Package == path {
			list = append(list, m)
		}
	}
	return report.Summarize(list)
}

func unexplained(r *report.Report) []*report.Mutant {
	var list []*report.Mutant
	for _, m := range r.Mutants {
		if m.Status.Undetected() && m.Accepted == "" {
			list = append(list, m)
		}
	}
	return list
}

// show prints the scores, what nobody has explained, and what could not be judged.
func show(w io.Writer, r *report.Report, source report.Source) {
	failed := slices.DeleteFunc(slices.Clone(r.Mutants), func(m *report.Mutant) bool { return m.Status != mutant.Error })
	for _, m := range slices.Concat(unexplained(r), failed) {
		fmt.Fprintf(w, "%s:%d:%d  %s in %s  %s  %s\n    %s\n", m.File, m.Line, m.Column, m.Operator, m.Function, m.ID, report.Change(&m.Mutant, source), m.Reason)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(w, "note:", note)
	}
	for _, s := range r.SetAside {
		fmt.Fprintf(w, "set aside: %s.%s: %s\n", short(r, s.Package), s.Test, s.Reason)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "package\tmutants\tdetected\tundetected\tof them accepted\tpending\terror\tother\tscore")
	for _, p := range r.Packages {
		row(table, short(r, p.Path), of(r, p.Path))
	}
	row(table, "all", report.Summarize(r.Mutants))
	_ = table.Flush()
}

func row(w io.Writer, name string, s report.Summary) {
	score := "-"
	if s.Score != nil {
		score = fmt.Sprintf("%.1f %%", *s.Score)
	}
	pending, failed := s.ByStatus[mutant.Pending], s.ByStatus[mutant.Error]
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", name, s.Total, s.Detected, s.Undetected, s.Accepted, pending, failed,
		s.Total-s.Detected-s.Undetected-pending-failed, score)
}

// short is a package's path in the module.
func short(r *report.Report, path string) string {
	return strings.TrimPrefix(path, r.Module+"/")
}
