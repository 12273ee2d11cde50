package mutate

import (
	"fmt"
	"slices"
	"strings"
)

// Operators returns every operator, the more specific before the more general: of
// two that propose the same change, the first in the list keeps it.
func Operators() []Operator {
	return slices.Concat(goOperators(), statementOperators(), expressionOperators())
}

// Select returns the operators with these names, or all of them, in the order of
// Operators, as far as the profile has them; their mutants of later profiles are
// left out. No profile means default, and all where names says what is wanted.
// The error of an unknown name mentions the nearest known one.
func Select(names []string, profile string) ([]Operator, error) {
	all, upTo := Operators(), Default
	if len(names) > 0 {
		upTo = All
	}
	if profile != "" {
		var err error
		if upTo, err = ParseProfile(profile); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(o Operator) bool { return o.Name == name }) {
			return nil, fmt.Errorf("select operators: unknown operator %q; did you mean %q?", name, nearest(name, all))
		}
	}
	var chosen []Operator
	for _, o := range all {
		if o.Profile <= upTo && (len(names) == 0 || slices.Contains(names, o.Name)) {
			o.upTo(upTo)
			chosen = append(chosen, o)
		}
	}
	return chosen, nil
}

// upTo leaves out the mutants of profiles after p.
func (o *Operator) upTo(p Profile) {
	if o.without = p + 1; p == All {
		o.without = 0
	}
}

// makes tells whether a mutant of profile p is wanted.
func (o *Operator) makes(p Profile) bool {
	return o.without == 0 || max(p, o.Profile) < o.without
}

// nearest is the name that needs the fewest changes to become name.
func nearest(name string, all []Operator) string {
	name = strings.ToLower(name)
	best := slices.MinFunc(all, func(a, b Operator) int { return distance(name, a.Name) - distance(name, b.Name) })
	return best.Name
}

// distance counts the insertions, deletions and replacements of bytes between a
// and b (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
}
