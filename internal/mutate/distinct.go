package mutate

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// distinct drops what would be the same mutant again: a candidate that makes the
// same file as another, and one whose twin is there. Of equal ones that of the
// first profile and in it the earliest operator stays, so that a mutant of one
// profile is the same in the next. The order is kept.
func distinct(list []Candidate, proposals []proposal) []Candidate {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(proposals[a].profile, proposals[b].profile), cmp.Compare(proposals[a].op, proposals[b].op))
	})

	drop := make([]bool, len(list))
	made := map[string]bool{}
	sites := map[ast.Node][]string{} // operators with a mutant at a site
	for _, i := range order {
		k := list[i].change()
		if made[k] {
			drop[i] = true
			continue
		}
		made[k] = true
		sites[list[i].Site] = append(sites[list[i].Site], list[i].Operator)
	}
	kept := list[:0]
	for i := range list {
		if !drop[i] && !hasTwin(proposals[i].unless, sites) {
			kept = append(kept, list[i])
		}
	}
	return kept
}

func hasTwin(twins []twin, sites map[ast.Node][]string) bool {
	return slices.ContainsFunc(twins, func(t twin) bool {
		return slices.ContainsFunc(sites[t.site], func(op string) bool { return slices.Contains(t.ops, op) })
	})
}

// change says what the candidate does to its file in the fewest bytes, so that
// two that do the same say the same however their edits are cut.
func (c *Candidate) change() string {
	var b strings.Builder
	for _, e := range c.Edits {
		before, after := e.Original, e.Replacement
		n := 0
		for n < len(before) && n < len(after) && before[n] == after[n] {
			n++
		}
		before, after = before[n:], after[n:]
		for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
			before, after = before[:len(before)-1], after[:len(after)-1]
		}
		fmt.Fprintf(&b, "%d %q %q\n", e.Offset+n, before, after)
	}
	return b.String()
}
