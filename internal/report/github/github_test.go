package github_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/github"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

func write(t *testing.T, r *report.Report, v report.View) []string {
	t.Helper()
	var out bytes.Buffer
	v.Source = sample.Source
	if err := github.Write(&out, r, v); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func TestAnnotations(t *testing.T) {
	got := write(t, sample.Report(), report.View{Prefix: "api,v2", Failures: []string{"the score of 50.0 % is too low"}})
	want := []string{
		"::warning file=api%2Cv2/calc.go,line=5,endLine=5,title=No test notices this change (comparison_boundary)::if a > b { → if a >= b {%0Anot observed: TestMax ran and no assertion noticed%0Aevilution-go show m1",
		"::notice file=api%2Cv2/calc.go,line=12,title=No test executes this code::1 mutant in Unused",
		"::error title=Mutation gate failed::the score of 50.0 %25 is too low",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// GitHub drops what is more than ten; the last warning must say so and not be
// dropped itself without a trace.
func TestManySurvivors(t *testing.T) {
	r := &report.Report{}
	for i := range 25 {
		m := sample.Change(fmt.Sprint(i), "arithmetic", "Unused", "1 + 2", "1 - 2")
		m.Status = mutant.Survived
		r.Mutants = append(r.Mutants, &report.Mutant{Mutant: m})
	}
	got := write(t, r, report.View{})
	if len(got) != 10 || !strings.Contains(got[9], "9 of 25 survivors") {
		t.Errorf("%d lines, the last is %q", len(got), got[len(got)-1])
	}
}
