package history

import (
	"maps"
	"time"
)

// keepFlaky is how long a test stays flaky without being seen to be.
const keepFlaky = 28 * 24 * time.Hour

// Flaky is a test that has passed and failed on the same code.
type Flaky struct {
	Seen   time.Time `json:"seen"`
	Source string    `json:"source"` // names the contents of its package's files
}

// Flaky returns the flaky tests of package pkg that are still worth remembering:
// its files are as they were, and it is not long ago.
func (h History) Flaky(pkg, source string, now time.Time) map[string]Flaky {
	tests := maps.Clone(h.flaky[pkg])
	maps.DeleteFunc(tests, func(_ string, f Flaky) bool {
		return f.Source != source || now.Sub(f.Seen) > keepFlaky
	})
	return tests
}

// ReplaceFlaky returns a history in which the given packages have the given flaky
// tests and nothing else; other packages stay as they are in h.
func (h History) ReplaceFlaky(packages map[string]map[string]Flaky) History {
	all := make(map[string]map[string]Flaky, len(h.flaky)+len(packages))
	maps.Copy(all, h.flaky)
	maps.Copy(all, packages)
	maps.DeleteFunc(all, func(_ string, tests map[string]Flaky) bool { return len(tests) == 0 })
	return History{packages: h.packages, flaky: all}
}
