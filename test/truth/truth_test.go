package truth

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// fewest is how many lines the list has at least.
const fewest = 150

// entry is one line of the list. A killer or a cause that says nothing is empty.
type entry struct {
	place, operator, becomes string
	ordinal                  int // from 1 among those that are equal so far; 0: it must be the only one
	status, killer, cause    string
}

func (e entry) String() string { return fmt.Sprintf("%s %s %q", e.place, e.operator, e.becomes) }

func TestTruth(t *testing.T) {
	entries := readTruth(t)
	if len(entries) < fewest {
		t.Errorf("%d lines, want %d", len(entries), fewest)
	}
	mutants := judge(t)
	for _, e := range entries {
		m, err := e.find(mutants)
		if err != nil {
			t.Errorf("%v: %v", e, err)
			continue
		}
		got := entry{status: string(m.Status), killer: m.KilledBy, cause: m.Cause}
		if got.status != e.status || got.killer != e.killer || got.cause != e.cause {
			t.Errorf("%v: %s by %q (%s), want %s by %q (%s): %s",
				e, got.status, got.killer, got.cause, e.status, e.killer, e.cause, m.Reason)
		}
	}
	t.Logf("%d of the module's %d mutants are in the list", len(entries), len(mutants))
}

// line is: place, operator with or without an ordinal, text in quotes, status,
// killer, cause.
var line = regexp.MustCompile(`^(\S+)\s+([a-z_]+)(?:#(\d))?\s+("(?:[^"\\]|\\.)*")\s+(\S+)\s+(\S+)\s+(\S.*)$`)

func readTruth(t *testing.T) (entries []entry) {
	f, err := os.Open("testdata/truth.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		text := strings.TrimSpace(s.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		p := line.FindStringSubmatch(text)
		if p == nil {
			t.Fatalf("not understood: %s", text)
		}
		becomes, err := strconv.Unquote(p[4])
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		ordinal, _ := strconv.Atoi(cmp.Or(p[3], "0"))
		entries = append(entries, entry{p[1], p[2], becomes, ordinal, p[5], strings.Trim(p[6], "-"), strings.Trim(p[7], "-")})
	}
	return entries
}

// judge runs the command on a copy of the module.
func judge(t *testing.T) []*report.Mutant {
	tool, err := subject.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/module")); err != nil {
		t.Fatal(err)
	}
	tool.Cache = t.TempDir()
	r, err := tool.Judge(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r.Mutants
}

// find returns the mutant that a line is about.
func (e entry) find(mutants []*report.Mutant) (*report.Mutant, error) {
	var found []*report.Mutant
	for _, m := range mutants {
		place := fmt.Sprintf("%s:%d", m.File, m.Line)
		if place == e.place && m.Operator == e.operator && m.Edits[len(m.Edits)-1].Replacement == e.becomes {
			found = append(found, m)
		}
	}
	switch {
	case e.ordinal > len(found), len(found) == 0:
		return nil, fmt.Errorf("no such mutant (%d like it)", len(found))
	case e.ordinal > 0:
		return found[e.ordinal-1], nil
	case len(found) > 1:
		return nil, fmt.Errorf("%d such mutants", len(found))
	}
	return found[0], nil
}
