package schemata

import (
	"bytes"
	"slices"
	"strings"
)

var bom = []byte("\xef\xbb\xbf")

// render writes all files that have a switch or a copy of a function.
func (in *instrumenter) render() map[string]*output {
	files := map[string]*output{}
	for _, f := range in.files {
		funcs := slices.DeleteFunc(slices.Clone(f.funcs), func(fn *function) bool { return fn.number == 0 })
		if len(f.sites) == 0 && len(funcs) == 0 {
			continue
		}
		o := &output{file: f, line: 1}
		start := o.head()
		o.region(start, len(f.Source), f.sites, &layer{edits: f.headEdits(), funcs: funcs})
		files[f.Path] = o
	}
	return files
}

// head raises the language version of an old file to one with generic functions,
// but not to 1.22, which gives loop variables another meaning. It returns where
// the text of the file begins.
func (o *output) head() int {
	if !o.old() {
		return 0
	}
	o.buf.WriteString("//go:build go1.21\n//line :1:1\n")
	if bytes.HasPrefix(o.Source, bom) {
		return len(bom)
	}
	return 0
}

// headEdits are what changes outside of functions: an old file's own build
// constraint, which has been decided, and imports that mutants need.
func (f *file) headEdits() []textEdit {
	var edits []textEdit
	for _, group := range f.Syntax.Comments {
		for _, c := range group.List {
			if f.old() && c.Pos() < f.Syntax.Package && strings.HasPrefix(c.Text, "//go:build") {
				at := f.offset(c.Pos()) + 2
				edits = append(edits, textEdit{at, at, " "})
			}
		}
	}
	if specs := f.imports(); len(specs) > 0 {
		at := f.offset(f.Syntax.Name.End())
		edits = append(edits, textEdit{at, at, ";import " + strings.Join(specs, ";import ")})
	}
	return edits
}

// imports are what the mutants in this file need, each once.
func (f *file) imports() []string {
	var specs []string
	for _, it := range f.items {
		if it.place() == nil {
			continue
		}
		for _, i := range it.Imports {
			if i.File == f.Rel && !slices.Contains(specs, i.Spec) {
				specs = append(specs, i.Spec)
			}
		}
	}
	slices.Sort(specs)
	return specs
}
