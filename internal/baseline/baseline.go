// Package baseline keeps the survivors that somebody has looked at and accepted,
// with a reason each, in a file that is checked in.
//
// An entry holds the id of a mutant, which has no line number in it and stays as
// it is when the code around it changes. Everything else in an entry is for those
// who read the file. The file is rewritten as a whole, in a stable order, so that
// a change of one entry is a change of its lines; comments in it are not kept.
//
// The package owns no goroutine. A File belongs to one goroutine at a time.
package baseline

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/evilution-go/evilution-go/internal/strictyaml"
)

// Name is what the file is called, in the module's root.
const Name = ".evilution-baseline.yml"

// version changes when old files would be misread.
const version = 1

// head stands above every file.
const head = `# Mutants that no test notices and that were accepted, each with its reason.
# evilution-go accept ID --reason "…" adds one; evilution-go run --update-baseline
# adds all that survive and drops those that are gone.
`

// File are the accepted mutants of a module.
type File struct {
	Version  int     `yaml:"version"`
	Accepted []Entry `yaml:"accepted"`
}

// Entry is one accepted mutant.
type Entry struct {
	ID       string `yaml:"id"`
	Package  string `yaml:"package"`
	Function string `yaml:"function,omitempty"`
	Operator string `yaml:"operator"`
	Change   string `yaml:"change,omitempty"`
	Reason   string `yaml:"reason"`
}

// Read reads the file at path; one that does not exist accepts nothing.
func Read(path string) (*File, error) {
	f := &File{Version: version}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	if err := strictyaml.Decode(filepath.Base(path), text, f); err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	return f, f.check(filepath.Base(path))
}

// check finds entries that cannot be meant.
func (f *File) check(name string) error {
	if f.Version != version {
		return fmt.Errorf("read baseline: %s: it has version %d, and this program knows version %d", name, f.Version, version)
	}
	seen := make(map[string]bool)
	for i, e := range f.Accepted {
		switch {
		case e.ID == "":
			return fmt.Errorf("read baseline: %s: entry %d has no id", name, i+1)
		case strings.TrimSpace(e.Reason) == "":
			return fmt.Errorf("read baseline: %s: %s has no reason", name, e.ID)
		case seen[e.ID]:
			return fmt.Errorf("read baseline: %s: %s stands there twice", name, e.ID)
		}
		seen[e.ID] = true
	}
	return nil
}

// Put adds an entry, or takes the place of the one with its id.
func (f *File) Put(e Entry) {
	if i := slices.IndexFunc(f.Accepted, func(old Entry) bool { return old.ID == e.ID }); i >= 0 {
		f.Accepted[i] = e
		return
	}
	f.Accepted = append(f.Accepted, e)
}

// Find returns the entry with an id.
func (f *File) Find(id string) (Entry, bool) {
	i := slices.IndexFunc(f.Accepted, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return f.Accepted[i], true
}

// Write stores f at path: by package, function, operator and id.
func (f *File) Write(path string) error {
	sorted := *f
	sorted.Accepted = slices.SortedFunc(slices.Values(f.Accepted), func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Function, b.Function), cmp.Compare(a.Operator, b.Operator), cmp.Compare(a.ID, b.ID))
	})
	text := bytes.NewBufferString(head)
	if err := yaml.NewEncoder(text, yaml.IndentSequence(true)).Encode(sorted); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o666); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	return nil
}
