package scope

import (
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
)

// Changes are the lines that a change touched, by file: slash-separated, relative
// to the module's root.
type Changes struct {
	Files map[string][]Lines
}

// Lines are the lines First to Last of a file, both 1-based and included.
type Lines struct{ First, Last int }

// Everything are all lines of a file.
var Everything = Lines{1, math.MaxInt}

// Has tells whether a line of a file was touched.
func (c Changes) Has(file string, line int) bool {
	return slices.ContainsFunc(c.Files[file], func(l Lines) bool { return l.First <= line && line <= l.Last })
}

// Add adds lines to a file.
func (c *Changes) Add(file string, lines ...Lines) {
	if c.Files == nil {
		c.Files = make(map[string][]Lines)
	}
	c.Files[file] = append(c.Files[file], lines...)
}

// Code lists the files that can hold mutants: Go files that are no tests, in
// order of their names.
func (c Changes) Code() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(c.Files)), func(file string) bool {
		return path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || len(c.Files[file]) == 0
	})
}

// String says how much was changed: "3 Go files, tests not counted".
func (c Changes) String() string {
	n, plural := len(c.Code()), "s"
	if n == 1 {
		plural = ""
	}
	return fmt.Sprintf("%d Go file%s, tests not counted", n, plural)
}

// Below are the changes of the files in dir, named from there; dir is relative to
// what the files are named from, slash-separated, "" or "." for the same place.
func (c Changes) Below(dir string) Changes {
	var below Changes
	for file, lines := range c.Files {
		if rel, ok := within(path.Clean(dir), file); ok {
			below.Add(rel, lines...)
		}
	}
	return below
}

// within names file from dir, if it lies there.
func within(dir, file string) (rel string, ok bool) {
	if dir == "." {
		return file, true
	}
	return strings.CutPrefix(file, dir+"/")
}
