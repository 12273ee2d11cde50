package html_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/html"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

const cart = `// Package cart adds up.
package cart

// Total is what n pieces cost.
func Total(pieces []int) (sum int) {
	for _, n := range pieces {
		if n > 0 { // <b>&amp;</b> </script>
			sum += n
		}
	}
	return sum
}
`

const price = "package price\n\n/* two\nlines */ const text = `raw\n// no comment`\n\nfunc Half(n int) int { return n / 2 }\n"

// shop is a small report on two packages, and its sources.
func shop() (*report.Report, report.Source) {
	files := map[string]string{"cart/cart.go": cart, "price/price.go": price}
	source := func(file string) ([]byte, error) {
		if text, ok := files[file]; ok {
			return []byte(text), nil
		}
		return nil, os.ErrNotExist
	}
	at := func(id, file, function, operator, original, replacement string, status mutant.Status) *report.Mutant {
		text := files[file]
		offset := strings.Index(text, original)
		return &report.Mutant{Mutant: mutant.Mutant{
			ID: id, Package: "example.com/shop/" + file[:strings.Index(file, "/")], File: file, Function: function, Operator: operator, Status: status,
			Line: 1 + strings.Count(text[:offset], "\n"), Column: offset - strings.LastIndex(text[:offset], "\n"),
			Edits: []mutant.Edit{{File: file, Offset: offset, Original: original, Replacement: replacement}},
		}}
	}
	survivor := at("survivor", "cart/cart.go", "Total", "comparison_boundary", "n > 0", "n >= 0", mutant.Survived)
	survivor.Cause, survivor.Reason = report.CauseInfection, "TestTotal executes it, but it never made a difference there: an input is missing"
	survivor.TestsReaching = []string{"TestTotal", "example.com/shop.TestOrder"}
	killed := at("killed", "cart/cart.go", "Total", "condition_false", "n > 0", "false", mutant.Killed)
	killed.Cause, killed.KilledBy, killed.TestsRun, killed.TestsReaching = report.CauseTest, "TestTotal", []string{"TestTotal"}, []string{"TestTotal"}
	killed.Output, killed.Reason, killed.DurationMS = []byte("--- FAIL: TestTotal\n    cart_test.go:9: 0, want 3\n"), "TestTotal failed", 12
	timeout := at("timeout", "cart/cart.go", "Total", "return_value", "return sum", "return 0", mutant.Timeout)
	timeout.Cause = report.CauseIterations
	uncovered := at("uncovered", "price/price.go", "Half", "arithmetic", "n / 2", "n * 2", mutant.NotCovered)
	uncovered.Cause, uncovered.Reason = report.CauseReach, "no test executes it"
	equal := at("equal", "price/price.go", "Half", "constant", "2 }", "02 }", mutant.Equivalent)
	r := &report.Report{
		Complete: true, Module: "example.com/shop", GoVersion: "go1.26.0", Tool: report.Tool{Name: "evilution-go", Version: "v0.1.0"},
		Packages: []report.Package{{Path: "example.com/shop/red", Status: report.PackageTestsFail, Message: "--- FAIL: TestRed"}},
		Mutants:  []*report.Mutant{survivor, killed, timeout, uncovered, equal},
	}
	r.Summarize()
	return r, source
}

