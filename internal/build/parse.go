package build

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
)

// Status says what became of one package.
type Status int

const (
	Unknown     Status = iota // the go command ended before it was decided
	Built                     // Binary is in the store
	NoTests                   // it compiles and has no test files
	BuildFailed               // it, its tests or something they import does not compile
	SetupFailed               // an import cannot be resolved, or the like
	CopyFailed                // the copier failed
)

func (s Status) String() string {
	return [...]string{"unknown", "built", "no tests", "build failed", "setup failed", "copy failed"}[s]
}

// Result is what the go command said of one package.
type Result struct {
	Path   string // import path
	Status Status
	Binary string // path in the store, if Built
	Cached bool   // if Built: it was neither linked nor copied
	Words  string // the compiler's, go's or the copier's, if anything failed
}

// event is a line of `go test -json` (go doc test2json, go help buildjson).
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Output      string
	FailedBuild string
}

// Parse reads the combined output of the go command of Command, with the same
// store. Results are in the order in which go began with the packages. What
// belongs to no package (a pattern that matches nothing, a broken go.mod) is in
// rest. Lines that were cut off or mixed up never fail: they end up in rest, and
// their package without a decision stays Unknown.
func Parse(store string, output []byte) (results []Result, rest string) {
	p := parser{store: store, at: make(map[string]int), builds: make(map[string]*strings.Builder)}
	var other strings.Builder
	for line := range bytes.Lines(output) {
		var e event
		if json.Unmarshal(line, &e) != nil || e.Action == "" {
			other.Write(line)
			continue
		}
		p.event(e)
	}
	return p.results, other.String()
}

type parser struct {
	store   string
	results []Result
	at      map[string]int              // import path to index of results
	builds  map[string]*strings.Builder // output of compilations, by what go calls them
}

func (p *parser) event(e event) {
	if e.Action == "build-output" {
		b := p.builds[e.ImportPath]
		if b == nil {
			b = new(strings.Builder)
			p.builds[e.ImportPath] = b
		}
		b.WriteString(e.Output)
	}
	if e.Package == "" {
		return
	}
	r := p.result(e.Package)
	switch e.Action {
	case "output":
		p.output(r, e.Output)
	case "skip":
		r.Status, r.Words = NoTests, ""
	case "pass":
		p.passed(r)
	case "fail":
		p.failed(r, e.FailedBuild)
	}
}

func (p *parser) result(path string) *Result {
	i, ok := p.at[path]
	if !ok {
		i = len(p.results)
		p.at[path] = i
		p.results = append(p.results, Result{Path: path})
	}
	return &p.results[i]
}

// output takes what the copier, or go in its place, printed for a package.
func (p *parser) output(r *Result, text string) {
	if name, ok := strings.CutPrefix(text, announcement); ok {
		r.Binary = filepath.Join(p.store, format, filepath.Base(strings.TrimSpace(name)))
		return
	}
	r.Cached = strings.HasPrefix(text, "ok  \t") && strings.Contains(text, "\t(cached)")
	r.Words += text
}

// passed decides a package whose copier ended well, or that has no tests.
func (p *parser) passed(r *Result) {
	switch {
	case r.Binary != "":
		r.Status, r.Words = Built, ""
	case strings.Contains(r.Words, "[no test files]"):
		r.Status, r.Words = NoTests, ""
	default:
		r.Status = CopyFailed
	}
}

// failed decides a package that has no binary, and finds the words for it.
func (p *parser) failed(r *Result, build string) {
	switch {
	case strings.Contains(r.Words, "[setup failed]"):
		r.Status = SetupFailed
	case build != "" || strings.Contains(r.Words, "[build failed]"):
		r.Status = BuildFailed
	default:
		r.Status = CopyFailed
	}
	r.Binary = ""
	if b := p.builds[build]; b != nil {
		r.Words = b.String()
	}
}
