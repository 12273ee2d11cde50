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
		p := c.jumpInstead(b, "continue")
		p.profile, p.ignore = c.endsSearch(b)
		c.propose(p)
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

func (c *finder) branch(b *ast.BranchStmt, text string) { c.propose(c.jumpInstead(b, text)) }

func (c *finder) jumpInstead(b *ast.BranchStmt, text string) proposal {
	return proposal{site: b, kind: Stmt, ends: true, edits: []edit{c.edit(b, text)}}
}

// endsSearch tells that b, the current node, only saves time: its loop does nothing
// but ask, and where the answer is yes, it notes constants and is over. To go on finds
// the same again. Where others are asked, who may notice, the mutant is for the strong
// profile.
func (c *finder) endsSearch(b *ast.BranchStmt) (Profile, string) {
	block, _ := c.parent(0).(*ast.BlockStmt)
	up, isIf := c.parent(1).(*ast.IfStmt)
	body, isBody := c.parent(2).(*ast.BlockStmt)
	if block == nil || !isIf || !isBody || up.Else != nil || len(body.List) != 1 || lastOf(block.List) != ast.Node(b) {
		return Default, ""
	}
	for _, s := range block.List[:len(block.List)-1] {
		to, from, ok := assignment(s)
		if !ok || c.info.Types[from].Value == nil {
			return Default, ""
		}
		if _, id := to.(*ast.Ident); !id {
			return Default, ""
		}
	}
	switch loop := c.parent(3).(type) {
	case *ast.RangeStmt:
		if loop.Tok == token.ASSIGN || !c.drained(loop) {
			return Default, ""
		}
	case *ast.ForStmt:
		if c.upwards(loop) == nil {
			return Default, ""
		}
	default:
		return Default, ""
	}
	if c.silent(up.Cond) && (up.Init == nil || c.silentInit(up.Init)) {
		return Default, "a search that goes on finds the same"
	}
	return Strong, ""
}

// silentInit tells whether s sets new variables only, and calls nobody who could tell.
func (c *finder) silentInit(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	return ok && a.Tok == token.DEFINE && !slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return !c.silent(e) })
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
