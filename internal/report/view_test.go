package report_test

import (
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

func TestSpanOf(t *testing.T) {
	const text = "package a\n\nvar s = \"é😀\" + b + c\n\tx\n"
	source := func(string) ([]byte, error) { return []byte(text), nil }
	at := func(offset int, original, replacement string) mutant.Edit {
		return mutant.Edit{File: "a.go", Offset: offset, Original: original, Replacement: replacement}
	}
	const plus = 28 // of the first +
	for _, test := range []struct {
		name  string
		edits []mutant.Edit
		want  report.Span
	}{
		{"columns count UTF-16 units", []mutant.Edit{at(plus, "+", "-")},
			report.Span{Start: report.Position{Line: 3, Column: 15}, End: report.Position{Line: 3, Column: 16}, First: plus, Last: plus + 1, Replacement: "-", Exact: true}},
		{"two edits, last first", []mutant.Edit{at(plus+4, "+", "-"), at(plus, "+", "*")},
			report.Span{Start: report.Position{Line: 3, Column: 15}, End: report.Position{Line: 3, Column: 20}, First: plus, Last: plus + 5, Replacement: "* b -", Exact: true}},
		{"over lines", []mutant.Edit{at(plus+6, "c\n\tx", "d")},
			report.Span{Start: report.Position{Line: 3, Column: 21}, End: report.Position{Line: 4, Column: 3}, First: plus + 6, Last: plus + 10, Replacement: "d", Exact: true}},
		{"a file that has changed", []mutant.Edit{at(plus, "zz", "y")},
			report.Span{Start: report.Position{Line: 3, Column: 9}, End: report.Position{Line: 3, Column: 10}, Replacement: "y"}},
		{"outside the file", []mutant.Edit{at(1000, "+", "y")},
			report.Span{Start: report.Position{Line: 3, Column: 9}, End: report.Position{Line: 3, Column: 10}, Replacement: "y"}},
	} {
		m := mutant.Mutant{File: "a.go", Line: 3, Column: 9, Edits: test.edits}
		if got := report.SpanOf(&m, source); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestSplitTest(t *testing.T) {
	for test, want := range map[string][2]string{
		"TestA":                     {"own", "TestA"},
		"TestA/with.dot/and":        {"own", "TestA/with.dot/and"},
		"example.com/x.TestA":       {"example.com/x", "TestA"},
		"gopkg.in/yaml.v3.TestA":    {"gopkg.in/yaml.v3", "TestA"},
		"example.com/x_test.Fuzz_A": {"example.com/x_test", "Fuzz_A"},
	} {
		if home, name := report.SplitTest("own", test); home != want[0] || name != want[1] {
			t.Errorf("%s is %s of %s, want %s of %s", test, name, home, want[1], want[0])
		}
	}
}