// large is a report of n mutants in files of 200, with the tests and outputs that
// such a module has.
func large(n int) (*report.Report, report.Source) {
	statuses := []mutant.Status{mutant.Killed, mutant.Killed, mutant.Killed, mutant.Survived, mutant.Killed, mutant.NotCovered, mutant.Timeout, mutant.Killed}
	line := "func F(a, b int) bool { return a < b } // a line as long as most of them are\n"
	text := []byte("package large\n" + strings.Repeat(line, 400))
	r := &report.Report{Complete: true, Module: "example.com/large", Tool: report.Tool{Name: "evilution-go"}}
	for i := range n {
		file := fmt.Sprintf("p%02d/f%d.go", i/2000, i/200)
		at := len("package large\n") + (i%200)*2*len(line) + strings.Index(line, "a < b")
		m := &report.Mutant{Mutant: mutant.Mutant{
			ID: fmt.Sprintf("m%05d", i), Package: fmt.Sprintf("example.com/large/p%02d", i/2000), File: file, Line: 2 + (i%200)*2, Column: 32,
			Function: "F", Operator: []string{"comparison_boundary", "condition_false", "arithmetic"}[i%3], Status: statuses[i%len(statuses)],
			Reason: fmt.Sprintf("TestNumber%d executes it, and no assertion noticed", i%500),
			Edits:  []mutant.Edit{{File: file, Offset: at, Original: "a < b", Replacement: "a <= b"}},
		}}
		for t := range 20 {
			m.TestsReaching = append(m.TestsReaching, fmt.Sprintf("TestNumber%d", (i/10+t)%500))
		}
		m.Output = []byte("--- FAIL: TestNumber\n    large_test.go:17: got true, want false\n")
		r.Mutants = append(r.Mutants, m)
	}
	r.Summarize()
	return r, func(string) ([]byte, error) { return text, nil }
}

// data is what the page holds as JSON.
func data(t *testing.T, r *report.Report, v report.View) html.Delta {
	t.Helper()
	var out bytes.Buffer
	if err := html.Write(&out, r, v); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(out.String(), `<script type="application/json" id="data">`)
	text, _, _ := strings.Cut(rest, "</script>")
	var d html.Delta
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return d
}

func TestEveryStatusIsOnThePage(t *testing.T) {
	d := data(t, sample.Report(), report.View{Source: sample.Source})
	if len(d.Mutants) != 10 || len(d.Files) != 1 || d.Files[0].Text == "" {
		t.Errorf("%d mutants and %d files", len(d.Mutants), len(d.Files))
	}
	first := d.Mutants[0]
	if first.At != 5 || first.Deleted != 1 || len(first.Added) != 1 || first.Added[0] != "\tif a >= b {" {
		t.Errorf("the first change is %+v", first)
	}
	if d.Strings[first.Operator] != "comparison_boundary" || d.Strings[d.Sets[first.Reaching][0]] != "TestMax" {
		t.Errorf("numbers lead astray: %+v", first)
	}
	block := d.Mutants[3] // a block of three lines becomes one of two
	if block.At != 6 || block.Deleted != 1 || len(block.Added) != 0 {
		t.Errorf("the block that loses its statement: %+v", block)
	}
}

func TestSourceThatIsGone(t *testing.T) {
	gone := func(string) ([]byte, error) { return nil, errors.New("gone") }
	d := data(t, sample.Report(), report.View{Source: gone})
	if d.Files[0].Text != "" || d.Mutants[0].At != 0 || d.Mutants[0].Diff != "a > b → a >= b" {
		t.Errorf("%+v", d.Mutants[0])
	}
}

func TestEditsOfTwoFiles(t *testing.T) {
	r, source := shop()
	m := r.Mutants[0]
	m.Edits = append(m.Edits, mutant.Edit{File: "price/price.go", Offset: strings.Index(price, "n / 2"), Original: "n / 2", Replacement: "n"})
	r.Mutants = r.Mutants[:1]
	d := data(t, r, report.View{Source: source})
	if diff := d.Mutants[0].Diff; !strings.Contains(diff, "+++ b/cart/cart.go") || !strings.Contains(diff, "+++ b/price/price.go") {
		t.Errorf("diff:\n%s", diff)
	}
}

func TestOutputIsBounded(t *testing.T) {
	r, source := large(6000)
	for _, m := range r.Mutants {
		m.Output = bytes.Repeat([]byte("x"), 10_000)
	}
	var out bytes.Buffer
	if err := html.Write(&out, r, report.View{Source: source}); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 12<<20 {
		t.Errorf("the page has %d bytes", out.Len())
	}
}
