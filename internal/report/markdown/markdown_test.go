package markdown_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/internal/report/markdown"
	"github.com/evilution-go/evilution-go/internal/report/sample"
)

var update = flag.Bool("update", false, "write the golden file")

func write(t *testing.T, r *report.Report, v report.View) string {
	t.Helper()
	var out bytes.Buffer
	v.Source = sample.Source
	if err := markdown.Write(&out, r, v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestReport(t *testing.T) {
	const path = "testdata/report.md"
	got := write(t, sample.Report(), report.View{Failures: []string{"the score of 50.0 % is below the minimum of 90 %"}})
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update after looking. Got:\n%s", path, got)
	}
}

func TestNothingToMutate(t *testing.T) {
	if got := write(t, &report.Report{Complete: true}, report.View{}); got != "### Mutation testing: nothing to mutate\n\n" {
		t.Errorf("wrote %q", got)
	}
}

// Services refuse what is too long: whole files are left out and counted.
func TestTooMuch(t *testing.T) {
	r := &report.Report{Complete: true}
	for i := range 3000 {
		m := sample.Change(fmt.Sprint(i), "arithmetic", "Unused", "1 + 2", "1 - 2")
		m.Status, m.File, m.Edits[0].File = mutant.Survived, fmt.Sprintf("f%d.go", i%300), fmt.Sprintf("f%d.go", i%300)
		m.Function = "F`" + fmt.Sprint(i)
		r.Mutants = append(r.Mutants, &report.Mutant{Mutant: m})
	}
	r.Summarize()
	got := write(t, r, report.View{})
	if len(got) > 65_536 || !strings.Contains(got, "more survivors not shown here") {
		t.Errorf("wrote %d bytes, ending %q", len(got), got[len(got)-200:])
	}
}
