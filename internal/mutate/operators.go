package mutate

import (
	"fmt"
	"slices"
	"strings"
)

// Operators returns every operator, the more specific before the more general: of
// two that propose the same change, the first in the list keeps it.
func Operators() []Operator {
	return []Operator{
		errorSwallow,
		errorBranch,
		deferRemoval,
		loopControl,
		returnValue,
		conditionTrue,
		conditionFalse,
		comparisonBoundary,
		comparisonNegation,
		logicalSwap,
		negationRemoval,
		arithmetic,
		bitwise,
		increment,
		literalBool,
		statementRemoval,
		blockRemoval,
	}
}

// Select returns the operators with these names, in the order of Operators; those
// of the default profile if there are no names. The error of an unknown name
// mentions the nearest known one.
func Select(names []string) ([]Operator, error) {
	all := Operators()
	if len(names) == 0 {
		return slices.DeleteFunc(all, func(o Operator) bool { return o.Profile != Default }), nil
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(o Operator) bool { return o.Name == name }) {
			return nil, fmt.Errorf("select operators: unknown operator %q; did you mean %q?", name, nearest(name, all))
		}
	}
	return slices.DeleteFunc(all, func(o Operator) bool { return !slices.Contains(names, o.Name) }), nil
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
