package html

import (
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// Encoder turns mutants into what the page reads. What it has said once it does
// not say again.
type Encoder struct {
	source  report.Source
	strings map[string]int
	sets    map[string]int
	files   map[string]int
	output  int // bytes of output that the page may still have
	delta   Delta
}

// Delta is a part of a report as the page reads it.
type Delta struct {
	Head    *Head    `json:"head,omitempty"`
	Strings []string `json:"strings,omitempty"` // added at the end of those that are there
	Sets    [][]int  `json:"sets,omitempty"`    // lists of strings, added likewise
	Files   []File   `json:"files,omitempty"`   // added likewise
	Mutants []Row    `json:"mutants,omitempty"`
}

// Empty tells whether d says nothing.
func (d Delta) Empty() bool {
	return d.Head == nil && len(d.Strings) == 0 && len(d.Sets) == 0 && len(d.Files) == 0 && len(d.Mutants) == 0
}

// File is a source file with mutants. Without a text it could not be read.
type File struct {
	Path    string `json:"path"`
	Package string `json:"package"`
	Text    string `json:"text,omitempty"`
}

// Row is a mutant. Numbers are of strings, sets and files; 0 of a string is "".
type Row struct {
	ID       string `json:"id"`
	Status   string `json:"status"`
	Cause    int    `json:"cause,omitempty"`
	Reason   int    `json:"reason,omitempty"`
	File     int    `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"col"`
	Function int    `json:"fn,omitempty"`
	Operator int    `json:"op"`
	Reaching int    `json:"reach,omitempty"` // set
	Ran      int    `json:"ran,omitempty"`   // set
	KilledBy int    `json:"by,omitempty"`
	MS       int    `json:"ms,omitempty"`
	Accepted string `json:"accepted,omitempty"`
	change
	Imports []string `json:"imports,omitempty"`
	Output  string   `json:"out,omitempty"`
}

// outputs is how many bytes of test output a page has altogether, and each how
// many of one mutant.
const outputs, each = 4 << 20, 2 << 10

// NewEncoder makes an encoder that reads the user's lines from source.
func NewEncoder(source report.Source) *Encoder {
	e := &Encoder{source: source, strings: make(map[string]int), sets: make(map[string]int), files: make(map[string]int), output: outputs}
	e.text("")
	e.set(nil)
	return e
}

// Add encodes a mutant.
func (e *Encoder) Add(m *report.Mutant) {
	status := m.Status
	if status == "" {
		status = mutant.Pending
	}
	row := Row{
		ID: m.ID, Status: string(status), Cause: e.text(m.Cause), Reason: e.text(m.Reason),
		File: e.file(m), Line: m.Line, Column: m.Column, Function: e.text(m.Function), Operator: e.text(m.Operator),
		Reaching: e.set(m.TestsReaching), Ran: e.set(m.TestsRun), KilledBy: e.text(m.KilledBy), MS: int(m.DurationMS),
		Accepted: m.Accepted, change: changeOf(m, e.source), Output: e.ends(m.Output),
	}
	for _, i := range m.Imports {
		row.Imports = append(row.Imports, i.Spec)
	}
	e.delta.Mutants = append(e.delta.Mutants, row)
}

// Take gives all that was added since the last call.
func (e *Encoder) Take() Delta {
	d := e.delta
	e.delta = Delta{}
	return d
}

func (e *Encoder) text(s string) int {
	n, known := e.strings[s]
	if !known {
		n = len(e.strings)
		e.strings[s] = n
		e.delta.Strings = append(e.delta.Strings, s)
	}
	return n
}

func (e *Encoder) set(names []string) int {
	key := strings.Join(names, "\x00")
	n, known := e.sets[key]
	if !known {
		n = len(e.sets)
		e.sets[key] = n
		numbers := make([]int, len(names))
		for i, name := range names {
			numbers[i] = e.text(name)
		}
		e.delta.Sets = append(e.delta.Sets, numbers)
	}
	return n
}

func (e *Encoder) file(m *report.Mutant) int {
	n, known := e.files[m.File]
	if !known {
		n = len(e.files)
		e.files[m.File] = n
		text, err := e.source(m.File)
		if err != nil {
			text = nil
		}
		e.delta.Files = append(e.delta.Files, File{Path: m.File, Package: m.Package, Text: string(text)})
	}
	return n
}

// ends is output without its middle, as long as the page has room.
func (e *Encoder) ends(output []byte) string {
	s := string(output)
	if len(s) > each {
		s = s[:each/4] + "\n…\n" + s[len(s)-each*3/4:]
	}
	if len(s) > e.output {
		return ""
	}
	e.output -= len(s)
	return strings.ToValidUTF8(s, "\uFFFD")
}
