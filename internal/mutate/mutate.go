// Package mutate finds the mutants of a typed package.
//
// An operator is a value in a list: a name, a sentence, an example and a
// function that looks at one node of the syntax tree and proposes changes. The
// tree is read, the text is edited: a proposal is a list of byte ranges and
// what stands there instead, so that comments, directives and layout survive
// and a reader sees nothing but the change.
//
// What holds for every candidate, whatever operator made it, is seen to here
// and not in the operators:
//
//   - applied to the file, the edits compile. A local variable or an import that
//     would lose its last use is kept used in the replacement; a label that would
//     is removed; a function that would no longer end in a terminating statement
//     makes the mutant invalid, with the compiler's words.
//   - a change that leaves the file as it was, or that reads like another change
//     at the same place, is dropped; the operator of the first profile keeps it, and
//     of those the more specific one, which stands earlier in the list.
//   - what teaches nothing (generated files, functions that the runtime must be
//     able to trust, calls of loggers) is kept as ignored, with the reason.
//   - mutants of a later profile than the one that was chosen are left out; their
//     ids are set all the same, so that no other id depends on the profile.
//   - ids are set; see identity.go.
//
// Operators are arranged in families, one list each: expressions, statements, and
// what only Go has. What their mutants have in common:
//
//   - the site is the smallest piece of syntax that expresses the mutant: a bound,
//     not the slice expression around it. A switch there compares two numbers, and
//     tells whether the mutant ever makes a difference.
//   - what is used nowhere else is kept used: by a statement before a statement, by
//     a function literal around an expression (keep.go, spell.go).
//   - constants are calculated before they are proposed (constant.go): what the
//     compiler would refuse is not made.
//   - what is proved to make no difference, or the difference of another mutant, is
//     not made or is ignored (equal.go, twins in distinct.go). What the conditions
//     before a place tell is gathered in known.go; which functions only compute, and
//     which never fail, in silent.go and sure.go; what regular expressions have let
//     through in texts.go, with the sets of strings of package lang. What all these
//     leave of the mutants of conditions is carried out beside the program as it is
//     (proved.go).
//   - literals that are words for people, hints, durations or modes are ignored, and
//     so are all but a few of a table (quiet.go).
//
// The package starts no goroutine and keeps no state. Find may be called for
// different packages at the same time.
package mutate

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/prove"
)

// Kind says what a candidate's Site is and what its arm must be.
type Kind int

const (
	// Bool: Site is an expression of boolean type; the arm is an expression that
	// may stand in its place.
	Bool Kind = iota + 1
	// Value: Site is an expression of any other type, with one value; the arm is
	// an expression.
	Value
	// Stmt: Site is a statement in a statement list, or one that is labelled; the
	// arm is zero or more statements joined by semicolons. It declares nothing
	// that later statements use.
	Stmt
	// Simple: Site is the init or post statement of an if, for or switch; the arm
	// is one simple statement, or empty.
	Simple
	// Body: the statements of Site (a *ast.BlockStmt that is the body of a function, an if,
	// else or loop, a *ast.CaseClause or a *ast.CommClause) are replaced; the arm
	// is zero or more statements joined by semicolons.
	Body
)

// Candidate is a mutant with its place in the syntax tree. Mutant.Status is
// empty, or Ignored or Invalid with the reason; the numbers are not set.
type Candidate struct {
	*mutant.Mutant

	File *load.File
	// Site is the smallest node whose replacement expresses the mutant. All edits
	// lie within [Start, End), except that of a label that lost its only use.
	Site ast.Node
	Kind Kind
	// Start and End are the byte offsets of what the arm replaces: Site itself, or
	// for Body what stands between the braces, or after the colon up to the end of
	// the last statement.
	Start, End int
	// Arm is the text of [Start, End) after the edits.
	Arm string
	// Func is the enclosing *ast.FuncDecl; the outermost *ast.FuncLit where code
	// stands in the initialiser of a package variable; nil where such an
	// initialiser itself is mutated.
	Func ast.Node

	claim *prove.Mutant // see proved.go
}

// Profile is how eagerly code is mutated. Each profile holds those before it.
type Profile int

const (
	Default Profile = iota // what is worth a reader's minute nearly always
	Strong                 // what asks more of the tests
	All                    // everything
)

// Profiles are the names of the profiles, in their order.
var Profiles = []string{"default", "strong", "all"}

func (p Profile) String() string { return Profiles[p] }

// ParseProfile is the profile with this name.
func ParseProfile(name string) (Profile, error) {
	i := slices.Index(Profiles, name)
	if i < 0 {
		return 0, fmt.Errorf("select profile: unknown profile %q; known are %s", name, strings.Join(Profiles, ", "))
	}
	return Profile(i), nil
}

// Operator is one way to change code.
type Operator struct {
	Name    string
	Doc     string  // one sentence
	Profile Profile // the first that has any of its mutants
	// Before is a declaration that stands on its own in a file, and After is what
	// one of the operator's mutants makes of it.
	Before, After string

	// find looks at one node, whose parents the finder knows, and proposes
	// changes. It is called once for every node that may be mutated.
	find func(*finder, ast.Node)
	// declared, if there is one, looks at the value in the declaration of a constant,
	// which find never sees: no switch can stand there.
	declared func(*finder, ast.Expr)
	// without is the first profile whose mutants are left out; 0: none are.
	without Profile
}
