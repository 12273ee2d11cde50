package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// record is what `show` knows of the last run of a module. It holds the sources
// too: the user may have edited them since.
type record struct {
	Report *report.Report `json:"report"`
	// Earlier are mutants of earlier runs that the last one was not asked for, as long
	// as their files read as they did.
	Earlier []*report.Mutant  `json:"earlier,omitempty"`
	Outputs map[string]string `json:"outputs"` // by mutant ID
	Sources map[string]string `json:"sources"` // by path relative to the module's root
}

// source gives the recorded text of a file.
func (r *record) source(file string) ([]byte, error) {
	text, ok := r.Sources[file]
	if !ok {
		return nil, fmt.Errorf("source %s: not recorded", file)
	}
	return []byte(text), nil
}

// cachePath is where the user's cache directory keeps what of the module in dir.
func cachePath(dir, what string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(cache, "evilution-go", hex.EncodeToString(sum[:8]), what), nil
}

// recordPath is where the last run of the module in dir is kept.
func recordPath(dir string) (string, error) { return cachePath(dir, "last.json") }

// saveRecord keeps r as the last run of the module in dir. A reader at the same
// time sees the old record or the new one.
func saveRecord(dir string, r *report.Report, source report.Source) error {
	path, err := recordPath(dir)
	if err != nil {
		return err
	}
	rec := newRecord(r, source)
	if old, err := loadRecord(dir); err == nil && (r.Scope != "" || r.Shard != nil) {
		rec.keep(old, source)
	}
	data, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return replaceFile(path, data)
}

func newRecord(r *report.Report, source report.Source) record {
	rec := record{Report: r, Outputs: make(map[string]string), Sources: make(map[string]string)}
	for _, m := range r.Mutants {
		if len(m.Output) > 0 {
			rec.Outputs[m.ID] = ends(string(m.Output))
		}
		rec.addSources(m.Edits, source)
	}
	return rec
}

// all are the mutants that `show` knows.
func (r *record) all() []*report.Mutant { return slices.Concat(r.Report.Mutants, r.Earlier) }

// keep takes over what old knows of other mutants.
func (r *record) keep(old *record, source report.Source) {
	known := make(map[string]bool)
	for _, m := range r.Report.Mutants {
		known[m.ID] = true
	}
	for _, m := range old.all() {
		if known[m.ID] || !old.holds(m.Edits, source) {
			continue
		}
		r.Earlier = append(r.Earlier, m)
		if output, ok := old.Outputs[m.ID]; ok {
			r.Outputs[m.ID] = output
		}
		r.addSources(m.Edits, source)
	}
}

// holds tells whether the files of edits read as they are recorded.
func (r *record) holds(edits []mutant.Edit, source report.Source) bool {
	return !slices.ContainsFunc(edits, func(e mutant.Edit) bool {
		now, err := source(e.File)
		return err != nil || r.Sources[e.File] != string(now)
	})
}

// addSources keeps the files of edits; one that cannot be read now is left out,
// and `show` says so.
func (r *record) addSources(edits []mutant.Edit, source report.Source) {
	for _, e := range edits {
		if _, kept := r.Sources[e.File]; kept {
			continue
		}
		if data, err := source(e.File); err == nil {
			r.Sources[e.File] = string(data)
		}
	}
}

// ends cuts the middle out of a long output: tests say what failed at the end,
// and a crash says it at the beginning.
func ends(s string) string {
	const head, tail = 4 << 10, 12 << 10
	if len(s) <= head+tail {
		return s
	}
	return fmt.Sprintf("%s\n… %d bytes left out …\n%s", s[:head], len(s)-head-tail, s[len(s)-tail:])
}

// replaceFile writes path through a temporary file beside it.
func replaceFile(path string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".last-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	err = cmp.Or(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}

// loadRecord reads the last run of the module in dir; os.ErrNotExist if there is
// none.
func loadRecord(dir string) (*record, error) {
	path, err := recordPath(dir)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var rec record
	if err := json.Unmarshal(data, &rec); err != nil || rec.Report == nil {
		return nil, fmt.Errorf("read %s: not a record of this version: %w", path, cmp.Or(err, os.ErrInvalid))
	}
	return &rec, nil
}
