package html

import (
	_ "embed"
	"encoding/json"
	"io"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

//go:embed page.html
var page string

//go:embed style.css
var style string

//go:embed model.js
var model string

//go:embed dom.js
var dom string

//go:embed overview.js
var overview string

//go:embed list.js
var list string

//go:embed file.js
var file string

//go:embed main.js
var script string

// Head is what the page says about the session as a whole.
type Head struct {
	Module   string            `json:"module"`
	Tool     string            `json:"tool"`
	Go       string            `json:"go,omitempty"`
	Time     string            `json:"time,omitempty"`
	Live     bool              `json:"live,omitempty"` // more comes from the address "events"
	Complete bool              `json:"complete"`
	Score    string            `json:"score,omitempty"` // as people read it
	Covered  string            `json:"covered,omitempty"`
	Statuses []mutant.Status   `json:"statuses"`
	Detected []mutant.Status   `json:"detected"` // those of Statuses that count as detected
	Missed   []mutant.Status   `json:"missed"`   // and as undetected
	Scope    string            `json:"scope,omitempty"`
	Stopped  string            `json:"stopped,omitempty"`
	Failures []string          `json:"failures,omitempty"`
	Packages []report.Package  `json:"packages,omitempty"` // that could not be judged
	SetAside []report.SetAside `json:"set_aside,omitempty"`
	Notes    []string          `json:"notes,omitempty"`
}

// HeadOf sums up r.
func HeadOf(r *report.Report, v report.View) *Head {
	h := &Head{
		Module: r.Module, Tool: strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version), Go: r.GoVersion, Complete: r.Complete,
		Score: report.Percent(r.Summary.Score), Covered: report.Percent(r.Summary.CoveredScore),
		Statuses: mutant.Statuses(), Scope: r.Scope, Stopped: r.Stopped, Failures: v.Failures, SetAside: r.SetAside, Notes: r.Notes,
	}
	if !v.Time.IsZero() {
		h.Time = v.Time.Format("2006-01-02 15:04")
	}
	for _, s := range h.Statuses {
		switch one := (&report.Mutant{Mutant: mutant.Mutant{Status: s}}); {
		case r.Undetected(one):
			h.Missed = append(h.Missed, s)
		case s.Detected():
			h.Detected = append(h.Detected, s)
		}
	}
	for _, p := range r.Packages {
		if p.Status == report.PackageBroken || p.Status == report.PackageTestsFail {
			h.Packages = append(h.Packages, p)
		}
	}
	return h
}

// Write writes r as a page.
func Write(w io.Writer, r *report.Report, v report.View) error {
	e := NewEncoder(v.Sources(r))
	for _, m := range r.Mutants {
		e.Add(m)
	}
	d := e.Take()
	d.Head = HeadOf(r, v)
	return WriteDelta(w, d)
}

// WriteDelta writes a page that begins with d.
func WriteDelta(w io.Writer, d Delta) error {
	data, err := json.Marshal(d) // writes < as an escape, so that no text can end the script element
	if err != nil {
		return err
	}
	title := "mutants"
	if d.Head != nil && d.Head.Module != "" {
		title = "mutants of " + d.Head.Module
	}
	fill := strings.NewReplacer(
		"{{TITLE}}", strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace(title),
		"{{STYLE}}", style,
		"{{DATA}}", string(data),
		"{{SCRIPT}}", model+dom+overview+list+file+script,
	)
	_, err = fill.WriteString(w, page)
	return err
}
