package mutate

import (
	"go/ast"
	"go/types"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// Where a package matches, and who calls whom.

// site is where a function is called.
type site struct {
	in   *ast.FuncDecl // nil in the initialiser of a variable
	call *ast.CallExpr
}

// index notes which functions match, and where functions are called.
func (c *finder) index(t *texts) {
	t.matching, t.calls, t.values = map[*ast.FuncDecl]bool{}, map[*types.Func][]site{}, map[*types.Func]bool{}
	for _, f := range c.pkg.Files {
		for _, decl := range f.Syntax.Decls {
			d, _ := decl.(*ast.FuncDecl)
			called := map[*ast.Ident]bool{}
			ast.Inspect(decl, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok {
						if fn, ok := c.info.Uses[id].(*types.Func); ok {
							called[id] = true
							t.calls[fn] = append(t.calls[fn], site{d, n})
						}
					}
				case *ast.Ident:
					switch obj := c.info.Uses[n].(type) {
					case *types.Func:
						t.values[obj] = t.values[obj] || !called[n]
					case *types.Var:
						if d != nil && obj.Parent() == c.pkg.Types.Scope() && types.TypeString(obj.Type(), nil) == "*regexp.Regexp" {
							t.matching[d] = true
						}
					}
				}
				return true
			})
		}
	}
}

// set makes sets once for each name.
func (t *texts) set(name string, make func() *lang.Set) *lang.Set {
	s, done := t.sets[name]
	if !done {
		s = make()
		t.sets[name] = s
	}
	return s
}
