package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

var optionRemoval = Operator{
	Name:    "option_removal",
	Doc:     "Drops one of the functional options of a call.",
	Profile: Strong,
	Before:  "type Option func(*int)\nfunc g(...Option) {}\nfunc f(a, b Option) { g(a, b) }",
	After:   "type Option func(*int)\nfunc g(...Option) {}\nfunc f(a, b Option) { g(b) }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || call.Ellipsis.IsValid() {
			return
		}
		sig, ok := c.info.TypeOf(call.Fun).(*types.Signature)
		if !ok || !sig.Variadic() {
			return
		}
		fixed := sig.Params().Len() - 1
		if len(call.Args) <= fixed || !isOption(sig.Params().At(fixed).Type()) {
			return
		}
		var site ast.Node = call
		kind := c.kindOf(call)
		if s, ok := c.parent(0).(*ast.ExprStmt); ok {
			site, kind = s, Stmt
		}
		if t, tuple := c.info.TypeOf(call).(*types.Tuple); tuple && t.Len() > 0 {
			s, ok := c.parent(0).(ast.Stmt)
			if !ok {
				return
			}
			site, kind = s, Stmt
		}
		switch c.parent(0).(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			site, kind = c.parent(0), Stmt
		}
		for i := fixed; i < len(call.Args); i++ {
			e := c.without(call.Args, i)
			if len(call.Args) == 1 {
				e = c.edit(call.Args[0], "")
			}
			c.propose(proposal{site: site, kind: kind, edits: []edit{e}})
		}
	},
}

// isOption tells whether the type of a variadic parameter looks like that of
// options: it has the word in its name, or is a function that gets a pointer.
func isOption(t types.Type) bool {
	s, ok := t.(*types.Slice)
	if !ok {
		return false
	}
	named, ok := types.Unalias(s.Elem()).(*types.Named)
	if !ok {
		return false
	}
	name := strings.ToLower(named.Obj().Name())
	if strings.Contains(name, "option") || strings.HasSuffix(name, "opt") {
		return true
	}
	f, ok := named.Underlying().(*types.Signature)
	if !ok || f.Params().Len() != 1 {
		return false
	}
	_, pointer := f.Params().At(0).Type().(*types.Pointer)
	return pointer
}
