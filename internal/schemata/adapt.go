package schemata

import (
	"errors"
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
func (f *file) adapt(pl *place, number int, fn *function) string {
	text, kind := pl.arm, pl.kind()
	if kind != bodyArm && !strings.Contains(text, "for") && len(f.labels) == 0 {
		return text
	}
	body, base, err := parseArm(text, kind)
	if err != nil {
		return text
	}
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

// parseArm parses the text of a mutant as statements; base is the position where
// text begins.
func parseArm(text string, kind armKind) (body *ast.BlockStmt, base int, err error) {
	head := "package p;func _(){"
	if kind == expressionArm {
		head += "_="
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), "", head+text+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil, 0, err
	}
	if len(parsed.Decls) != 1 {
		return nil, 0, errors.New("the braces do not match")
	}
	return parsed.Decls[0].(*ast.FuncDecl).Body, int(parsed.FileStart) + len(head), nil
}

// parse moves a mutant on to the first form in which its text can be parsed, so
// that a syntax error does not spoil what stands around it.
func (it *item) parse() {
	for pl := it.place(); pl != nil && !pl.parsed; pl = it.place() {
		_, _, err := parseArm(pl.arm, pl.kind())
		if pl.parsed = err == nil; !pl.parsed {
			it.at++
			it.words = err.Error()
		}
	}
}

// kind says how the arm of a place is read.
func (pl *place) kind() armKind {
	if pl.form == whole {
		return bodyArm
	}
	if _, e := pl.node.(ast.Expr); e {
		return expressionArm
	}
	return statementsArm
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
	r := &rewriter{offset: f.file.offset, tick: f.tick(), ends: f.file.unreachable}
	r.function(body)
	r.keepParameters(body.List, fieldNames(f.signature()))
	for _, c := range f.file.Syntax.Comments {
		for _, line := range c.List {
			if strings.HasPrefix(line.Text, "//go:") { // region takes those in the body
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
