package junit_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/junit"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

// write writes r, holds the result against the schema and reads it.
func write(t *testing.T, r *report.Report) node {
	t.Helper()
	var out bytes.Buffer
	v := report.View{Source: sample.Source, Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	if err := junit.Write(&out, r, v); err != nil {
		t.Fatal(err)
	}
	validate(t, out.Bytes())
	var root node
	if err := xml.Unmarshal(out.Bytes(), &root); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestEveryStatusIsACase(t *testing.T) {
	root := write(t, sample.Report())
	if len(root.Children) != 2 {
		t.Fatalf("%d suites, want one for each package with a mutant or a problem", len(root.Children))
	}
	red, calc := root.Children[0], root.Children[1]
	if red.attr("errors") != "1" || red.attr("tests") != "1" {
		t.Errorf("the package whose tests fail: %v", red.Attrs)
	}
	for name, want := range map[string]string{"tests": "10", "failures": "2", "errors": "1", "skipped": "5", "timestamp": "2026-01-02T03:04:05", "id": "1"} {
		if got := calc.attr(name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
	survivor := calc.Children[1]
	failure, ok := survivor.child("failure")
	if !ok || failure.attr("type") != report.CauseAssertion || !strings.Contains(failure.Text, "+\tif a >= b {") {
		t.Errorf("survivor: %+v", survivor)
	}
	if killed := calc.Children[2]; len(killed.Children) != 0 {
		t.Errorf("killed: %+v", killed)
	}
}

func TestWhatXMLCannotHold(t *testing.T) {
	r := sample.Report()
	r.Mutants[0].Reason = "said \x00\x1b[31m]]> & <b>\xff"
	write(t, r)
	write(t, &report.Report{})
}

func TestAcceptedAndStrictTimeouts(t *testing.T) {
	r := sample.Report()
	r.Mutants[0].Accepted = "the fast path"
	r.TimeoutsUndetected = true
	calc := write(t, r).Children[1]
	if skipped, ok := calc.Children[1].child("skipped"); !ok || !strings.HasSuffix(skipped.Text, "the fast path") {
		t.Errorf("accepted: %+v", calc.Children[1])
	}
	if _, ok := calc.Children[4].child("failure"); !ok {
		t.Errorf("a timeout that counts as undetected: %+v", calc.Children[4])
	}
}
