package mutate

import (
	"go/ast"
	"go/token"
	"slices"
)

var loopControl = Operator{
	Name:   "loop_control",
	Doc:    "Exchanges break and continue, drops their label, or removes them.",
	Before: "func f(a []int) (n int) { for _, x := range a { if x < 0 { break }; n += x }; return n }",
	After:  "func f(a []int) (n int) { for _, x := range a { if x < 0 { continue }; n += x }; return n }",
	find: func(c *finder, n ast.Node) {
		b, ok := n.(*ast.BranchStmt)
		if !ok || b.Tok != token.BREAK && b.Tok != token.CONTINUE {
			return
		}
		j := c.jump(b)
		if j.target == nil {
			return
		}
		if b.Tok == token.BREAK {
			c.mutateBreak(b, j)
		} else {
			c.mutateContinue(b, j)
		}
	},
}

// jump is where a break or continue goes.
type jump struct {
	target ast.Stmt // the statement that is left, or the loop that goes on
	near   ast.Stmt // the innermost one that a bare break leaves
	loop   ast.Stmt // the innermost loop, or nil
}

// jump looks at what stands around a break or continue, which is the current node.
func (c *finder) jump(b *ast.BranchStmt) (j jump) {
	for i := 0; ; i++ {
		switch up := c.parent(i).(type) {
		case nil, *ast.FuncLit, *ast.FuncDecl:
			return j
		case *ast.ForStmt, *ast.RangeStmt:
			j.meet(up.(ast.Stmt), true)
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			j.meet(up.(ast.Stmt), false)
		case *ast.LabeledStmt:
			if b.Label != nil && up.Label.Name == b.Label.Name {
				j.target = up.Stmt
			}
		}
		if b.Label == nil {
			if j.target = j.near; b.Tok == token.CONTINUE {
				j.target = j.loop
			}
		}
	}
}

func (j *jump) meet(s ast.Stmt, loop bool) {
	if j.near == nil {
		j.near = s
	}
	if j.loop == nil && loop {
		j.loop = s
	}
}

func (c *finder) mutateBreak(b *ast.BranchStmt, j jump) {
	switch {
	case b.Label != nil:
		if isLoop(j.target) {
			c.branch(b, "continue "+b.Label.Name)
		}
		if j.near != j.target {
			c.branch(b, "break")
		}
	case j.loop != nil && (isLoop(j.near) || !c.falls(j.near, j.loop)):
		c.branch(b, "continue")
	}
	if isLoop(j.target) && c.falls(b, j.target) {
		return // as good as continue
	}
	if isLoop(j.target) || !c.falls(b, j.target) {
		c.branch(b, "")
	}
}

func (c *finder) mutateContinue(b *ast.BranchStmt, j jump) {
	switch {
	case b.Label != nil:
		c.branch(b, "break "+b.Label.Name)
		if j.loop != j.target {
			c.branch(b, "continue")
		}
	case isLoop(j.near) || !c.falls(j.near, j.loop):
		c.branch(b, "break")
	}
	if !c.falls(b, j.target) {
		c.branch(b, "")
	}
}

func (c *finder) branch(b *ast.BranchStmt, text string) {
	c.propose(proposal{site: b, kind: Stmt, ends: true, edits: []edit{c.edit(b, text)}})
}

func isLoop(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// falls tells whether control that comes to the end of s comes to the end of the
// body of target next: nothing stands behind s on the way. s is the current node
// or one around it.
func (c *finder) falls(s ast.Node, target ast.Node) bool {
	depth := len(c.parents)
	if i := slices.Index(c.parents, s); i >= 0 {
		depth = i
	}
	child := s
	for _, up := range slices.Backward(c.parents[:depth]) {
		switch up := up.(type) {
		case *ast.BlockStmt:
			if !isClause(child) && lastOf(up.List) != child {
				return false
			}
		case *ast.CaseClause:
			if lastOf(up.Body) != child {
				return false
			}
		case *ast.CommClause:
			if lastOf(up.Body) != child {
				return false
			}
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit, *ast.FuncDecl:
			return up == target
		}
		if up == target {
			return true
		}
		child = up
	}
	return false
}

func lastOf(list []ast.Stmt) ast.Node {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

func isClause(n ast.Node) bool {
	switch n.(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}
