package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// within names the mutant that says the same as that the condition of at, the
// current node, is false: nothing stands in its body but another if, which is then
// never taken either.
func (c *finder) within(at *ast.IfStmt) []twin {
	if at.Else != nil || len(at.Body.List) != 1 || !c.silent(at.Cond) {
		return nil
	}
	inner, ok := at.Body.List[0].(*ast.IfStmt)
	if !ok || inner.Else != nil || !c.silent(inner.Cond) || !c.forgotten(at, inner.Init) {
		return nil
	}
	return []twin{{inner.Cond, []string{"condition_false", "error_branch"}}}
}

// forgotten tells whether nobody asks behind at, the current node, what s, in it, has
// done: it sets variables only, and each is its own or is set again before it is read.
func (c *finder) forgotten(at *ast.IfStmt, s ast.Stmt) bool {
	if s == nil {
		return true
	}
	a, ok := s.(*ast.AssignStmt)
	vars := c.variables()
	if !ok || vars == nil || slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return !c.silent(e) }) {
		return false
	}
	for _, e := range a.Lhs {
		id, ok := e.(*ast.Ident)
		if !ok {
			return false
		}
		obj, ok := c.info.ObjectOf(id).(*types.Var)
		if id.Name == "_" || c.info.Defs[id] != nil {
			continue
		}
		if !ok || vars.loose[obj] || c.isResult(obj) || !c.setBeforeRead(at, obj) {
			return false
		}
	}
	return true
}

// isResult tells whether obj lives longer than the body of the function at hand: a
// named result, or a variable of the package or of an outer function.
func (c *finder) isResult(obj *types.Var) bool {
	_, body := c.inner()
	return body == nil || obj.Pos() < body.Pos() || body.End() <= obj.Pos()
}

// setBeforeRead tells whether obj is set again before it is read, on every way that
// leads on behind at.
func (c *finder) setBeforeRead(at ast.Node, obj types.Object) bool {
	child := at
	for i := range c.parents {
		up := c.parent(i)
		switch up.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return up.Pos() < obj.Pos() // it is another variable the next time
		case *ast.FuncDecl, *ast.FuncLit:
			return true
		}
		list := listOf(up)
		if n := slices.IndexFunc(list, func(s ast.Stmt) bool { return ast.Node(s) == child }); n >= 0 {
			set, ok := c.reads(list[n+1:], obj, false)
			if !ok || set {
				return ok
			}
		}
		child = up
	}
	return false
}

// reads goes through statements one after another. ok is false where obj is read
// though it has not been set; set tells whether it has been in the end.
func (c *finder) reads(list []ast.Stmt, obj types.Object, set bool) (bool, bool) {
	for _, s := range list {
		if set {
			return true, true
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			if slices.ContainsFunc(s.Rhs, func(e ast.Expr) bool { return c.mentions(e, obj) }) || s.Tok != token.ASSIGN && s.Tok != token.DEFINE && c.mentions(s, obj) {
				return false, false
			}
			set = slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool { return c.isVariable(e, obj) })
			if !set && c.mentions(s, obj) {
				return false, false
			}
		case *ast.IfStmt:
			inside := false
			if s.Init != nil {
				ok := false
				if inside, ok = c.reads([]ast.Stmt{s.Init}, obj, false); !ok {
					return false, false
				}
			}
			if inside {
				set = true
				continue
			}
			if c.mentions(s.Cond, obj) {
				return false, false
			}
			if _, ok := c.reads(s.Body.List, obj, false); !ok {
				return false, false
			}
			if s.Else != nil {
				if _, ok := c.reads([]ast.Stmt{s.Else}, obj, false); !ok {
					return false, false
				}
			}
		case *ast.BlockStmt:
			ok := false
			if set, ok = c.reads(s.List, obj, false); !ok {
				return false, false
			}
		default:
			if c.mentions(s, obj) {
				return false, false
			}
		}
	}
	return set, true
}
