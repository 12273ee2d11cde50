package mutate

import "strings"

// identifier counts equal mutants of a package, for their ordinals.
//
// The text that identifies a mutant is that of its whole site before and after,
// not that of its edits: `<` becomes `<=` many times in a function, `i < n`
// becomes `i <= n` rarely, and then an edit elsewhere in the function leaves the
// ordinal alone. Ordinals are given before duplicates are dropped, for what
// counts as one depends on the choice of operators.
type identifier map[string]int

func (ids identifier) set(c *Candidate) {
	before := string(c.File.Source[c.Start:c.End])
	key := strings.Join([]string{c.Function, c.Operator, before, c.Arm}, "\x00")
	c.Identify(before, c.Arm, ids[key])
	ids[key]++
}
