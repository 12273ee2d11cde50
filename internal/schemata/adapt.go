package schemata

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// armKind says how the text of a mutant is read.
type armKind int

const (
	expressionArm armKind = iota
	statementsArm
	bodyArm // all statements of a function
)

// adapt makes the text that a mutant has somewhere fit to stand in the copy of
// fn; fn is nil outside of functions.
func (f *file) adapt(text string, kind armKind, number int, fn *function) string {
	if kind != bodyArm && !strings.Contains(text, "for") && len(f.labels) == 0 {
		return text
	}
	head := "package p;func _(){"
	if kind == expressionArm {
		head += "_="
	}
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, "", head+text+"\n}", parser.SkipObjectResolution)
	if err != nil || len(parsed.Decls) != 1 {
		return text
	}
	body := parsed.Decls[0].(*ast.FuncDecl).Body
	base := int(parsed.FileStart) + len(head)
	r := &rewriter{offset: func(p token.Pos) int { return int(p) - base }, number: number}
	if fn != nil {
		r.tick = fn.tick()
	}
	r.function(body)
	if kind == bodyArm {
		r.keepParameters(body.List, fieldNames(fn.signature()))
	}
	return applyTo(text, r.sorted())
}

func applyTo(text string, edits []textEdit) string {
	var b strings.Builder
	last := 0
	for _, e := range edits {
		b.WriteString(text[last:e.start])
		b.WriteString(e.text)
		last = e.end
	}
	b.WriteString(text[last:])
	return b.String()
}

func (f *function) tick() string { return fmt.Sprintf("%stick(%d);", prefix, f.number) }

// copyEdits are what changes in the copy of f's body, apart from the switches.
func (f *function) copyEdits() []textEdit {
	body := f.body()
	r := &rewriter{offset: f.file.offset, tick: f.tick(), ends: true}
	r.function(body)
	r.keepParameters(body.List, fieldNames(f.signature()))
	for _, c := range f.file.Syntax.Comments {
		for _, line := range c.List {
			if line.Pos() > body.Lbrace && line.End() < body.Rbrace && strings.HasPrefix(line.Text, "//go:") {
				r.insert(line.Pos()+2, " ")
			}
		}
	}
	for _, it := range f.markers {
		at := it.place().marker
		r.out = append(r.out, textEdit{at, at, fmt.Sprintf("%sis(%d);", prefix, it.number)})
	}
	return r.sorted()
}

// loops tells whether anything in the body of f can run more than once a call.
func (f *function) loops() bool {
	found := false
	ast.Inspect(f.body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}
