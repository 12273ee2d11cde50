package mutate

import (
	"go/ast"
	"go/token"
	"strings"
)

var errorInject = Operator{
	Name:    "error_inject",
	Doc:     "Makes a call that succeeded return an error.",
	Profile: Strong,
	Before:  "import \"errors\"\nfunc f(g func() error) error { if err := g(); err != nil { return errors.ErrUnsupported }; return nil }",
	After:   "import \"errors\"\nfunc f(g func() error) error { if err := errors.Join(g(), errors.New(\"evilution\")); err != nil { return errors.ErrUnsupported }; return nil }",
	find: func(c *finder, n ast.Node) {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Rhs) != 1 || s.Tok != token.DEFINE && s.Tok != token.ASSIGN {
			return
		}
		call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
		id, isID := s.Lhs[len(s.Lhs)-1].(*ast.Ident)
		if !ok || !isID || id.Name == "_" || !isError(c.info.TypeOf(id)) {
			return
		}
		name := c.errorsName(s)
		if len(s.Lhs) == 1 {
			if isError(c.info.TypeOf(call)) && !c.makesError(call) {
				c.propose(proposal{
					site: s.Rhs[0], kind: Value, errors: name,
					edits: []edit{c.edit(s.Rhs[0], name+".Join("+c.text(s.Rhs[0])+", "+name+`.New("evilution"))`)},
				})
			}
			return
		}
		if next := c.next(s); next != nil {
			at := c.offset(next.Pos())
			c.propose(proposal{
				site: next, kind: Stmt, errors: name,
				edits: []edit{{at, at, id.Name + " = " + name + `.New("evilution"); `}},
			})
		}
	},
}

var errorWrap = Operator{
	Name:   "error_wrap",
	Doc:    "Formats an error with %v where %w wraps it; drops one of several joined errors.",
	Before: "import \"fmt\"\nfunc f(err error) error { return fmt.Errorf(\"f: %w\", err) }",
	After:  "import \"fmt\"\nfunc f(err error) error { return fmt.Errorf(\"f: %v\", err) }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		switch c.qualified(call) {
		case "fmt.Errorf":
			c.unwrap(call)
		case "errors.Join":
			if len(call.Args) < 2 || call.Ellipsis.IsValid() {
				return
			}
			for i, e := range call.Args {
				if c.pure(e) && !c.isNil(e) {
					c.propose(proposal{site: call, kind: Value, edits: []edit{c.without(call.Args, i)}})
				}
			}
		}
	},
}

// unwrap proposes %v for each %w of a format.
func (c *finder) unwrap(call *ast.CallExpr) {
	if len(call.Args) == 0 {
		return
	}
	lit, ok := ast.Unparen(call.Args[0]).(*ast.BasicLit)
	if !ok {
		return
	}
	for i := 0; i < len(lit.Value)-1; i++ {
		if lit.Value[i] != '%' {
			continue
		}
		i++
		if lit.Value[i] == 'w' {
			at := c.offset(lit.Pos()) + i
			c.propose(proposal{site: lit, kind: Value, edits: []edit{{at, at + 1, "v"}}})
		}
	}
}

// qualified is the path and name of the function that a call names, or that and
// the type of its receiver: pkg.F or pkg.T.M; empty where it names none.
func (c *finder) qualified(call *ast.CallExpr) string {
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	if fn.Signature().Recv() == nil {
		return fn.Pkg().Path() + "." + fn.Name()
	}
	name := receiver(fn)
	return fn.Pkg().Path() + "." + name[strings.LastIndex(strings.TrimSuffix(name, "."), ".")+1:] + fn.Name()
}

var recoverRemoval = Operator{
	Name:   "recover_removal",
	Doc:    "Does not recover from a panic.",
	Before: "func f(g func(any)) { defer func() { r := recover(); g(r) }() }",
	After:  "func f(g func(any)) { defer func() { r := interface{}(nil); g(r) }() }",
	find: func(c *finder, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || !c.isBuiltin(call, "recover") || !c.universe("nil", call.Pos()) {
			return
		}
		if _, alone := c.parent(0).(*ast.ExprStmt); alone {
			return // statement_removal
		}
		c.propose(proposal{site: call, kind: Value, edits: []edit{c.edit(call, "interface{}(nil)")}})
	},
}
