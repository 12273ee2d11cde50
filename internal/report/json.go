package report

import (
	"encoding/json"
	"io"
)

// WriteJSON writes r as the JSON document of the package comment, with a final
// newline. Lists are never null.
func (r *Report) WriteJSON(w io.Writer) error {
	doc := *r
	doc.SchemaVersion = SchemaVersion
	doc.Packages = list(doc.Packages)
	doc.SetAside = list(doc.SetAside)
	doc.Notes = list(doc.Notes)
	doc.Mutants = make([]*Mutant, len(r.Mutants))
	for i, m := range r.Mutants {
		doc.Mutants[i] = m.listed()
	}
	return writeJSON(w, doc)
}

// WriteJSON writes v as one JSON object with a final newline.
func (v *Verification) WriteJSON(w io.Writer) error {
	doc := *v
	doc.SchemaVersion = SchemaVersion
	doc.Notes = list(doc.Notes)
	doc.Checks = list(v.made())
	for i := range doc.Checks {
		doc.Checks[i].Mutant = doc.Checks[i].Mutant.listed()
	}
	return writeJSON(w, doc)
}

// listed is m with empty lists in place of nil ones.
func (m *Mutant) listed() *Mutant {
	c := *m
	c.Edits = list(c.Edits)
	c.TestsReaching = list(c.TestsReaching)
	c.TestsRun = list(c.TestsRun)
	return &c
}

// list is s, or an empty list for nil.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func writeJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}
