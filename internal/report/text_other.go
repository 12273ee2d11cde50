package report

import (
	"fmt"
	"io"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// position is file:line:column.
func position(m *Mutant) string {
	return fmt.Sprintf("%s:%d:%d", m.File, m.Line, m.Column)
}

// WriteList writes the mutants of a report of which nothing was run: a line
// each, or each with its diff. Those that are ignored are counted, and listed only
// if o says so.
func (r *Report) WriteList(w io.Writer, diffs bool, o TextOptions) error {
	if o.Source == nil {
		o.Source = DirSource(r.Dir)
	}
	p := &page{w: w, color: o.Color}
	p.packages(r)
	hidden := 0
	for _, m := range r.Mutants {
		if m.Status == mutant.Ignored && !o.ShowIgnored {
			hidden++
			continue
		}
		if diffs {
			p.heading(m)
			p.change(m, o.Source)
			p.line("")
			continue
		}
		p.line("%s  %s  %s  %s  %s%s", m.ID, position(m), m.Operator, m.Function, Change(&m.Mutant, o.Source), unusual(m))
	}
	p.remarks(r)
	total := Count(r.Summary.Total, "mutant")
	if hidden > 0 {
		total += fmt.Sprintf(", %d of them ignored (--show-ignored lists them)", hidden)
	}
	p.line("%s", p.paint(bold, total))
	return p.err
}

// unusual marks a listed mutant that would not be run.
func unusual(m *Mutant) string {
	if m.Status == "" || m.Status == mutant.Pending {
		return ""
	}
	return fmt.Sprintf("  (%s: %s)", m.Status, m.Reason)
}

// WriteStory writes all that is known about one mutant: its diff, the verdict
// with its reason, the tests, and what the deciding process printed.
func (m *Mutant) WriteStory(w io.Writer, o TextOptions) error {
	p := &page{w: w, color: o.Color}
	p.heading(m)
	p.change(m, o.Source)
	p.line("")
	p.line("%s", p.verdict(m))
	p.names("loop", []string{m.Loop})
	p.names("killed by", []string{m.KilledBy})
	p.names("tests that ran", m.TestsRun)
	p.names("tests that reach it", m.TestsReaching)
	if m.DurationMS > 0 {
		p.line("took %s", duration(m.DurationMS))
	}
	if len(m.Output) > 0 {
		p.line("output:")
		p.indented(string(m.Output), "    ")
	}
	return p.err
}

// names writes a titled list, a name a line, nothing for an empty one.
func (p *page) names(title string, names []string) {
	if len(names) == 0 || names[0] == "" {
		return
	}
	p.line("%s:", title)
	for _, name := range names {
		p.line("    %s", name)
	}
}

// WriteText writes v for people: both stories of every disagreement, then the
// count.
func (v *Verification) WriteText(w io.Writer, o TextOptions) error {
	if o.Source == nil {
		o.Source = DirSource(v.Dir)
	}
	p := &page{w: w, color: o.Color}
	for _, c := range v.made() {
		if c.Agree && !o.Verbose {
			continue
		}
		p.check(c, o.Source)
	}
	for _, note := range v.Notes {
		p.line("note: %s", note)
	}
	p.line("%s", p.verified(v))
	return p.err
}

func (p *page) check(c Check, source Source) {
	p.mutant(c.Mutant, source)
	color := green
	if !c.Agree {
		color = red
	}
	p.line("    plain rebuild: %s: %s", p.paint(color, string(c.Plain.Status)), c.Plain.Reason)
	if c.Plain.KilledBy != "" {
		p.line("    killed by: %s", c.Plain.KilledBy)
	}
	if !c.Agree {
		p.indented(c.Plain.Output, "        ")
	}
	if c.Class != "" {
		p.line("    %s: %s", p.paint(yellow, string(c.Class)), c.Why)
	}
	if c.Reproduce != nil {
		p.line("    again, in the module's root, the plain side and then ours:")
		for _, command := range slices.Concat(c.Reproduce.Plain, c.Reproduce.Tool) {
			p.line("        %s", command)
		}
	}
	p.line("")
}

// verified is the closing line of a verification.
func (p *page) verified(v *Verification) string {
	text := fmt.Sprintf("%d of %s checked (seed %d): ", len(v.made()), Count(v.Decided, "decided mutant"), v.Seed)
	bad := v.Disagreements()
	switch {
	case bad > 0:
		return p.paint(red, text+Count(bad, "disagreement"))
	case !v.Complete:
		return p.paint(yellow, text+"incomplete")
	}
	return p.paint(green, text+"all agree")
}
