// Package mutant holds the one value that travels through the whole tool: a
// change to the user's code, where it is, and what became of it.
//
// A mutant is a list of edits against the original bytes. Everything else that
// the tool does to run it fast (switches, copies of functions, one build for
// all) is derived; the edits alone define what the mutant means, and a plain
// rebuild from them is how a verdict is verified.
//
// Apply does the edits, and Unique sees to it that an id names one mutant.
//
// The package owns no goroutine and no state. Values are copied between
// processes as msgpack and shown to users as JSON.
package mutant

// Mutant is one change to the user's code.
type Mutant struct {
	// ID identifies the mutant across runs: it depends on package, function,
	// operator, original text, replacement and the ordinal among equals in that
	// function, never on a line number.
	ID string `json:"id"`
	// Key is the whole of what ID is the beginning of: 64 hexadecimal digits. See
	// Unique.
	Key string `json:"-"`

	Status Status `json:"status"` // the verdict
	// Reason says in one sentence why the status is what it is.
	Reason string `json:"reason,omitempty"`

	Package  string `json:"package"`  // import path
	File     string `json:"file"`     // slash-separated, relative to the module's root
	Line     int    `json:"line"`     // 1-based, of the first edit that is not a mere helper
	Column   int    `json:"column"`   // 1-based, in bytes
	Function string `json:"function"` // with its receiver, "" outside of any
	Operator string `json:"operator"` // the kind of change; see docs/operators.md

	Edits   []Edit   `json:"edits"`
	Imports []Import `json:"imports,omitempty"`

	// Number is the mutant's switch within its package, from 1; 0 has no switch.
	Number int `json:"-"`
	// Func is the number of the instrumented function that holds it, from 1; 0
	// is package initialisation.
	Func int `json:"-"`
}

// Edit replaces Original, which stands at byte Offset of File, by Replacement.
type Edit struct {
	File        string `json:"file"`        // slash-separated, relative to the module's root
	Offset      int    `json:"offset"`      // in bytes, from 0
	Original    string `json:"original"`    // what stands there
	Replacement string `json:"replacement"` // what stands there in the mutant
}

// Import is an import that the edits need; Spec reads as in an import
// declaration: `"errors"` or `name "path"`.
type Import struct {
	File string `json:"file"` // that gets the import
	Spec string `json:"spec"` // as in an import declaration: "errors" in quotes, with a name before it if it has one
}
