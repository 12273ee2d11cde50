package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/evilution-go/evilution-go/internal/baseline"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// acceptance is the baseline of a module, read before a run.
type acceptance struct {
	path string
	file *baseline.File
	// part tells that the run makes only a part of the mutants, so that what it does
	// not find may still exist.
	part bool
}

// readAcceptance reads the baseline of the module in dir.
func readAcceptance(dir string) (*acceptance, error) {
	a := &acceptance{path: filepath.Join(dir, baseline.Name)}
	var err error
	a.file, err = baseline.Read(a.path)
	return a, err
}

// ids are the accepted mutants.
func (a *acceptance) ids() map[string]bool {
	ids := make(map[string]bool)
	for _, e := range a.file.Accepted {
		ids[e.ID] = true
	}
	return ids
}

// mark writes into r which of its undetected mutants are accepted, and notes the
// entries that have lost their mutant. Its numbers must be counted afterwards.
func (a *acceptance) mark(r *report.Report) {
	for _, m := range r.Mutants {
		e, ok := a.file.Find(m.ID)
		switch {
		case !ok:
		case r.Undetected(m):
			m.Accepted = e.Reason
		case m.Status.Detected():
			r.Notes = append(r.Notes, fmt.Sprintf("%s accepts %s in %s, and now a test notices it: %s", baseline.Name, e.ID, e.Function, dropIt))
		}
	}
	for _, e := range a.gone(r) {
		r.Notes = append(r.Notes, fmt.Sprintf("%s accepts %s in %s, which this run did not find: %s", baseline.Name, e.ID, e.Function, dropIt))
	}
}

const dropIt = "drop the entry (--update-baseline does)"

// gone lists the entries of packages that r knows without whose mutants it knows.
// A choice of operators says nothing about the mutants of others.
func (a *acceptance) gone(r *report.Report) []baseline.Entry {
	if a.part {
		return nil
	}
	known := make(map[string]bool)
	for _, m := range r.Mutants {
		known[m.ID] = true
	}
	for _, id := range r.Rest {
		known[id] = true
	}
	var gone []baseline.Entry
	for _, e := range a.file.Accepted {
		inPackage := func(p report.Package) bool {
			return p.Path == e.Package && (p.Status == report.PackageOK || p.Status == report.PackageNoTests)
		}
		if !known[e.ID] && slices.ContainsFunc(r.Packages, inPackage) {
			gone = append(gone, e)
		}
	}
	return gone
}

// byUpdate is the reason of mutants that were accepted without a look at each.
const byUpdate = "was there before: accepted by --update-baseline"

// update accepts what r has found undetected, forgets what a test notices now and
// what is gone, and writes the baseline.
func (a *acceptance) update(r *report.Report, source report.Source) error {
	drop := make(map[string]bool)
	for _, e := range a.gone(r) {
		drop[e.ID] = true
	}
	for _, m := range r.Mutants {
		drop[m.ID] = m.Status.Detected() && !r.Undetected(m)
		if _, known := a.file.Find(m.ID); r.Undetected(m) && !known {
			a.file.Put(entryOf(&m.Mutant, byUpdate, source))
		}
	}
	a.file.Accepted = slices.DeleteFunc(a.file.Accepted, func(e baseline.Entry) bool { return drop[e.ID] })
	return a.file.Write(a.path)
}

// entryOf is the entry that accepts m.
func entryOf(m *mutant.Mutant, reason string, source report.Source) baseline.Entry {
	return baseline.Entry{
		ID: m.ID, Package: m.Package, Function: m.Function, Operator: m.Operator,
		Change: report.Change(m, source), Reason: reason,
	}
}
