package report

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// View is what a report is written with, beside itself, in the formats that have
// a package of their own. Its zero value is valid.
type View struct {
	Source Source // nil: DirSource of the report's Dir
	// Failures are the objections of the gate, a sentence each.
	Failures []string
	// Prefix is where the module lies in its repository, slash-separated, "" for
	// the top. Services that show reports beside the code want paths from there.
	Prefix string
	// Time is when the session ended, for formats that ask for it.
	Time time.Time
}

// Sources is v.Source, or the files below the module's root.
func (v View) Sources(r *Report) Source {
	if v.Source != nil {
		return v.Source
	}
	return DirSource(r.Dir)
}

// Path is a file of the module as its repository names it.
func (v View) Path(file string) string { return path.Join(v.Prefix, file) }

// Position is a place in a file. Columns count UTF-16 code units, as browsers
// and the formats that come from them do. Both begin with 1.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Span is the part of a mutant's file that it changes: from the beginning of its
// first edit to the end of its last one.
type Span struct {
	Start, End  Position
	First, Last int    // the same in bytes
	Replacement string // what stands there in the mutant
	Exact       bool   // false: the file is not what it was, and the span is a guess
}

// SpanOf finds the part of the file that m changes.
func SpanOf(m *mutant.Mutant, source Source) Span {
	at := Position{max(m.Line, 1), max(m.Column, 1)}
	guess := Span{Start: at, End: Position{at.Line, at.Column + 1}, Replacement: firstReplacement(m)}
	data, err := source(m.File)
	first, last := extent(m)
	if err != nil || first < 0 || last < first || last > len(data) {
		return guess
	}
	replacement, err := mutant.Apply(m.File, data[first:last], movedTo(m, first))
	if err != nil {
		return guess
	}
	return Span{
		Start: positionAt(data, first), End: positionAt(data, last), First: first, Last: last,
		Replacement: string(replacement), Exact: true,
	}
}

// movedTo is m without imports, for a text that begins at offset first of its file.
func movedTo(m *mutant.Mutant, first int) *mutant.Mutant {
	moved := mutant.Mutant{Edits: slices.Clone(m.Edits)}
	for i := range moved.Edits {
		moved.Edits[i].Offset -= first
	}
	return &moved
}

// extent is the range of bytes of m.File that its edits touch; last < first if
// there is none.
func extent(m *mutant.Mutant) (first, last int) {
	first, last = 0, -1
	for _, e := range m.Edits {
		if e.File != m.File {
			continue
		}
		if last < 0 {
			first = e.Offset
		}
		first, last = min(first, e.Offset), max(last, e.Offset+len(e.Original))
	}
	return first, last
}

func firstReplacement(m *mutant.Mutant) string {
	if len(m.Edits) == 0 {
		return ""
	}
	return m.Edits[0].Replacement
}

// positionAt is the position of a byte offset that lies in text.
func positionAt(text []byte, offset int) Position {
	lineStart := bytes.LastIndexByte(text[:offset], '\n') + 1
	column := 1
	for _, r := range string(text[lineStart:offset]) {
		column += utf16.RuneLen(r)
	}
	return Position{Line: 1 + bytes.Count(text[:lineStart], []byte("\n")), Column: column}
}

// Title says what became of a mutant in a line: its change, its status and its
// cause.
func (m *Mutant) Title(source Source) string {
	status := string(cmp.Or(m.Status, mutant.Pending))
	if m.Accepted != "" {
		status = "accepted, " + status
	}
	if m.Cause != "" {
		status += " (" + m.Cause + ")"
	}
	return status + ": " + Change(&m.Mutant, source)
}

// SplitTest gives the package and the name of a test that a mutant of package pkg
// lists: those of other packages are written "import/path.TestName".
func SplitTest(pkg, test string) (home, name string) {
	dot := strings.LastIndexByte(test, '.')
	if dot < 0 || strings.ContainsRune(test[dot:], '/') {
		return pkg, test
	}
	return test[:dot], test[dot+1:]
}
