package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

// variables is what is known of the variables of a function with all that is nested
// in it.
type variables struct {
	loose map[types.Object]bool // others may change them: by their address, or a function literal shares them
	small map[types.Object]bool // lengths and indices: never negative, and far from overflow
}

// variables looks at the declared function around the current node; nil where there
// is none, or where a goto makes it hard to tell what comes before what.
func (c *finder) variables() *variables {
	d, ok := c.decl.(*ast.FuncDecl)
	if !ok {
		return nil
	}
	return c.variablesOf(d)
}

func (c *finder) variablesOf(d *ast.FuncDecl) *variables {
	v, done := c.functions.variables[d]
	if done {
		return v
	}
	v = c.studyVariables(d)
	if c.functions.variables == nil {
		c.functions.variables = map[*ast.FuncDecl]*variables{}
	}
	c.functions.variables[d] = v
	return v
}

func (c *finder) studyVariables(d *ast.FuncDecl) *variables {
	v := &variables{loose: map[types.Object]bool{}, small: map[types.Object]bool{}}
	set := map[types.Object]int{}
	jumps := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt:
			jumps = jumps || n.Tok == token.GOTO
		case *ast.FuncLit:
			c.loosen(v, n)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				c.loose(v, n.X)
			}
		case *ast.SliceExpr:
			if t := c.info.TypeOf(n.X); t != nil && isArray(t) {
				c.loose(v, n.X)
			}
		case *ast.SelectorExpr:
			if c.takesAddress(n) {
				c.loose(v, n.X)
			}
		case *ast.RangeStmt:
			c.countSet(set, n.Key, n.Value)
			if key, ok := n.Key.(*ast.Ident); ok && n.Tok == token.DEFINE && indexes(c.info.TypeOf(n.X)) {
				v.small[c.info.Defs[key]] = true
			}
		case *ast.ForStmt:
			if key := c.upwards(n); key != nil {
				v.small[key] = true
				set[key]-- // its own ++
			}
		case *ast.IncDecStmt:
			c.countSet(set, n.X)
		case *ast.AssignStmt:
			c.countSet(set, n.Lhs...)
			to, from, ok := assignment(n)
			if id, isID := to.(*ast.Ident); ok && isID && n.Tok == token.DEFINE && c.isLength(from) {
				v.small[c.info.Defs[id]] = true
			}
		}
		return true
	})
	if jumps {
		return nil
	}
	c.loosenShared(v, d)
	for obj := range v.small {
		if obj == nil || v.loose[obj] || set[obj] != 1 || !types.Identical(obj.Type(), types.Typ[types.Int]) {
			delete(v.small, obj)
		}
	}
	return v
}

// loosen notes what a function literal sets.
func (c *finder) loosen(v *variables, lit *ast.FuncLit) {
	set := map[types.Object]int{}
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.RangeStmt:
			c.countSet(set, n.Key, n.Value)
		case *ast.IncDecStmt:
			c.countSet(set, n.X)
		case *ast.AssignStmt:
			c.countSet(set, n.Lhs...)
		}
		return true
	})
	for obj := range set {
		if obj != nil && (obj.Pos() < lit.Pos() || lit.End() <= obj.Pos()) {
			v.loose[obj] = true
		}
	}
}

// loosenShared notes what function literals use of the function around them, and is
// set again: a call in one of them may wait for the other to do so.
func (c *finder) loosenShared(v *variables, d *ast.FuncDecl) {
	again := map[types.Object]bool{}
	note := func(list ...ast.Expr) {
		for _, e := range list {
			if root, direct := c.root(e); e != nil && root != nil && direct && c.info.Defs[root] == nil {
				again[c.info.Uses[root]] = true
			}
		}
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			note(n.Lhs...)
		case *ast.IncDecStmt:
			note(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				note(n.Key, n.Value)
			}
		}
		return true
	})
	ast.Inspect(d.Body, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok {
			return true
		}
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			obj := c.info.Uses[id]
			if ok && obj != nil && again[obj] && (obj.Pos() < lit.Pos() || lit.End() <= obj.Pos()) {
				v.loose[obj] = true
			}
			return true
		})
		return true
	})
}

// loose notes that the address of e is taken. Where e only leads to something by a
// pointer, its variable stays what it is.
func (c *finder) loose(v *variables, e ast.Expr) {
	if root, direct := c.root(e); root != nil && direct {
		v.loose[c.info.ObjectOf(root)] = true
	}
}

// takesAddress tells whether a selector is of a method that gets the address of
// what stands before it.
func (c *finder) takesAddress(sel *ast.SelectorExpr) bool {
	s := c.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || s.Indirect() {
		return false
	}
	fn, ok := s.Obj().(*types.Func)
	return ok && fn.Signature().Recv() != nil && isPointer(fn.Signature().Recv().Type()) && !isPointer(s.Recv())
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func isArray(t types.Type) bool {
	_, ok := t.Underlying().(*types.Array)
	return ok
}

func (c *finder) countSet(set map[types.Object]int, list ...ast.Expr) {
	for _, e := range list {
		if e == nil {
			continue
		}
		if root, direct := c.root(e); root != nil && direct {
			set[c.info.ObjectOf(root)]++
		}
	}
}

// isLength tells whether e is a call of len or cap.
func (c *finder) isLength(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && (c.isBuiltin(call, "len") || c.isBuiltin(call, "cap"))
}

// indexes tells whether a range loop over t gives indices.
func indexes(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Pointer:
		return true
	case *types.Basic:
		return u.Info()&(types.IsString|types.IsInteger) != 0
	}
	return false
}

// upwards is the variable of `for i := 0; i < n; i++`, whose start is not negative.
func (c *finder) upwards(n *ast.ForStmt) types.Object {
	init, ok := n.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 || len(init.Rhs) != 1 {
		return nil
	}
	id, ok := init.Lhs[0].(*ast.Ident)
	start, small := smallInt(c.info.Types[init.Rhs[0]].Value)
	post, counts := n.Post.(*ast.IncDecStmt)
	cond, compares := n.Cond.(*ast.BinaryExpr)
	if !ok || !small || start < 0 || !counts || post.Tok != token.INC || !compares || cond.Op != token.LSS {
		return nil
	}
	obj := c.info.Defs[id]
	own := func(e ast.Expr) bool { x, ok := e.(*ast.Ident); return ok && c.info.Uses[x] == obj }
	if obj == nil || !own(post.X) || !own(cond.X) || !isInteger(obj.Type()) {
		return nil
	}
	return obj
}
