package mutant

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
)

// idLength is how many digits of its key a mutant's id has at first.
const idLength = 12

// Identify sets the key and id of m. original is the text of the smallest piece
// of syntax that m replaces and replacement what it becomes, whatever the edits
// that do it; ordinal counts from 0 the mutants of the package that are equal in
// all else. Package, Function and Operator must be set.
func (m *Mutant) Identify(original, replacement string, ordinal int) {
	h := sha256.New()
	for _, part := range []string{m.Package, m.Function, m.Operator, original, replacement} {
		// Lengths keep the parts apart, whatever they contain.
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	h.Write([]byte(strconv.Itoa(ordinal)))
	m.Key = hex.EncodeToString(h.Sum(nil))
	m.ID = m.Key[:idLength]
}

// Unique lengthens the ids of the mutants of a module that would share one, all
// of them to the same, shortest length that tells them apart, so that the result
// does not depend on their order. Call it with all mutants of the module at once.
// Two mutants with one key are an error.
func Unique(mutants []*Mutant) error {
	groups := map[string][]*Mutant{}
	for _, m := range mutants {
		if len(m.Key) < idLength {
			return fmt.Errorf("identify mutant at %s:%d: it has no key", m.File, m.Line)
		}
		m.ID = m.Key[:idLength]
		groups[m.ID] = append(groups[m.ID], m)
	}
	for _, group := range groups {
		if len(group) == 1 {
			continue
		}
		if err := lengthen(group); err != nil {
			return err
		}
	}
	return nil
}

func lengthen(group []*Mutant) error {
	for n := idLength + 1; n <= len(group[0].Key); n++ {
		seen := map[string]bool{}
		for _, m := range group {
			seen[m.Key[:min(n, len(m.Key))]] = true
		}
		if len(seen) < len(group) {
			continue
		}
		for _, m := range group {
			m.ID = m.Key[:min(n, len(m.Key))]
		}
		return nil
	}
	a, b := group[0], group[1]
	return fmt.Errorf("identify mutants: %s:%d:%d %s and %s:%d:%d %s share the key %s",
		a.File, a.Line, a.Column, a.Operator, b.File, b.Line, b.Column, b.Operator, a.Key)
}
