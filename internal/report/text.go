package report

import (
	"io"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// TextOptions says how a report is written for people. The zero value writes
// what matters without colours and allows every score.
type TextOptions struct {
	Color   bool
	Verbose bool // every mutant with its diff, not only those that ask for work
	Quiet   bool // only the summary
	// ShowIgnored also lists the mutants that are ignored, with the reasons; they
	// are counted in any case.
	ShowIgnored bool
	Gate        Gate
	Source      Source // nil: DirSource of the report's Dir
}

// WriteText writes r for people: packages that could not be judged, what asks
// for work (survivors with their diffs, code that no test reaches, mutants that
// could not be judged), then the summary. The order is the report's own.
func (r *Report) WriteText(w io.Writer, o TextOptions) error {
	if o.Source == nil {
		o.Source = DirSource(r.Dir)
	}
	p := &page{w: w, color: o.Color}
	if !o.Quiet {
		p.packages(r)
		if o.Verbose {
			p.everyMutant(r, o.Source)
		} else {
			p.survivors(r, o.Source)
			p.notCovered(r)
			p.acceptedOnes(r)
			p.unjudged(r)
			if o.ShowIgnored {
				p.ignored(r, o.Source)
			}
		}
		p.remarks(r)
	}
	p.summary(r, o.Gate)
	return p.err
}

// packages tells which packages could not be judged and what they said.
func (p *page) packages(r *Report) {
	for _, pkg := range r.Packages {
		var what string
		switch pkg.Status {
		case PackageBroken:
			what = "does not compile, without any mutant:"
		case PackageTestsFail:
			what = "fails its tests, without any mutant:"
		default:
			continue
		}
		p.line("%s %s", p.paint(bold, pkg.Path), p.paint(red, what))
		p.indented(pkg.Message, "    ")
		p.line("")
	}
}

func (p *page) everyMutant(r *Report, source Source) {
	for _, m := range r.Mutants {
		p.mutant(m, source)
	}
}

// survivors shows them file by file, and how many a file has where several have
// some.
func (p *page) survivors(r *Report, source Source) {
	files := r.ByFile(mutant.Survived)
	for _, group := range files {
		if len(files) > 1 {
			p.line("%s", p.paint(cyan, "── "+group[0].File+": "+Count(len(group), "survivor")))
			p.line("")
		}
		for _, m := range group {
			p.mutant(m, source)
		}
	}
}

// notCovered names the functions that hold code which no test executes. One line
// a function is enough: what is missing is a test, whatever the change.
func (p *page) notCovered(r *Report) {
	places := r.NotCovered()
	if len(places) == 0 {
		return
	}
	p.line("%s", p.paint(bold, "No test executes"))
	for _, place := range places {
		first := place.Mutants[0]
		p.line("    %s:%d  %s  %s", first.File, first.Line, first.Function, p.paint(dim, Count(len(place.Mutants), "mutant")))
	}
	p.line("")
}

// acceptedOnes lists what no test notices and somebody accepted, with the reason.
func (p *page) acceptedOnes(r *Report) {
	for _, m := range r.Mutants {
		if m.Accepted != "" {
			p.heading(m)
			p.line("    %s, accepted: %s", m.Status, m.Accepted)
		}
	}
	if r.Summary.Accepted > 0 {
		p.line("")
	}
}

// unjudged lists the mutants without a verdict that are not simply waiting.
func (p *page) unjudged(r *Report) {
	for _, m := range r.Mutants {
		if m.Status == mutant.Error || m.Status == mutant.Flaky {
			p.heading(m)
			p.line("    %s: %s", p.paint(yellow, string(m.Status)), m.Reason)
			p.line("")
		}
	}
}

// ignored lists the mutants that are not judged because they teach nothing, or
// because somebody said so.
func (p *page) ignored(r *Report, source Source) {
	any := false
	for _, m := range r.Mutants {
		if m.Status != mutant.Ignored {
			continue
		}
		if !any {
			p.line("%s", p.paint(bold, "Ignored"))
		}
		any = true
		p.line("    %s  %s  %s  (%s)", position(m), m.Operator, Change(&m.Mutant, source), m.Reason)
	}
	if any {
		p.line("")
	}
}

// remarks are the tests that judge nothing and the notes of the session.
func (p *page) remarks(r *Report) {
	for _, t := range r.SetAside {
		p.line("set aside: %s in %s: %s", t.Test, t.Package, t.Reason)
	}
	for _, note := range r.Notes {
		p.line("note: %s", note)
	}
	if len(r.SetAside)+len(r.Notes) > 0 {
		p.line("")
	}
}

// mutant writes one mutant: where, the change as a diff, the verdict and who
// looked.
func (p *page) mutant(m *Mutant, source Source) {
	p.heading(m)
	p.change(m, source)
	p.line("    %s", p.verdict(m))
	if who := ran(m, 6); who != "" {
		p.line("    %s", who)
	}
	p.line("")
}

// change writes the diff of a mutant, or its edit in short where the file is not
// what it was, and the imports that come with it.
func (p *page) change(m *Mutant, source Source) {
	diff, err := Diff(&m.Mutant, source)
	if err != nil {
		diff = Change(&m.Mutant, source) + "  (" + err.Error() + ")\n"
	}
	p.diff(diff)
	for _, need := range m.Imports {
		p.line("    with import %s", need.Spec)
	}
}

// heading is the line that names a mutant.
func (p *page) heading(m *Mutant) {
	where := ""
	if m.Function != "" {
		where = " in " + m.Function
	}
	p.line("%s  %s%s  %s", p.paint(bold, position(m)), m.Operator, where, p.paint(dim, m.ID))
}

// verdict is the status, its kind and the reason.
func (p *page) verdict(m *Mutant) string {
	status := string(m.Status)
	if m.Cause != "" {
		status += " (" + m.Cause + ")"
	}
	c := green
	switch {
	case m.Status.Undetected():
		c = red
	case !m.Status.Detected():
		c = yellow
	}
	text := p.paint(c, status)
	if m.Reason != "" {
		text += ": " + m.Reason
	}
	if m.Accepted != "" {
		text += "; accepted: " + m.Accepted
	}
	return text
}

// ran says which tests looked at m, at most limit of them by name.
func ran(m *Mutant, limit int) string {
	var parts []string
	if len(m.TestsRun) > 0 {
		parts = append(parts, "ran: "+some(m.TestsRun, limit))
	} else if len(m.TestsReaching) > 0 {
		parts = append(parts, "reached by: "+some(m.TestsReaching, limit))
	}
	if m.KilledBy != "" {
		parts = append(parts, "killed by: "+m.KilledBy)
	}
	return strings.Join(parts, "; ")
}
