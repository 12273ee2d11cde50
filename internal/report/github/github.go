// Package github writes what asks for work as workflow commands, which GitHub
// Actions turns into annotations beside the changed lines.
//
// GitHub shows at most ten annotations of a kind for a step, so that survivors
// come first and the last line says how many there are altogether. The summary
// page of a job is package markdown's.
package github

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// shown is how many annotations of a kind GitHub shows for a step.
const shown = 10

// Write writes r.
func Write(w io.Writer, r *report.Report, v report.View) error {
	var out strings.Builder
	survivors(&out, r, v)
	uncovered(&out, r, v)
	for _, failure := range v.Failures {
		command(&out, "error", "title="+property("Mutation gate failed"), failure)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// survivors are warnings, and if there are too many, the last warning says so.
func survivors(out *strings.Builder, r *report.Report, v report.View) {
	source := v.Sources(r)
	list := slices.Concat(r.ByFile(mutant.Survived)...)
	for i, m := range list {
		if i+1 == shown && len(list) > shown {
			command(out, "warning", "title=Mutation testing", fmt.Sprintf("%d of %d survivors are shown; the job's summary has more", i, len(list)))
			return
		}
		span := report.SpanOf(&m.Mutant, source)
		place := fmt.Sprintf("file=%s,line=%d,endLine=%d,", property(v.Path(m.File)), span.Start.Line, span.End.Line)
		command(out, "warning", place+"title="+property("No test notices this change ("+m.Operator+")"),
			report.Change(&m.Mutant, source)+"\n"+m.Cause+": "+m.Reason+"\nevilution-go show "+m.ID)
	}
}

// uncovered names the functions with code that no test executes.
func uncovered(out *strings.Builder, r *report.Report, v report.View) {
	for i, p := range r.NotCovered() {
		if i == shown {
			return
		}
		m := p.Mutants[0]
		command(out, "notice", fmt.Sprintf("file=%s,line=%d,title=%s", property(v.Path(m.File)), m.Line, property("No test executes this code")),
			fmt.Sprintf("%s in %s", report.Count(len(p.Mutants), "mutant"), m.Function))
	}
}

func command(out *strings.Builder, name, properties, message string) {
	fmt.Fprintf(out, "::%s %s::%s\n", name, properties, data(message))
}

// data and property escape what would end a workflow command or its part.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
