package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

var loopZero = Operator{
	Name:   "loop_zero",
	Doc:    "Leaves a loop before its first iteration.",
	Before: "func f(a []int, g func(int)) { for _, n := range a { g(n); g(n) } }",
	After:  "func f(a []int, g func(int)) { for _, n := range a { _ = n; break } }",
	find: func(c *finder, n ast.Node) {
		var p proposal
		switch n := n.(type) {
		case *ast.RangeStmt:
			p = c.empty(n.Body, n.Body.List)
		case *ast.ForStmt:
			p = c.empty(n.Body, n.Body.List)
			if n.Cond != nil {
				p.unless = []twin{{n.Cond, []string{"condition_false", "error_branch"}}}
			}
		}
		if p.edits != nil {
			p.edits[0].text = "break"
			c.propose(p)
		}
	},
}

var loopOnce = Operator{
	Name:   "loop_once",
	Doc:    "Leaves a loop after its first iteration.",
	Before: "func f(a []int, g func(int)) { for _, n := range a { g(n) } }",
	After:  "func f(a []int, g func(int)) { for _, n := range a { g(n); break } }",
	find: func(c *finder, n ast.Node) {
		l, ok := c.loop(n)
		if !ok || l.unordered || l.leaves() {
			return
		}
		if c.continues(l) {
			c.counted(l, counter+" > 1", "break")
			return
		}
		at := c.offset(l.body.List[len(l.body.List)-1].End())
		c.propose(proposal{
			site: l.body, kind: Body, ends: true, optional: true,
			edits: []edit{{at, at, "; break"}},
		})
	},
}

var loopSkipFirst = Operator{
	Name:    "loop_skip_first",
	Doc:     "Skips the first iteration of a loop.",
	Profile: Strong,
	Before:  "func f(a []int, g func(int)) { for _, n := range a { g(n) } }",
	After:   "func f(a []int, g func(int)) { evilution_i := 0; for _, n := range a { if evilution_i++; evilution_i == 1 { continue }; g(n) } }",
	find: func(c *finder, n ast.Node) {
		l, ok := c.loop(n)
		if f, isFor := n.(*ast.ForStmt); !ok || l.unordered || isFor && f.Post == nil {
			return
		}
		c.counted(l, counter+" == 1", "continue")
	},
}

var loopSkipLast = Operator{
	Name:    "loop_skip_last",
	Doc:     "Leaves a range loop before its last iteration.",
	Profile: Strong,
	Before:  "func f(a []int, g func(int)) { for _, n := range a { g(n) } }",
	After:   "func f(a []int, g func(int)) { evilution_a := a; evilution_i := 0; for _, n := range evilution_a { if evilution_i++; evilution_i == len(evilution_a) { break }; g(n) } }",
	find: func(c *finder, n ast.Node) {
		l, ok := c.loop(n)
		r, isRange := n.(*ast.RangeStmt)
		if !ok || !isRange {
			return
		}
		switch length := c.length(r.X); {
		case length == "":
		case r.Key == nil && length == counted:
			c.counted(l, counter+" == "+counted, "break",
				edit{0, 0, counted + " := " + c.text(r.X) + "; "}, c.edit(r.X, counted))
		case length != counted && c.universe("len", r.Pos()):
			c.counted(l, counter+" == "+length, "break",
				edit{0, 0, counted + " := " + c.text(r.X) + "; "}, c.edit(r.X, counted))
		}
	},
}

// The variables that these mutants add, and what a loop over the second counts to.
const (
	counter = "evilution_i"
	counted = "evilution_a"
)

// length is how many iterations a loop over counted has, if that stands for e;
// empty where that is not known before.
func (c *finder) length(e ast.Expr) string {
	t := c.info.TypeOf(e)
	if t == nil {
		return ""
	}
	switch t := t.Underlying().(type) {
	case *types.Slice, *types.Array:
		return "len(" + counted + ")"
	case *types.Pointer:
		return "len(" + counted + ")"
	case *types.Basic:
		if types.Identical(c.info.TypeOf(e), types.Typ[types.Int]) || t.Kind() == types.UntypedInt {
			return counted
		}
	}
	return ""
}

// aLoop is a loop that stands in a list of statements, with a body.
type aLoop struct {
	stmt      ast.Stmt
	body      *ast.BlockStmt
	label     string
	unordered bool // what its first iteration is, nobody knows
}

// loop looks at the current node.
func (c *finder) loop(n ast.Node) (l aLoop, ok bool) {
	switch n := n.(type) {
	case *ast.RangeStmt:
		l.stmt, l.body = n, n.Body
		_, l.unordered = c.info.TypeOf(n.X).Underlying().(*types.Map)
	case *ast.ForStmt:
		l.stmt, l.body = n, n.Body
	default:
		return l, false
	}
	l.label = c.labelOf()
	return l, len(l.body.List) > 0 && c.inList(l.stmt)
}

// leaves tells whether the body of a loop ends it anyway.
func (l aLoop) leaves() bool {
	switch last := l.body.List[len(l.body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok != token.CONTINUE
	}
	return ending{true}.list(l.body.List)
}

// continues tells whether a statement in the loop goes on with its next iteration.
func (c *finder) continues(l aLoop) bool {
	found := false
	var look func(n ast.Node, bare bool)
	look = func(root ast.Node, bare bool) {
		ast.Inspect(root, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt:
				if n != root && bare {
					look(n, false)
					return false
				}
			case *ast.BranchStmt:
				if n.Label == nil && bare || n.Label != nil && n.Label.Name == l.label {
					found = found || n.Tok == token.CONTINUE
				}
			}
			return !found
		})
	}
	look(l.body, true)
	return found
}

// counted proposes to count the iterations of a loop and to act where the count
// says so. The edits of more are made too; one at offset 0 goes before the loop. No
// goto may jump over the variables that are declared there.
func (c *finder) counted(l aLoop, when, action string, more ...edit) {
	var site ast.Stmt = l.stmt
	if l.label != "" {
		site = c.parent(0).(ast.Stmt)
		if _, nested := c.parent(1).(*ast.LabeledStmt); nested {
			return
		}
	}
	jumps := c.gotos()
	if jumps[l.label] {
		return
	}
	at, body := c.offset(site.Pos()), c.offset(l.body.List[0].Pos())
	first, edits := edit{at, at, ""}, []edit(nil)
	for _, e := range more {
		if e.end == 0 {
			first.text += e.text
		} else {
			edits = append(edits, e)
		}
	}
	first.text += counter + " := 0; "
	edits = append(append([]edit{first}, edits...),
		edit{body, body, "if " + counter + "++; " + when + " { " + action + " }; "})
	if len(jumps) > 0 {
		end := c.offset(site.End())
		edits[0].text = "{ " + edits[0].text
		edits = append(edits, edit{end, end, " }"})
	}
	c.propose(proposal{site: site, kind: Stmt, ends: true, optional: true, edits: edits})
}

// gotos are the labels that the function around the current node jumps to.
func (c *finder) gotos() map[string]bool {
	jumps := map[string]bool{}
	if _, body := c.inner(); body != nil {
		ast.Inspect(body, func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
				jumps[b.Label.Name] = true
			}
			return true
		})
	}
	return jumps
}
