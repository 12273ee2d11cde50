package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// What a reader is told of a mutant that what is known at its place rules out.
const (
	alwaysTrue  = "it is always true here"
	alwaysFalse = "it is always false here"
	neverTells  = "no value that comes here tells the difference"
)

// most is how many cases are told apart.
const mostCases = 8

// decided tells why a condition, the current node, may as well be the constant
// truth, or nothing where it may not.
func (c *finder) decided(cond ast.Expr, truth bool) string {
	if !c.silent(cond) {
		return ""
	}
	k := c.knownHere(cond)
	switch {
	case k.nothing() && !c.surely(cond) || len(k.cases(cond, !truth)) > 0:
		return c.textDecides(cond, truth)
	case len(k.cases(cond, truth)) == 0:
		return unreached
	case truth:
		return alwaysTrue
	}
	return alwaysFalse
}

// bury marks what an if, the current node, leaves to nobody: a branch that is never
// taken, and what stands behind one that is always taken and left for good.
func (c *finder) bury(n *ast.IfStmt) {
	switch {
	case c.textUnreached(n):
		c.dead[n] = true
	case c.decided(n.Cond, true) != "":
		if n.Else != nil {
			c.dead[n.Else] = true
		}
		list := listOf(c.parent(0))
		if i := slices.Index(list, ast.Stmt(n)); i >= 0 && leaves(n.Body) {
			for _, s := range list[i+1:] {
				c.dead[s] = true
			}
		}
	case c.decided(n.Cond, false) != "":
		c.dead[n.Body] = true
	}
}

// indifferent tells why a comparison, the current node, may as well have the
// operator to.
func (c *finder) indifferent(b *ast.BinaryExpr, to token.Token) string {
	if !c.silent(b) || !comparable(c, b.X, b.Y) {
		return ""
	}
	k := c.knownHere(b)
	for _, op := range []token.Token{token.LSS, token.EQL, token.GTR} {
		if admits(b.Op, op) != admits(to, op) && k.can(b.X, op, b.Y) {
			return ""
		}
	}
	return neverTells
}

// admits tells whether a comparison is true of operands that are less, equal or
// greater, as order says.
func admits(op, order token.Token) bool {
	switch op {
	case token.NEQ:
		return order != token.EQL
	case token.LEQ:
		return order != token.GTR
	case token.GEQ:
		return order != token.LSS
	}
	return op == order
}

// spare tells why one side of b, && or || and the current node, may as well be left
// out: it is known by then, or the other side says so too.
func (c *finder) spare(b *ast.BinaryExpr, side ast.Expr) string {
	if !c.silent(b) {
		return ""
	}
	k := c.knownHere(b)
	neutral := b.Op == token.LAND
	if (!k.nothing() || c.surely(side)) && len(k.cases(side, !neutral)) == 0 {
		return map[bool]string{true: alwaysTrue, false: alwaysFalse}[neutral]
	}
	other := b.X
	if side == b.X {
		other = b.Y
	}
	if side == b.X && !c.surely(other) || !c.surely(side) {
		return ""
	}
	for _, d := range k.cases(other, neutral) {
		if len(k.in(d).cases(side, !neutral)) > 0 {
			return ""
		}
	}
	return "the other side says so too"
}

// nothing tells whether nothing is known.
func (k *known) nothing() bool { return len(k.holds.bound) == 1 }

// in is k with more that holds.
func (k *known) in(d *differences) *known {
	return &known{c: k.c, holds: d.clone(), vars: k.vars}
}

// can tells whether x op y may be.
func (k *known) can(x ast.Expr, op token.Token, y ast.Expr) bool {
	if k.vars == nil {
		return true
	}
	now := k.in(k.holds)
	now.relate(x, op, y)
	return now.holds.possible()
}

// cases are what may hold where e has a truth; none if it cannot have it.
func (k *known) cases(e ast.Expr, truth bool) []*differences {
	if k.vars == nil {
		return []*differences{k.holds}
	}
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.NOT {
		return k.cases(u.X, !truth)
	}
	b, ok := e.(*ast.BinaryExpr)
	if !ok || b.Op != token.LAND && b.Op != token.LOR {
		now := k.in(k.holds)
		now.learn(e, truth)
		if !now.holds.possible() {
			return nil
		}
		return []*differences{now.holds}
	}
	var list []*differences
	decides := b.Op == token.LOR // the truth of one side that decides
	if truth == decides {
		list = k.cases(b.X, decides)
	}
	for _, d := range k.cases(b.X, !decides) {
		list = append(list, k.in(d).cases(b.Y, truth)...)
	}
	return list[:min(len(list), mostCases)]
}

// surely tells whether e can be evaluated wherever control is: it calls nothing and
// cannot panic.
func (c *finder) surely(e ast.Expr) bool {
	sure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.Ident, *ast.BasicLit, *ast.ParenExpr:
		case *ast.SelectorExpr:
			s := c.info.Selections[n]
			sure = sure && (s == nil || s.Kind() == types.FieldVal && !s.Indirect() && !isPointer(s.Recv()))
		case *ast.UnaryExpr:
			sure = sure && n.Op != token.ARROW && n.Op != token.AND
		case *ast.BinaryExpr:
			sure = sure && n.Op != token.QUO && n.Op != token.REM && n.Op != token.SHL && n.Op != token.SHR &&
				(opposite[n.Op] == 0 || comparable(c, n.X, n.Y))
		case *ast.CallExpr:
			sure = sure && c.isLength(n)
		default:
			sure = false
		}
		return sure
	})
	return sure
}

// names adds to deps what the value of e depends on, and tells whether that can be
// seen.
func (k *known) names(e ast.Expr, deps map[any]bool) bool {
	if !k.c.silent(e) {
		return false
	}
	seen := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.CompositeLit:
			seen = false
		case *ast.Ident:
			v, ok := k.c.info.ObjectOf(n).(*types.Var)
			if !ok || v.IsField() {
				break
			}
			deps[v] = true
			seen = seen && !k.vars.loose[v]
			if v.Parent() == k.c.pkg.Types.Scope() || v.Pkg() != k.c.pkg.Types {
				deps[elsewhere] = true
			}
		case *ast.SelectorExpr:
			if s := k.c.info.Selections[n]; s != nil && (s.Indirect() || isPointer(s.Recv())) {
				deps[elsewhere], deps[n.Sel.Name] = true, true
			}
		case *ast.StarExpr:
			deps[elsewhere], deps[anywhere] = true, true
		case *ast.IndexExpr:
			if t := k.c.info.TypeOf(n.X); t == nil || !isArray(t) && !isString(t) {
				deps[elsewhere], deps[anywhere] = true, true
			}
		case *ast.CallExpr:
			switch {
			case !k.c.harmless(n):
				deps[elsewhere], deps[anywhere] = true, true
			case k.c.isLength(n):
				if t := k.c.info.TypeOf(n.Args[0]); t != nil && canChangeLength(t) {
					deps[elsewhere], deps[anywhere] = true, true
				}
			}
		}
		return seen
	})
	return seen
}

// canChangeLength tells whether what has type t can get another length while the
// variable stays what it is.
func canChangeLength(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Chan:
		return true
	}
	return false
}
