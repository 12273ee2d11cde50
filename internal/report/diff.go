package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// Source gives the bytes of a file of the user's, named by its slash-separated
// path relative to the module's root.
type Source func(file string) ([]byte, error)

// DirSource reads files below the module's root dir and keeps each of them, so
// that a report of many mutants reads a file once. It is not safe for concurrent
// use.
func DirSource(dir string) Source {
	kept := make(map[string][]byte)
	return func(file string) ([]byte, error) {
		if data, ok := kept[file]; ok {
			return data, nil
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		if err == nil {
			kept[file] = data
		}
		return data, err
	}
}

// Diff is the mutant as a unified diff of the user's lines, with three lines of
// context; an edit of several files gives one part for each. The imports that it
// needs are not in it. It fails when a file no longer holds what the mutant's
// edits replace.
func Diff(m *mutant.Mutant, source Source) (string, error) {
	var out strings.Builder
	bare := *m
	bare.Imports = nil
	for _, file := range editedFiles(m) {
		before, err := source(file)
		if err != nil {
			return "", err
		}
		after, err := mutant.Apply(file, before, &bare)
		if err != nil {
			return "", err
		}
		out.WriteString(udiff.Unified("a/"+file, "b/"+file, string(before), string(after)))
	}
	return out.String(), nil
}

// editedFiles lists the files that m changes, in the order of its edits.
func editedFiles(m *mutant.Mutant) []string {
	var files []string
	for _, e := range m.Edits {
		if !slices.Contains(files, e.File) {
			files = append(files, e.File)
		}
	}
	return files
}

// Change is the mutant in one short line: what stood there and what stands there
// now, white space squeezed and long texts cut.
func Change(m *mutant.Mutant) string {
	if len(m.Edits) == 0 {
		return ""
	}
	e := m.Edits[0]
	return brief(e.Original) + " → " + brief(e.Replacement)
}

// brief squeezes white space and cuts s to what fits half a line.
func brief(s string) string {
	const limit = 36
	r := []rune(strings.Join(strings.Fields(s), " "))
	switch {
	case len(r) == 0:
		return "(nothing)"
	case len(r) > limit:
		return string(r[:limit-1]) + "…"
	}
	return string(r)
}
