package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/load"
)

// Users say in comments which code is not to be mutated:
//
//	//evilution:disable [operator,…] [-- reason]
//	//evilution:enable
//
// Behind code on its line, the first one covers the statement that begins there,
// or the line. On a line of its own it covers the statement, the case or the
// declaration below it, or the whole file where that is the package clause; with a
// later enable that belongs to it, it covers all that stands between the two.

// disabled is what one such comment covers.
type disabled struct {
	start, end int // offsets
	operators  []string
	reason     string
}

// directive is a comment of ours.
type directive struct {
	at        *ast.Comment
	enable    bool
	alone     bool // nothing stands before it on its line
	operators []string
	reason    string
}

const (
	disableWord = "evilution:disable"
	enableWord  = "evilution:enable"
)

// parseDirective reads a comment. ok is false where it is none of ours.
func parseDirective(text string) (d directive, ok bool) {
	text, line := strings.CutPrefix(text, "//")
	text = strings.TrimSpace(text)
	if !line {
		return d, false
	}
	word, rest, _ := strings.Cut(text, " ")
	if word == enableWord {
		return directive{enable: true}, true
	}
	if word != disableWord {
		return d, false
	}
	names, reason, _ := strings.Cut(" "+rest, " --")
	d.reason = strings.TrimSpace(reason)
	d.operators = strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	return d, true
}

// directives are those of a file, in its order.
func directives(f *load.File, tok *token.File) []directive {
	var list []directive
	for _, group := range f.Syntax.Comments {
		for _, comment := range group.List {
			if d, ok := parseDirective(comment.Text); ok {
				start := tok.Offset(tok.LineStart(tok.Line(comment.Pos())))
				before := f.Source[start:tok.Offset(comment.Pos())]
				d.at, d.alone = comment, strings.Trim(string(before), " \t\ufeff") == ""
				list = append(list, d)
			}
		}
	}
	return list
}

// disabledIn finds what the comments of a file cover.
func disabledIn(f *load.File, tok *token.File) []disabled {
	var list []disabled
	var open []int // those on a line of their own that no enable has ended
	var first map[int]ast.Node
	for _, d := range directives(f, tok) {
		if first == nil {
			first = beginnings(f.Syntax, tok)
		}
		from := tok.Offset(d.at.Pos())
		if d.enable {
			if n := len(open); n > 0 {
				span := &list[open[n-1]]
				span.start, span.end = min(span.start, span.end), from
				open = open[:n-1]
			}
			continue
		}
		span := disabled{operators: d.operators, reason: d.reason}
		if d.alone {
			span.start, span.end = below(f, tok, d.at, first)
			span.start = from
			open = append(open, len(list))
		} else {
			span.start, span.end = beside(f, tok, tok.Line(d.at.Pos()), first)
		}
		list = append(list, span)
	}
	return list
}

// beginnings are the outermost statements, clauses, declarations and elements
// that begin on each line.
func beginnings(f *ast.File, tok *token.File) map[int]ast.Node {
	first := map[int]ast.Node{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec, *ast.KeyValueExpr:
			pos := n.Pos()
			if d, ok := n.(*ast.FuncDecl); ok {
				pos = d.Type.Func
			}
			if line := tok.Line(pos); first[line] == nil {
				first[line] = n
			}
		}
		return true
	})
	return first
}

// below is what begins on the first line of code under a comment.
func below(f *load.File, tok *token.File, comment *ast.Comment, first map[int]ast.Node) (start, end int) {
	pos := comment.End()
	for _, group := range f.Syntax.Comments {
		for _, c := range group.List {
			if c.Pos() >= pos && len(strings.TrimSpace(string(f.Source[tok.Offset(pos):tok.Offset(c.Pos())]))) == 0 {
				pos = c.End()
			}
		}
	}
	rest := string(f.Source[tok.Offset(pos):])
	code := tok.Offset(pos) + len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
	if code >= len(f.Source) {
		return code, code
	}
	line := tok.Line(tok.Pos(code))
	if line == tok.Line(f.Syntax.Package) {
		return 0, len(f.Source)
	}
	return beside(f, tok, line, first)
}

// beside is what begins on a line, or the line itself.
func beside(f *load.File, tok *token.File, line int, first map[int]ast.Node) (start, end int) {
	if n := first[line]; n != nil {
		return tok.Offset(n.Pos()), tok.Offset(n.End())
	}
	start, end = tok.Offset(tok.LineStart(line)), len(f.Source)
	if line < tok.LineCount() {
		end = tok.Offset(tok.LineStart(line + 1))
	}
	return start, end
}

// disabled tells why a comment does not want edits to be made, or nothing.
func (c *finder) disabledBy(operator string, edits []edit) string {
	for _, d := range c.disabled {
		if edits[0].start < d.start || edits[len(edits)-1].end > d.end {
			continue
		}
		if len(d.operators) > 0 && !slices.Contains(d.operators, operator) {
			continue
		}
		if d.reason != "" {
			return "disabled by a comment: " + d.reason
		}
		return "disabled by a comment"
	}
	return ""
}

// Notes are what is wrong with the comments in a package that say what is not to
// be mutated: names that no operator has.
func Notes(p *load.Package) []string {
	var notes []string
	all := Operators()
	for _, f := range p.Files {
		if f.Derived {
			continue
		}
		tok := p.Fset.File(f.Syntax.FileStart)
		for _, d := range directives(f, tok) {
			for _, name := range d.operators {
				if !slices.ContainsFunc(all, func(o Operator) bool { return o.Name == name }) {
					notes = append(notes, fmt.Sprintf("%s:%d: unknown operator %q in a comment that disables; did you mean %q?",
						f.Rel, tok.Line(d.at.Pos()), name, nearest(name, all)))
				}
			}
		}
	}
	return notes
}
