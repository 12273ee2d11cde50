package html

import (
	"bytes"
	"strings"

	"github.com/evilution-go/evilution-go/internal/report"
)

// change is what a mutant does to the lines of its file: Deleted lines from At on
// become Added. Where that does not say it (edits far apart, or in several files)
// Diff is a unified diff, and where the file is not what it was, a short text.
type change struct {
	At      int      `json:"at,omitempty"` // 1-based; 0: see Diff
	Deleted int      `json:"del,omitempty"`
	Added   []string `json:"add,omitempty"`
	Diff    string   `json:"diff,omitempty"`
}

// far is how many lines a change may have before a diff says it better.
const far = 40

func changeOf(m *report.Mutant, source report.Source) change {
	data, err := source(m.File)
	span := report.SpanOf(&m.Mutant, source)
	if err != nil || !span.Exact {
		return change{Diff: report.Change(&m.Mutant, source)}
	}
	for _, e := range m.Edits {
		if e.File != m.File || span.End.Line-span.Start.Line > far {
			return diffOf(m, source)
		}
	}
	return lines(data, span)
}

func diffOf(m *report.Mutant, source report.Source) change {
	diff, err := report.Diff(&m.Mutant, source)
	if err != nil {
		diff = report.Change(&m.Mutant, source)
	}
	return change{Diff: diff}
}

// lines compares the lines that the span touches with what becomes of them.
func lines(text []byte, span report.Span) change {
	first, last := span.First, span.Last
	begin := bytes.LastIndexByte(text[:first], '\n') + 1
	end := len(text)
	if i := bytes.IndexByte(text[last:], '\n'); i >= 0 {
		end = last + i
	}
	before := strings.Split(string(text[begin:end]), "\n")
	after := strings.Split(string(text[begin:first])+span.Replacement+string(text[last:end]), "\n")
	at := span.Start.Line
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after, at = before[1:], after[1:], at+1
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return change{At: at, Deleted: len(before), Added: after}
}
