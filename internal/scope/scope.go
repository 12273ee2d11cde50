package scope

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Scope says which mutants are asked for. The zero value asks for all.
type Scope struct {
	// Changes, if it is not nil, asks for the mutants on changed lines only.
	Changes *Changes
	// Targets ask for the mutants in any of the places that they name and, where
	// they name operators, by any of these.
	Targets []Target
	// Exclude are patterns of files, relative to the module's root, whose mutants
	// are ignored. A star stands for what has no slash, two for anything.
	Exclude []string
	// Mutant is the id of the only mutant that is asked for, or "".
	Mutant string
}

// All tells whether s asks for every mutant.
func (s Scope) All() bool { return s.Changes == nil && len(s.Targets) == 0 && s.Mutant == "" }

// Selector holds mutants against a scope, package by package, and remembers what
// it has seen. It belongs to one goroutine.
type Selector struct {
	scope     Scope
	places    []Target
	operators []string
	hit       map[string]bool     // texts of targets, and ids, that meant something
	functions map[string]struct{} // seen
}

// NewSelector prepares a selector. operators are the names of all operators.
func NewSelector(s Scope, operators []string) *Selector {
	c := &Selector{scope: s, hit: make(map[string]bool), functions: make(map[string]struct{})}
	for _, t := range s.Targets {
		if t.File == "" && slices.Contains(operators, t.Text) {
			c.operators = append(c.operators, t.Text)
		} else {
			c.places = append(c.places, t)
		}
	}
	return c
}

// Select parts the mutants of a package with the given name into those that are
// asked for and the ids of the others, and marks what is excluded as ignored.
func (c *Selector) Select(name string, mutants []mutant.Mutant) (asked []mutant.Mutant, rest []string) {
	for _, m := range mutants {
		c.functions[m.Function] = struct{}{}
		if !c.asksFor(name, &m) {
			rest = append(rest, m.ID)
			continue
		}
		c.exclude(&m)
		asked = append(asked, m)
	}
	return asked, rest
}

// asksFor tells whether m is in scope.
func (c *Selector) asksFor(name string, m *mutant.Mutant) bool {
	if c.scope.Mutant != "" {
		found := m.ID == c.scope.Mutant
		c.hit[m.ID] = found
		return found
	}
	place, operator := c.place(name, m), c.operator(m)
	changed := c.scope.Changes == nil || c.scope.Changes.Has(m.File, m.Line)
	return place && operator && changed
}

// place tells whether m is at one of the places; any place will do where none is
// named.
func (c *Selector) place(name string, m *mutant.Mutant) bool {
	at := len(c.places) == 0
	for _, t := range c.places {
		if t.place(name, m) {
			c.hit[t.Text] = true
			at = true
		}
	}
	return at
}

// operator tells whether m was made by one of the operators that are named, if
// any are.
func (c *Selector) operator(m *mutant.Mutant) bool {
	if slices.Contains(c.operators, m.Operator) {
		c.hit[m.Operator] = true
		return true
	}
	return len(c.operators) == 0
}

// exclude marks m as ignored if a pattern means its file.
func (c *Selector) exclude(m *mutant.Mutant) {
	for _, pattern := range c.scope.Exclude {
		if excludes(pattern, m.File) {
			m.Status, m.Reason = mutant.Ignored, fmt.Sprintf("excluded by %s", pattern)
			return
		}
	}
}

// Unmatched says what of the scope meant no mutant at all, "" if everything did.
// Among changes a target may mean nothing.
func (c *Selector) Unmatched() string {
	if id := c.scope.Mutant; id != "" && !c.hit[id] {
		return fmt.Sprintf("no mutant has the id %s: `evilution-go mutants` lists them", id)
	}
	if c.scope.Changes != nil {
		return ""
	}
	for _, t := range c.scope.Targets {
		if !c.hit[t.Text] {
			return fmt.Sprintf("--target %s means no mutant%s", t.Text, c.nearest(t.Text))
		}
	}
	return ""
}

// nearest names a function that text may have been meant for.
func (c *Selector) nearest(text string) string {
	last := text[strings.LastIndex(text, ".")+1:]
	best, edits := "", 3
	for function := range c.functions {
		for _, name := range names(function) {
			d := min(levenshtein.ComputeDistance(text, name), levenshtein.ComputeDistance(last, name))
			if d < edits || d == edits && name < best {
				best, edits = name, d
			}
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", best)
}
