package mutate

import (
	"go/ast"
	"go/types"
)

var builtinSwap = Operator{
	Name:   "builtin_swap",
	Doc:    "Exchanges min and max, leaves out append; in the all profile exchanges len and cap.",
	Before: "func f(a, b int) int { return min(a, b) }",
	After:  "func f(a, b int) int { return max(a, b) }",
	find: func(c *finder, n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok {
			c.swapBuiltin(call)
		}
	},
}

func (c *finder) swapBuiltin(call *ast.CallExpr) {
	switch {
	case c.isBuiltin(call, "min"):
		c.renameBuiltin(call, "max", Default)
	case c.isBuiltin(call, "max"):
		c.renameBuiltin(call, "min", Default)
	case c.isBuiltin(call, "len") && hasCapacity(c.info.TypeOf(call.Args[0])):
		c.renameBuiltin(call, "cap", All)
	case c.isBuiltin(call, "cap") && hasCapacity(c.info.TypeOf(call.Args[0])):
		c.renameBuiltin(call, "len", All)
	case c.isBuiltin(call, "append") && len(call.Args) > 1 && types.Identical(c.info.TypeOf(call), c.info.TypeOf(call.Args[0])):
		c.propose(c.replace(call, c.text(call.Args[0])))
	}
}

// renameBuiltin proposes another predeclared function.
func (c *finder) renameBuiltin(call *ast.CallExpr, name string, profile Profile) {
	if len(call.Args) == 0 || c.info.Types[call].Value != nil || !c.universe(name, call.Pos()) {
		return
	}
	if name != "len" && name != "cap" && len(call.Args) == 1 {
		return // the smallest of one is the largest
	}
	c.propose(proposal{site: call, kind: c.kindOf(call), edits: []edit{c.edit(call.Fun, name)}, profile: profile})
}

// hasCapacity tells whether cap of a value of type t can differ from its len.
func hasCapacity(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Chan:
		return true
	}
	return false
}
