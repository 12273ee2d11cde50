package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

var callSwap = Operator{
	Name:   "call_swap",
	Doc:    "Calls the other one of two functions of the standard library that are taken for each other, or answers for one that compares.",
	Before: "import \"strings\"\n\nfunc f(s string) bool { return strings.HasPrefix(s, \"a\") }",
	After:  "import \"strings\"\n\nfunc f(s string) bool { return strings.HasSuffix(s, \"a\") }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		fn := c.callee(call)
		sel, qualified := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if fn == nil || fn.Pkg() == nil || !qualified {
			return
		}
		name := fn.Pkg().Path() + "." + fn.Name()
		if r := fn.Signature().Recv(); r != nil {
			name = types.TypeString(r.Type(), nil) + "." + fn.Name()
		}
		if c.onlyWhether(call, fn.Name()) {
			return
		}
		for _, to := range swappedCalls[name] {
			c.swapCall(call, sel, to)
		}
	},
}

// swappedCalls says what may be called instead: another name in the same package,
// or $0, $1 … for the arguments in an expression of its own.
var swappedCalls = callPairs()

func callPairs() map[string][]string {
	swaps := map[string][]string{
		"strings.Contains": {"HasPrefix"}, "bytes.Contains": {"HasPrefix"},
		"strings.EqualFold": {"$0 == $1"}, "bytes.EqualFold": {"Equal"},
		"strings.ReplaceAll": {"Replace($0, $1, $2, 1)"}, "bytes.ReplaceAll": {"Replace($0, $1, $2, 1)"},
		"strings.Replace": {"ReplaceAll($0, $1, $2)"}, "bytes.Replace": {"ReplaceAll($0, $1, $2)"},
		"errors.Is": {"false"}, "errors.As": {"false"}, "reflect.DeepEqual": {"true"},
		"time.Time.Add": {"Add(-($0))"},
	}
	both := func(pkg string, pairs ...string) {
		for _, pair := range pairs {
			a, b, _ := strings.Cut(pair, " ")
			swaps[pkg+"."+a] = append(swaps[pkg+"."+a], b)
			swaps[pkg+"."+b] = append(swaps[pkg+"."+b], a)
		}
	}
	for _, pkg := range []string{"strings", "bytes"} {
		both(pkg, "HasPrefix HasSuffix", "Index LastIndex", "IndexByte LastIndexByte", "IndexAny LastIndexAny",
			"IndexFunc LastIndexFunc", "ToUpper ToLower", "TrimLeft TrimRight", "TrimPrefix TrimSuffix",
			"TrimLeftFunc TrimRightFunc", "CutPrefix CutSuffix")
	}
	both("math", "Floor Ceil", "Min Max", "Sin Cos")
	both("slices", "Min Max", "MinFunc MaxFunc")
	both("unicode", "IsUpper IsLower", "ToUpper ToLower")
	both("math/bits", "LeadingZeros TrailingZeros", "LeadingZeros64 TrailingZeros64", "LeadingZeros32 TrailingZeros32")
	both("path", "Base Dir")
	both("path/filepath", "Base Dir")
	both("time.Time", "Before After")
	return swaps
}

// swapCall proposes one of swappedCalls.
func (c *finder) swapCall(call *ast.CallExpr, sel *ast.SelectorExpr, to string) {
	switch {
	case to == "true" || to == "false":
		c.propose(c.fixed(call, to, map[string]string{"true": "true || ", "false": "false && "}[to]))
	case !strings.Contains(to, "$"):
		c.propose(proposal{site: call, kind: c.kindOf(call), edits: []edit{c.edit(sel.Sel, to)}})
	case call.Ellipsis.IsValid() || strings.HasSuffix(sel.Sel.Name, "Replace") && c.replacesAll(call):
	default:
		text := to
		for i, arg := range call.Args {
			text = strings.ReplaceAll(text, "$"+string(rune('0'+i)), c.text(arg))
		}
		if strings.Contains(to, "(") {
			c.propose(proposal{
				site: call, kind: c.kindOf(call),
				edits: []edit{{c.offset(sel.Sel.Pos()), c.offset(call.End()), text}},
			})
			return
		}
		if _, ok := c.parent(0).(*ast.ParenExpr); !ok {
			text = "(" + text + ")"
		}
		c.propose(c.replace(call, text))
	}
}

// replacesAll tells whether a call of Replace surely replaces everything.
func (c *finder) replacesAll(call *ast.CallExpr) bool {
	v, ok := smallInt(c.info.Types[call.Args[len(call.Args)-1]].Value)
	return ok && v < 0
}
