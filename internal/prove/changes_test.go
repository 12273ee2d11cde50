package prove

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// change is a mutant with the text that takes the place of its site.
type change struct {
	Mutant
	text string
}

// changed is the function with a change.
func (s *subject) changed(c change) string {
	return s.src[s.f.Pos()-s.base:c.Site.Pos()-s.base] + "(" + c.text + ")" + s.src[c.Site.End()-s.base:s.f.End()-s.base]
}

// changes are what may be asked of a function.
func (s *subject) changes() (list []change) {
	path := []ast.Node{s.f}
	ast.Inspect(s.f.Body, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		if e, ok := n.(ast.Expr); ok && s.isCondition(e, path[len(path)-1]) {
			for _, c := range s.instead(e) {
				c.Path, c.Site = append(slices.Clone(path), n), e
				list = append(list, c)
			}
		}
		path = append(path, n)
		return true
	})
	return list
}

// isCondition tells whether e is a value that is true or false. A name in an assignment
// is none: it may be the only use of a variable.
func (s *subject) isCondition(e ast.Expr, parent ast.Node) bool {
	_, name := e.(*ast.Ident)
	if _, set := parent.(*ast.AssignStmt); set && name {
		return false
	}
	_, paren := e.(*ast.ParenExpr)
	tv := s.pkg.Info.Types[e]
	return !paren && tv.IsValue() && tv.Type != nil && basicInfo(tv.Type)&types.IsBoolean != 0
}

// instead are the changes of e.
func (s *subject) instead(e ast.Expr) []change {
	list := []change{{Mutant{Truth: true}, "true"}, {Mutant{Truth: false}, "false"}}
	b, ok := e.(*ast.BinaryExpr)
	if !ok {
		return list
	}
	if b.Op == token.LAND || b.Op == token.LOR {
		list = append(list, change{Mutant{Instead: b.X}, s.text(b.X)}, change{Mutant{Instead: b.Y}, s.text(b.Y)})
	}
	for _, op := range s.others(b) {
		list = append(list, change{Mutant{Instead: &ast.BinaryExpr{X: b.X, Op: op, Y: b.Y}}, s.text(b.X) + " " + op.String() + " " + s.text(b.Y)})
	}
	return list
}

// others are the operators that may take the place of that of b.
func (s *subject) others(b *ast.BinaryExpr) []token.Token {
	list := []token.Token{token.EQL, token.NEQ}
	switch {
	case b.Op == token.LAND || b.Op == token.LOR:
		list = []token.Token{token.LAND, token.LOR}
	case basicInfo(s.pkg.Info.TypeOf(b.X))&types.IsOrdered != 0:
		list = append(list, token.LSS, token.LEQ, token.GTR, token.GEQ)
	}
	return slices.DeleteFunc(list, func(op token.Token) bool { return op == b.Op })
}
