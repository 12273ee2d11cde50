package report

import (
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Place is a function with mutants, at least one.
type Place struct {
	Mutants []*Mutant // in the report's order
}

// NotCovered groups the mutants that no test executes by function, in the order
// of the report: what is missing there is a test, whatever the change. Accepted
// mutants are left out.
func (r *Report) NotCovered() []Place {
	type at struct{ file, function string }
	var places []Place
	index := make(map[at]int)
	for _, m := range r.Mutants {
		if m.Status != mutant.NotCovered || m.Accepted != "" {
			continue
		}
		key := at{m.File, m.Function}
		if _, known := index[key]; !known {
			index[key] = len(places)
			places = append(places, Place{})
		}
		i := index[key]
		places[i].Mutants = append(places[i].Mutants, m)
	}
	return places
}

// ByFile groups the mutants of a status by file, in the order of the report,
// without those that are accepted.
func (r *Report) ByFile(status mutant.Status) [][]*Mutant {
	var groups [][]*Mutant
	index := make(map[string]int)
	for _, m := range r.Mutants {
		if m.Status != status || m.Accepted != "" {
			continue
		}
		i, known := index[m.File]
		if !known {
			i = len(groups)
			index[m.File] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], m)
	}
	return groups
}

// Hunks is a unified diff without the lines that name its files.
func Hunks(diff string) string {
	var out strings.Builder
	for line := range strings.Lines(diff) {
		if !strings.HasPrefix(line, "--- a/") && !strings.HasPrefix(line, "+++ b/") {
			out.WriteString(line)
		}
	}
	return out.String()
}
