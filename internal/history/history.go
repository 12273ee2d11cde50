// Package history remembers, from one session to the next, which test noticed
// each mutant, and which tests were flaky. The killers only order the tests of the
// next session, they never decide anything; a flaky test stays out of it, so that
// what one session has found out by chance the next one need not. A file that is
// missing, damaged or of another version is an empty history.
//
// The file is JSON. It is replaced as a whole, so that a reader never sees half
// of it; of two sessions that end at once the later one's memory stays. The
// package owns no goroutine.
package history

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
)

// version changes when old files would be misread.
const version = 1

// Killer is a test that noticed a mutant.
type Killer struct {
	Binary string `json:"binary"` // import path of the package whose tests it belongs to
	Test   string `json:"test"`
}

// History maps packages to their mutants' ids to killers, and to their flaky tests. The zero value is
// empty and may be read.
type History struct {
	packages map[string]map[string]Killer
	flaky    map[string]map[string]Flaky
}

// file is how a History is stored.
type file struct {
	Version  int                          `json:"version"`
	Packages map[string]map[string]Killer `json:"packages"`
	Flaky    map[string]map[string]Flaky  `json:"flaky,omitempty"`
}

// Read returns what the file at path remembers, which is nothing if it cannot be
// read or understood.
func Read(path string) History {
	text, err := os.ReadFile(path)
	if err != nil {
		return History{}
	}
	var f file
	if json.Unmarshal(text, &f) != nil || f.Version != version {
		return History{}
	}
	return History{packages: f.Packages, flaky: f.Flaky}
}

// Killer returns the test that noticed the mutant with the given id in package
// pkg when it was last judged.
func (h History) Killer(pkg, id string) (Killer, bool) {
	k, ok := h.packages[pkg][id]
	return k, ok
}

// Replace returns a history in which the given packages have the given killers,
// by mutant id, and nothing else; other packages stay as they are in h.
func (h History) Replace(packages map[string]map[string]Killer) History {
	all := make(map[string]map[string]Killer, len(h.packages)+len(packages))
	for pkg, killers := range h.packages {
		all[pkg] = killers
	}
	for pkg, killers := range packages {
		all[pkg] = killers
	}
	return History{packages: all, flaky: h.flaky}
}

// Update returns a history that knows the given killers on top of what h knows.
func (h History) Update(packages map[string]map[string]Killer) History {
	merged := make(map[string]map[string]Killer, len(packages))
	for pkg, killers := range packages {
		merged[pkg] = make(map[string]Killer, len(killers))
		maps.Copy(merged[pkg], h.packages[pkg])
		maps.Copy(merged[pkg], killers)
	}
	return h.Replace(merged)
}

// Write stores h at path, whose directory is made if need be.
func (h History) Write(path string) error {
	text, err := json.Marshal(file{Version: version, Packages: h.packages, Flaky: h.flaky})
	if err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	f, err := os.CreateTemp(dir, ".history-*")
	if err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	_, err = f.Write(text)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write history: %w", err)
	}
	return nil
}
