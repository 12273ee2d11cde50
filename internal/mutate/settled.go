package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Calls that always end the same way, because they get nothing but constants.

// failsAlwaysOrNever tells whether cond, which the if at hand decides by, asks for the
// error of such a call: one that has just been made, or is made by the if itself.
func (c *finder) failsAlwaysOrNever(at *ast.IfStmt) bool {
	b, ok := ast.Unparen(at.Cond).(*ast.BinaryExpr)
	if !ok || !c.asksForError(at.Cond) {
		return false
	}
	id, ok := b.X.(*ast.Ident)
	if !ok {
		return false
	}
	before := at.Init
	if before == nil {
		list := listOf(c.parent(0))
		if i := slices.Index(list, ast.Stmt(at)); i > 0 {
			before = list[i-1]
		}
	}
	a, ok := before.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 || !c.isVariable(a.Lhs[len(a.Lhs)-1], c.info.ObjectOf(id)) {
		return false
	}
	call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	return ok && c.isSettled(call)
}

// isSettled tells whether a call of a function gives the same whenever it is made.
func (c *finder) isSettled(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if c.info.Types[arg].Value == nil {
			return false
		}
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() != nil || len(call.Args) == 0 {
		return false
	}
	if slices.Contains(parsers, fn.Pkg().Path()+"."+fn.Name()) || fn.Pkg().Path() == "strconv" {
		return true
	}
	return c.silentCall(call) && c.asksNobody(fn, map[*types.Func]bool{})
}

// parsers are functions that fail for what they are given and nothing else.
var parsers = []string{
	"net/url.Parse", "net/url.ParseRequestURI", "regexp.Compile", "time.Parse", "time.ParseDuration",
	"net.ParseCIDR", "net.ParseMAC", "net/netip.ParseAddr", "net/netip.ParsePrefix", "encoding/hex.DecodeString",
}

// asksNobody tells whether fn, which only computes, reads no variable of a package but
// errors.
func (c *finder) asksNobody(fn *types.Func, seen map[*types.Func]bool) bool {
	d := c.declarationOf(fn)
	if d == nil || d.Body == nil || seen[fn] {
		return true // of a package that only computes, or looked at already
	}
	seen[fn] = true
	alone := true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return alone
		}
		switch obj := c.info.Uses[id].(type) {
		case *types.Var:
			outside := !obj.IsField() && (obj.Pkg() != c.pkg.Types || obj.Parent() == c.pkg.Types.Scope())
			alone = alone && (!outside || isError(obj.Type()))
		case *types.Func:
			alone = alone && c.asksNobody(obj, seen)
		}
		return alone
	})
	return alone
}

// fresh tells whether e is a part of something that within has made itself and keeps
// in a variable: nobody else has it yet.
func (c *finder) fresh(e ast.Expr, within ast.Node) bool {
	d, ok := within.(*ast.FuncDecl)
	if !ok {
		return false
	}
	var x ast.Expr
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		x = e.X
	case *ast.IndexExpr:
		x = e.X
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	switch made := ast.Unparen(c.onlyValue(d.Body, c.info.ObjectOf(id))).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		_, lit := made.X.(*ast.CompositeLit)
		return lit && made.Op == token.AND
	case *ast.CallExpr:
		return c.isBuiltin(made, "make") || c.isBuiltin(made, "new") || strings.HasPrefix(c.qualified(made), "strings.Split")
	}
	return false
}

// fills tells whether s, the current node, is what a copy takes from, and has as much
// as the whole array that it copies to: then it does not matter how much more it has.
func (c *finder) fills(s *ast.SliceExpr) bool {
	call, ok := c.parent(0).(*ast.CallExpr)
	if !ok || !c.isBuiltin(call, "copy") || call.Args[1] != ast.Expr(s) || s.Low == nil || s.High == nil {
		return false
	}
	to, ok := call.Args[0].(*ast.SliceExpr)
	if !ok || to.Low != nil || to.High != nil {
		return false
	}
	t := c.info.TypeOf(to.X)
	if t == nil || !isArray(t) {
		return false
	}
	high, ok := ast.Unparen(s.High).(*ast.BinaryExpr)
	if !ok || high.Op != token.ADD || c.text(high.X) != c.text(s.Low) || !c.pure(s.Low) {
		return false
	}
	return c.is(high.Y, t.Underlying().(*types.Array).Len())
}
