package report

import (
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Verification compares verdicts with what a plain rebuild says: the mutants'
// edits written into a copy of the module and its tests run by the ordinary go
// command.
type Verification struct {
	SchemaVersion int    `json:"schema_version"`
	Complete      bool   `json:"complete"` // false when interrupted: some checks are missing
	Tool          Tool   `json:"tool"`
	Module        string `json:"module"`
	Seed          uint64 `json:"seed"`
	Decided       int    `json:"decided"` // mutants that could have been drawn
	// Checks are in the order in which they were drawn. One without a mutant was not
	// made, which only an incomplete verification has, and is not shown.
	Checks []Check `json:"checks"`
	// Notes are sentences about the session, as in Report.
	Notes []string `json:"notes"`

	Dir string `json:"-"` // the module's root, absolute
}

// Check is one mutant judged both ways.
type Check struct {
	Mutant *Mutant `json:"mutant"` // with the verdict of the ordinary run
	Plain  Story   `json:"plain"`
	Agree  bool    `json:"agree"`

	// Class and Why tell what a disagreement comes from; "" where there is none.
	Class Class  `json:"class,omitempty"`
	Why   string `json:"why,omitempty"`
	// Reproduce are the commands that judge the mutant of a disagreement again.
	Reproduce *Commands `json:"reproduce,omitempty"`
}

// Class is what a disagreement comes from.
type Class string

const (
	ClassFlaky           Class = "flaky"           // the plain run differs when it is repeated
	ClassOrder           Class = "order"           // the selected tests differ from a whole run
	ClassInstrumentation Class = "instrumentation" // without any mutant the instrumented tests differ from the plain ones
	ClassSelection       Class = "selection"       // a test notices that had not been selected
	ClassBug             Class = "bug"             // none of these: a mistake of this program
)

// Commands are what to type in the module's root to see both sides of a
// disagreement.
type Commands struct {
	Plain []string `json:"plain"` // one after another
	Tool  []string `json:"tool"`
}

// Story is the verdict of a plain rebuild and how it came about.
type Story struct {
	Status   mutant.Status `json:"status"`
	Reason   string        `json:"reason"`
	KilledBy string        `json:"killed_by,omitempty"`
	Output   string        `json:"output,omitempty"` // head and tail of what the tests printed
	// Package and Tests are those of the run that decided; no tests means all.
	Package string   `json:"package,omitempty"`
	Tests   []string `json:"tests,omitempty"`
}

// Disagreements counts the checks whose two verdicts differ.
func (v *Verification) Disagreements() int {
	n := 0
	for _, c := range v.made() {
		if !c.Agree {
			n++
		}
	}
	return n
}

// made are the checks that were made.
func (v *Verification) made() []Check {
	return slices.DeleteFunc(slices.Clone(v.Checks), func(c Check) bool { return c.Mutant == nil })
}
