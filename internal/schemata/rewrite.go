package schemata

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// textEdit replaces [start, end) of a text.
type textEdit struct {
	start, end int
	text       string
}

// rewriter finds what must change in code so that it can stand in a function
// beside the code that it is a version of: labels get names of their own, loops
// get a count, and a := that assigns to a parameter keeps doing so although it
// now stands in an inner block.
type rewriter struct {
	offset func(token.Pos) int
	number int    // of the mutant; 0 is the copy of the original
	tick   string // the statement that counts; empty: none
	// ends is the terminating statement that function literals with results get;
	// nil: none.
	ends  func(token.Pos) string
	out   []textEdit
	jumps jumps
}

// jumps are the labels of one function, by name.
type jumps struct {
	declared map[string]bool
	loops    map[string]bool // by break or continue
}

func jumpsIn(root ast.Node) jumps {
	j := jumps{map[string]bool{}, map[string]bool{}}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n == root
		case *ast.LabeledStmt:
			j.declared[n.Label.Name] = true
		case *ast.BranchStmt:
			if n.Tok != token.GOTO && n.Label != nil {
				j.loops[n.Label.Name] = true
			}
		}
		return true
	})
	return j
}

func (r *rewriter) insert(pos token.Pos, text string) {
	r.out = append(r.out, textEdit{r.offset(pos), r.offset(pos), text})
}

func (r *rewriter) replace(n ast.Node, text string) {
	r.out = append(r.out, textEdit{r.offset(n.Pos()), r.offset(n.End()), text})
}

// function rewrites the function or the list of statements below root.
func (r *rewriter) function(root ast.Node) {
	before := r.jumps
	r.jumps = jumpsIn(root)
	ast.Inspect(root, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && n != root {
			r.function(lit)
			return false
		}
		r.visit(n)
		return true
	})
	if lit, ok := root.(*ast.FuncLit); ok && r.ends != nil && lit.Type.Results.NumFields() > 0 {
		r.insert(lit.Body.Rbrace, ";"+r.ends(lit.Body.Rbrace))
	}
	r.jumps = before
}

func (r *rewriter) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.LabeledStmt:
		r.label(n.Label)
		if !r.jumps.loops[n.Label.Name] { // a goto leads there
			r.insert(n.Stmt.Pos(), r.tick)
		}
	case *ast.BranchStmt:
		if n.Label != nil {
			r.label(n.Label)
		}
	case *ast.ForStmt:
		r.insert(n.Body.Lbrace+1, r.tick)
	case *ast.RangeStmt:
		r.insert(n.Body.Lbrace+1, r.tick)
	}
}

// label renames one; a label from around a mutant's text is that of the copy.
func (r *rewriter) label(id *ast.Ident) {
	number := r.number
	if !r.jumps.declared[id.Name] {
		number = 0
	}
	r.replace(id, fmt.Sprintf("%s%d_%s", prefix, number, id.Name))
}

// keepParameters rewrites `v, err := f()` in the outermost block of a function
// with a parameter or result err.
func (r *rewriter) keepParameters(list []ast.Stmt, names []string) {
	for i, a := range reused(list, names) {
		var left, right []string
		for _, x := range a.Lhs {
			if named(x, names) {
				name := x.(*ast.Ident).Name
				fresh := fmt.Sprintf("%sr%d_%s", prefix, i, name)
				r.replace(x, fresh)
				left, right = append(left, name), append(right, fresh)
			}
		}
		r.insert(a.End(), ";"+strings.Join(left, ", ")+" = "+strings.Join(right, ", "))
	}
}

func (r *rewriter) sorted() []textEdit {
	slices.SortStableFunc(r.out, func(a, b textEdit) int { return cmp.Compare(a.start, b.start) })
	return r.out
}
