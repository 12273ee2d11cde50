package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

// What is known where a mutant stands: the conditions that have let control come
// there, and what variables were set to, as long as nothing in between can have
// changed what they speak of. The way goes from the site outwards and backwards.

// known is what holds at the current node, of which site is the part that changes.
type known struct {
	c     *finder
	holds *differences
	past  changes // what may have changed between the place that is looked at and the site
	vars  *variables
}

// knownHere gathers what holds when site, the current node or what it decides by, is
// evaluated.
func (c *finder) knownHere(site ast.Node) *known {
	if c.lastSite == site {
		return c.lastKnown
	}
	k := &known{c: c, holds: newDifferences(), vars: c.variables()}
	c.lastSite, c.lastKnown = site, k
	if k.vars == nil {
		return k
	}
	child := site
	if c.node != site {
		k.climb(c.node, child, -1)
		child = c.node
	}
	for i := range c.parents {
		up := c.parent(i)
		if !k.climb(up, child, i) {
			break
		}
		child = up
	}
	return k
}

// climb learns from up, which is around child, and tells whether to go on.
func (k *known) climb(up, child ast.Node, depth int) bool {
	switch up := up.(type) {
	case *ast.FuncLit, *ast.FuncDecl:
		return false
	case *ast.BinaryExpr:
		k.operands(up, child)
	case *ast.IfStmt:
		switch child {
		case ast.Node(up.Body):
			k.learn(up.Cond, true)
		case ast.Node(up.Else):
			k.learn(up.Cond, false)
		}
		k.past.calls(k.c, up.Cond)
		k.past.add(k.c, up.Init)
	case *ast.ForStmt:
		if child == ast.Node(up.Body) && up.Cond != nil {
			k.learn(up.Cond, true)
		}
		k.past.add(k.c, up)
	case *ast.RangeStmt:
		if child == ast.Node(up.Body) {
			k.elements(up)
		}
		k.past.add(k.c, up)
	case *ast.CaseClause:
		k.list(up.Body, child)
		return k.clause(up, child, depth)
	case *ast.SwitchStmt:
		k.past.calls(k.c, up.Tag)
		k.past.add(k.c, up.Init)
	case *ast.TypeSwitchStmt:
		k.past.add(k.c, up.Init)
		k.past.calls(k.c, up.Assign)
	case *ast.CommClause:
		k.list(up.Body, child)
		k.past.add(k.c, up.Comm)
	case *ast.BlockStmt:
		k.list(up.List, child)
	case ast.Stmt:
		k.past.calls(k.c, up)
	}
	return true
}

// operands learns from the other side of && or ||. What stands behind tells
// something too: where it decides, the side before it does not matter.
func (k *known) operands(b *ast.BinaryExpr, child ast.Node) {
	if b.Op != token.LAND && b.Op != token.LOR {
		return
	}
	switch {
	case child == ast.Node(b.Y):
		k.learn(b.X, b.Op == token.LAND)
		k.past.calls(k.c, b.X)
	case k.c.surely(b.Y) && k.c.silent(b.X):
		k.learn(b.Y, b.Op == token.LAND)
	}
}

// list learns from what stands before child in a list of statements.
func (k *known) list(list []ast.Stmt, child ast.Node) {
	at := len(list)
	for i, s := range list {
		if ast.Node(s) == child {
			at = i
		}
	}
	if at == len(list) {
		return
	}
	for i := at - 1; i >= 0; i-- {
		switch s := list[i].(type) {
		case *ast.IfStmt:
			k.passed(s)
		case *ast.AssignStmt:
			k.assigned(s)
			k.past.add(k.c, s)
		default:
			k.past.add(k.c, s)
		}
	}
}

// passed learns from an if that control has come past.
func (k *known) passed(s *ast.IfStmt) {
	body, other := leaves(s.Body), s.Else != nil && leaves(s.Else)
	switch {
	case body:
		k.past.add(k.c, s.Else)
		k.learn(s.Cond, false)
	case other:
		k.past.add(k.c, s.Body)
		k.learn(s.Cond, true)
	default:
		k.past.add(k.c, s.Body)
		k.past.add(k.c, s.Else)
	}
	k.past.calls(k.c, s.Cond)
	k.past.add(k.c, s.Init)
}

// leaves tells whether nothing comes behind s in its list.
func leaves(s ast.Stmt) bool {
	if block, ok := s.(*ast.BlockStmt); ok {
		if b, ok := lastOf(block.List).(*ast.BranchStmt); ok {
			return b.Tok != token.FALLTHROUGH
		}
	}
	return ending{true}.stmt(s, "")
}

// assigned learns from a variable that is set to something.
func (k *known) assigned(s *ast.AssignStmt) {
	to, from, ok := assignment(s)
	if !ok || !types.Identical(k.c.info.TypeOf(to), k.c.info.TypeOf(from)) {
		return
	}
	if _, id := to.(*ast.Ident); id && !k.c.mentions(from, k.c.info.ObjectOf(to.(*ast.Ident))) {
		k.relate(to, token.EQL, from)
	}
}

// clause learns from the clauses of a switch that did not match, and from the one
// that did. A clause that another falls into tells nothing.
func (k *known) clause(clause *ast.CaseClause, child ast.Node, depth int) bool {
	sw, ok := k.c.parent(depth + 2).(*ast.SwitchStmt)
	if !ok {
		return true
	}
	if reached(sw.Body, clause) {
		return false
	}
	inList := false
	for _, e := range clause.List {
		inList = inList || ast.Node(e) == child
	}
	if !inList && len(clause.List) == 1 {
		k.decided(sw, clause.List[0], true)
	}
	for _, e := range clause.List {
		k.past.calls(k.c, e)
	}
	for _, s := range sw.Body.List {
		other := s.(*ast.CaseClause)
		if other == clause && clause.List != nil {
			break
		}
		for _, e := range other.List {
			k.past.calls(k.c, e)
			k.decided(sw, e, false)
		}
	}
	return true
}

func (k *known) decided(sw *ast.SwitchStmt, e ast.Expr, truth bool) {
	switch {
	case sw.Tag == nil:
		k.learn(e, truth)
	case truth:
		k.relate(sw.Tag, token.EQL, e)
	default:
		k.relate(sw.Tag, token.NEQ, e)
	}
}

// elements learns from a range loop over a number where its variable is.
func (k *known) elements(n *ast.RangeStmt) {
	k.past.add(k.c, n.Body)
	if key, ok := n.Key.(*ast.Ident); ok && key.Name != "_" && isInteger(k.c.info.TypeOf(n.X)) {
		k.relate(key, token.LSS, n.X)
	}
}
