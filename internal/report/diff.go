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
	for _, file := range editedFiles(m) {
		before, after, err := edited(m, file, source)
		if err != nil {
			return "", err
		}
		out.WriteString(udiff.Unified("a/"+file, "b/"+file, before, after))
	}
	return out.String(), nil
}

// edited is a file as it is and with m's edits, without the imports that m needs.
func edited(m *mutant.Mutant, file string, source Source) (before, after string, err error) {
	data, err := source(file)
	if err != nil {
		return "", "", err
	}
	bare := *m
	bare.Imports = nil
	changed, err := mutant.Apply(file, data, &bare)
	return string(data), string(changed), err
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

// Change is the mutant in one short line: the lines of its first file that differ,
// as they were and as they are, white space squeezed and long texts cut. Where the
// file is not what it was, it is the first edit alone.
func Change(m *mutant.Mutant, source Source) string {
	if len(m.Edits) == 0 {
		return ""
	}
	e := m.Edits[0]
	before, after, err := edited(m, e.File, source)
	if err != nil {
		return brief(e.Original) + " → " + brief(e.Replacement)
	}
	was, is := between(strings.Split(before, "\n"), strings.Split(after, "\n"))
	return brief(strings.Join(was, "\n")) + " → " + brief(strings.Join(is, "\n"))
}

// between cuts the lines off that a and b have in common at the beginning and at
// the end.
func between(a, b []string) (restA, restB []string) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// brief squeezes white space and cuts s to what fits a line with another one.
func brief(s string) string {
	const limit = 60
	r := []rune(strings.Join(strings.Fields(s), " "))
	switch {
	case len(r) == 0:
		return "(nothing)"
	case len(r) > limit:
		return string(r[:limit-1]) + "…"
	}
	return string(r)
}
