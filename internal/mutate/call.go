package mutate

import (
	"go/ast"
	"go/types"
)

var callUnwrap = Operator{
	Name:    "call_unwrap",
	Doc:     "Uses the first argument of a call, or what a method is called on, instead of a result of the same type.",
	Profile: Strong,
	Before:  "func f(g func(string) string, s string) int { return len(g(s)) }",
	After:   "func f(g func(string) string, s string) int { return len(s) }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || !c.hasValue(call) || call.Ellipsis.IsValid() {
			return
		}
		result := c.info.TypeOf(call)
		if x := c.receiver(call); x != nil && types.Identical(c.info.TypeOf(x), result) {
			c.propose(c.replace(call, c.text(x)))
		}
		if len(call.Args) == 0 {
			return
		}
		// A constant would take its type from elsewhere.
		first := call.Args[0]
		if types.Identical(c.info.TypeOf(first), result) && c.info.Types[first].Value == nil {
			c.propose(c.replace(call, c.unwrapped(first)))
		}
	},
}

// unwrapped is an argument in the place of its call, the current node.
func (c *finder) unwrapped(arg ast.Expr) string {
	switch arg.(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr, *ast.StarExpr, *ast.FuncLit, *ast.CompositeLit:
		return "(" + c.text(arg) + ")"
	}
	return c.text(arg)
}

// receiver is what a method is called on, or nil.
func (c *finder) receiver(call *ast.CallExpr) ast.Expr {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if s := c.info.Selections[sel]; s == nil || s.Kind() != types.MethodVal {
		return nil
	}
	return sel.X
}

// hasValue tells whether the current node is a call of a function, for its only
// result.
func (c *finder) hasValue(call *ast.CallExpr) bool {
	fun := c.info.Types[call.Fun]
	if fun.IsType() || fun.IsBuiltin() || c.isDone() || c.info.Types[call].Value != nil {
		return false
	}
	t := c.info.TypeOf(call)
	if t == nil {
		return false
	}
	_, several := t.(*types.Tuple)
	return !several && c.info.Types[call].IsValue()
}

var callZero = Operator{
	Name:    "call_zero",
	Doc:     "Makes no call, and takes the zero value of its type as the result.",
	Profile: Strong,
	Before:  "func f(g func() int) int { return g() + 1 }",
	After:   "func f(g func() int) int { return 0 + 1 }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || !c.hasValue(call) {
			return
		}
		switch up := c.parent(0).(type) {
		case *ast.ReturnStmt:
			return // return_value and error_swallow say it
		case *ast.SelectorExpr, *ast.StarExpr:
			if nilable(c.info.TypeOf(call)) {
				return // it only panics
			}
		case *ast.CallExpr:
			if up.Fun == call {
				return
			}
		}
		text := c.zeroOf(c.info.TypeOf(call), call.Pos())
		if text == "" {
			return
		}
		if text[0] == '*' && !c.isOperand() {
			text = "(" + text + ")"
		}
		p := c.replace(call, text)
		p.ignore = c.arid(call)
		if c.zeroFits(p.edits) {
			c.propose(p)
		}
	},
}

// isOperand tells whether a star may stand before the current node as it is.
func (c *finder) isOperand() bool {
	switch c.parent(0).(type) {
	case *ast.SelectorExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.TypeAssertExpr:
		return false
	}
	return true
}

// zeroFits tells whether the compiler accepts a constant in the place of the
// current node: uint(0) - 1 overflows, and ""[0] is out of range.
func (c *finder) zeroFits(edits []edit) bool {
	up := c.parent(0)
	switch up.(type) {
	case *ast.BinaryExpr, *ast.IndexExpr, *ast.SliceExpr:
	default:
		return true
	}
	literal := false
	ast.Inspect(up, func(n ast.Node) bool {
		_, is := n.(*ast.FuncLit) // whose scopes are not those of the file
		literal = literal || is
		return !literal
	})
	if literal {
		return true
	}
	e, _ := c.check(c.apply(c.offset(up.Pos()), c.offset(up.End()), edits), up.Pos())
	return e != nil
}

var argumentSwap = Operator{
	Name:    "argument_swap",
	Doc:     "Exchanges two arguments of the same type that stand beside each other.",
	Profile: All,
	Before:  "func f(g func(a, b int) int, x, y int) int { return g(x, y) }",
	After:   "func f(g func(a, b int) int, x, y int) int { return g(y, x) }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || !c.hasValue(call) || call.Ellipsis.IsValid() || c.isSymmetric(call) {
			return
		}
		for i := range len(call.Args) - 1 {
			a, b := call.Args[i], call.Args[i+1]
			if !types.Identical(c.info.TypeOf(a), c.info.TypeOf(b)) || c.text(a) == c.text(b) || !c.sameParameters(call, i) {
				continue
			}
			c.propose(proposal{
				site: call, kind: c.kindOf(call), ignore: c.arid(call),
				edits: []edit{c.edit(a, c.text(b)), c.edit(b, c.text(a))},
			})
		}
	},
}

// sameParameters tells whether the parameters of arguments i and i+1 have one
// type, so that their values may be exchanged whatever they are.
func (c *finder) sameParameters(call *ast.CallExpr, i int) bool {
	sig, ok := c.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return false
	}
	last := sig.Params().Len() - 1
	if sig.Variadic() && i+1 >= last {
		return i >= last
	}
	return i < last && types.Identical(sig.Params().At(i).Type(), sig.Params().At(i+1).Type())
}
