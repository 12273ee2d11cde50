// Package markdown writes a report for a pull request or a job's summary page:
// the numbers, what the gate objects to, and every survivor with its diff, folded
// away file by file. It is GitHub's Markdown, which GitLab and Gitea show too.
package markdown

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// limit is how many bytes of survivors are written. Services refuse comments of
// more than 65,536 characters and summaries of more than 1 MiB.
const limit = 50_000

// Write writes r.
func Write(w io.Writer, r *report.Report, v report.View) error {
	var out strings.Builder
	headline(&out, r, v)
	numbers(&out, r)
	survivors(&out, r, v)
	notCovered(&out, r)
	_, err := io.WriteString(w, out.String())
	return err
}

// headline is one line that says it all, and what stands against it.
func headline(out *strings.Builder, r *report.Report, v report.View) {
	s := r.Summary
	open := 0
	for _, group := range r.ByFile(mutant.Survived) {
		open += len(group)
	}
	switch {
	case s.Total == 0 && r.Complete:
		fmt.Fprint(out, "### Mutation testing: nothing to mutate\n\n")
	case open == 0:
		fmt.Fprintf(out, "### Mutation testing: no survivors, score %s %%\n\n", report.Percent(s.Score))
	default:
		fmt.Fprintf(out, "### Mutation testing: %s that no test notices, score %s %%\n\n", report.Count(open, "change"), report.Percent(s.Score))
	}
	if r.Scope != "" {
		fmt.Fprintf(out, "Scope: %s\n\n", escape(r.Scope))
	}
	for _, failure := range v.Failures {
		fmt.Fprintf(out, "- :x: **Gate failed**: %s\n", escape(failure))
	}
	if !r.Complete && r.Stopped == "" {
		fmt.Fprintf(out, "- :warning: **Incomplete**: %s without a verdict\n", report.Count(s.ByStatus[mutant.Pending], "mutant"))
	}
	for _, p := range r.Packages {
		if p.Status == report.PackageBroken || p.Status == report.PackageTestsFail {
			fmt.Fprintf(out, "- :warning: **Not judged**: `%s` (%s)\n", p.Path, strings.ReplaceAll(string(p.Status), "_", " "))
		}
	}
	if len(v.Failures) > 0 || !r.Complete || r.TestsFail() {
		out.WriteString("\n")
	}
}

// numbers is a table of the statuses that occur.
func numbers(out *strings.Builder, r *report.Report) {
	if r.Summary.Total == 0 {
		return
	}
	out.WriteString("| status | mutants |\n|---|---:|\n")
	for _, s := range mutant.Statuses() {
		if n := r.Summary.ByStatus[s]; n > 0 {
			fmt.Fprintf(out, "| %s | %d |\n", s, n)
		}
	}
	fmt.Fprintf(out, "| **all** | **%d** |\n\n", r.Summary.Total)
	if r.Summary.Accepted > 0 {
		fmt.Fprintf(out, "Of these, %s accepted in the baseline.\n\n", report.Count(r.Summary.Accepted, "mutant"))
	}
}

// survivors lists them by file until limit is reached.
func survivors(out *strings.Builder, r *report.Report, v report.View) {
	source := v.Sources(r)
	left := 0
	for _, group := range r.ByFile(mutant.Survived) {
		if left > 0 {
			left += len(group)
			continue
		}
		var text strings.Builder
		for _, m := range group {
			survivor(&text, m, source)
		}
		if out.Len()+text.Len() > limit {
			left = len(group)
			continue
		}
		fmt.Fprintf(out, "<details><summary><code>%s</code>: %s</summary>\n\n%s</details>\n\n",
			html.EscapeString(group[0].File), report.Count(len(group), "survivor"), &text)
	}
	if left > 0 {
		fmt.Fprintf(out, "%s not shown here.\n\n", report.Count(left, "more survivor"))
	}
}

func survivor(out *strings.Builder, m *report.Mutant, source report.Source) {
	diff, err := report.Diff(&m.Mutant, source)
	if err != nil {
		diff = report.Change(&m.Mutant, source) + "\n"
	}
	mark := fence(diff)
	fmt.Fprintf(out, "**Line %d**, %s in `%s` (`%s`)\n\n%sdiff\n%s%s\n\n%s: %s\n\n",
		m.Line, escape(m.Operator), m.Function, m.ID, mark, report.Hunks(diff), mark, escape(m.Cause), escape(m.Reason))
}

// notCovered counts the mutants that no test executes, by function.
func notCovered(out *strings.Builder, r *report.Report) {
	places := r.NotCovered()
	if len(places) == 0 {
		return
	}
	fmt.Fprintf(out, "<details><summary>%s with code that no test executes</summary>\n\n", report.Count(len(places), "function"))
	for i, p := range places {
		if out.Len() > limit {
			fmt.Fprintf(out, "- and %d more\n", len(places)-i)
			break
		}
		fmt.Fprintf(out, "- `%s:%d` `%s`, %s\n", p.Mutants[0].File, p.Mutants[0].Line, p.Mutants[0].Function, report.Count(len(p.Mutants), "mutant"))
	}
	out.WriteString("\n</details>\n")
}

// fence is a run of backticks longer than any in text.
func fence(text string) string {
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	return mark
}

// escape keeps text from being read as markup.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "<", "&lt;", "&", "&amp;", "\n", " ").Replace(text)
}
