package mutate

import (
	"go/ast"
	"go/types"
)

var conversion = Operator{
	Name:    "conversion",
	Doc:     "Converts a number by way of a type that holds less.",
	Profile: All,
	Before:  "func f(n int64) int64 { return int64(n) }",
	After:   "func f(n int64) int64 { return int64(int32(n)) }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !c.info.Types[call.Fun].IsType() || c.info.Types[call].Value != nil {
			return
		}
		from, ok := c.info.TypeOf(call.Args[0]).Underlying().(*types.Basic)
		to, ok2 := c.info.TypeOf(call).Underlying().(*types.Basic)
		if !ok || !ok2 || from.Info()&types.IsNumeric == 0 || to.Info()&types.IsNumeric == 0 {
			return
		}
		less := narrower[to.Kind()]
		small := types.Typ[types.Invalid]
		if obj, ok := types.Universe.Lookup(less).(*types.TypeName); ok {
			small = obj.Type().(*types.Basic)
		}
		if less == "" || c.pkg.Sizes.Sizeof(from) <= c.pkg.Sizes.Sizeof(small) || !c.universe(less, call.Pos()) {
			return
		}
		c.propose(c.replace(call.Args[0], less+"("+c.text(call.Args[0])+")"))
	},
}

// narrower names the type of half the size.
var narrower = map[types.BasicKind]string{
	types.Int: "int32", types.Int64: "int32", types.Int32: "int16", types.Int16: "int8",
	types.Uint: "uint32", types.Uint64: "uint32", types.Uint32: "uint16", types.Uint16: "uint8",
	types.Uintptr: "uint32", types.Float64: "float32",
}
