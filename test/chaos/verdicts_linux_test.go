package chaos

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// document is what the tests read of the tool's JSON.
type document struct {
	Complete *bool
	Notes    []string
	Mutants  []struct {
		Status, Cause, Reason, Operator, File string
		Edits                                 []struct {
			Offset                int
			Original, Replacement string
		}
	}
}

// verdicts puts each mutant of a document into a line like those of expected.txt,
// sorted, and tells whether the document is complete.
func verdicts(dir string, out []byte) (list []string, complete bool, err error) {
	var doc document
	if err := json.Unmarshal(out, &doc); err != nil || doc.Complete == nil {
		return nil, false, fmt.Errorf("no document: %v in %q", err, out)
	}
	for _, m := range doc.Mutants {
		text, err := os.ReadFile(filepath.Join(dir, m.File))
		if err != nil {
			return nil, false, err
		}
		e := m.Edits[0] // no mutant of this example needs more
		at := string(text[:e.Offset])
		line := strings.Count(at, "\n")
		mutated := at + e.Replacement + string(text[e.Offset+len(e.Original):])
		cause := m.Cause
		if cause == "" {
			cause = "-"
		}
		list = append(list, squeeze(fmt.Sprintf("%s %s %s %s:%d %s",
			m.Status, cause, m.Operator, m.File, line+1, strings.Split(mutated, "\n")[line])))
	}
	slices.Sort(list)
	return list, *doc.Complete, nil
}

// expected reads the lines of an expected.txt without its comments, sorted.
func expected(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(data)) {
		if line = squeeze(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	slices.Sort(list)
	return list
}

// difference says how two sorted lists differ; "" if they do not.
func difference(want, got []string) string {
	var text strings.Builder
	for _, line := range missing(want, got) {
		text.WriteString("\n  - " + line)
	}
	for _, line := range missing(got, want) {
		text.WriteString("\n  + " + line)
	}
	return text.String()
}

// missing lists what of want is not in got, as often as it is missing.
func missing(want, got []string) []string {
	left := slices.Clone(got)
	var list []string
	for _, line := range want {
		if i := slices.Index(left, line); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			list = append(list, line)
		}
	}
	return list
}

// squeeze makes one space of all white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
