package mutate

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// tableMutants is how many literals of a composite literal an operator changes.
// A table has hundreds, and three tell whether anybody reads it.
const tableMutants = 3

// quiet tells why another literal at the current place teaches nothing, or
// nothing where it may: it is a word for people, a hint, a duration, a mode, or one
// of many in a table.
func (c *finder) quiet(site ast.Expr) string {
	if why := c.quietType(site); why != "" {
		return why
	}
	if method := c.name[strings.LastIndexByte(c.name, '.')+1:]; method != c.name && slices.Contains(describers, method) {
		return "text of " + method
	}
	for i := range c.parents {
		switch up := c.parent(i).(type) {
		case *ast.FuncLit:
			return ""
		case *ast.CallExpr:
			if why := c.quietArgument(up, c.child(i, site)); why != "" {
				return why
			}
		case *ast.CompositeLit:
			if outer := c.outermost(i); outer != nil {
				return c.ration(outer)
			}
		}
	}
	return ""
}

// describers are methods that write a value for people.
var describers = []string{"String", "GoString", "Error"}

// quietType looks at the type that a literal has in the end.
func (c *finder) quietType(site ast.Expr) string {
	named, ok := types.Unalias(c.info.TypeOf(site)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	switch named.Obj().Pkg().Path() + "." + named.Obj().Name() {
	case "time.Duration":
		return "a duration"
	case "io/fs.FileMode":
		return "a file mode"
	}
	return ""
}

// child is the node below the i-th parent on the way to the current node.
func (c *finder) child(i int, site ast.Node) ast.Node {
	if i == 0 {
		return site
	}
	return c.parent(i - 1)
}

// quietArgument tells why an argument of call teaches nothing.
func (c *finder) quietArgument(call *ast.CallExpr, arg ast.Node) string {
	switch {
	case arg == call.Fun:
		return ""
	case c.isBuiltin(call, "panic"):
		return "argument of panic"
	case c.isBuiltin(call, "make"):
		if slices.Index(call.Args, arg.(ast.Expr)) == 2 || isMap(c.info.TypeOf(call)) {
			return "a capacity"
		}
		return ""
	}
	if why := c.arid(call); why != "" {
		return strings.Replace(why, "call of", "argument of", 1)
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	switch name := fn.Pkg().Path() + "." + fn.Name(); {
	case name == "fmt.Errorf" || name == "errors.New" || strings.HasPrefix(name, "github.com/pkg/errors."):
		return "text of an error"
	case fn.Name() == "Grow":
		return "a capacity"
	case fn.Pkg().Path() == "strconv" && arg != call.Args[0]:
		return "a base or size of strconv." + fn.Name()
	case fn.Pkg().Path() == "flag" || strings.HasSuffix(fn.Pkg().Path(), "/pflag"):
		return "argument of " + fn.Pkg().Name() + "." + fn.Name()
	}
	return ""
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// outermost is the composite literal that holds the i-th parent and is no part of
// another, within the same function.
func (c *finder) outermost(i int) (lit *ast.CompositeLit) {
	for ; i < len(c.parents); i++ {
		switch up := c.parent(i).(type) {
		case *ast.CompositeLit:
			lit = up
		case *ast.FuncLit:
			return lit
		}
	}
	return lit
}

// ration counts what the operator at work does in lit, and tells why there is no
// more of it.
func (c *finder) ration(lit *ast.CompositeLit) string {
	k := portion{lit, c.op}
	if c.portions == nil {
		c.portions = map[portion]int{}
	}
	if c.portions[k]++; c.portions[k] > tableMutants {
		return "one of many in a composite literal"
	}
	return ""
}

// portion is what an operator does in a composite literal.
type portion struct {
	lit *ast.CompositeLit
	op  int
}
