package mutate

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// endsWell tells whether a function body, given as the text between its braces or
// that of its last statement, ends in a terminating statement as the specification defines it ("Terminating
// statements"); panics says that panic means the predeclared function there. Text
// that does not parse ends well: the checker will say better what is wrong.
func endsWell(list string, panics bool) bool {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p; func _() {"+list+"\n}", parser.SkipObjectResolution)
	if err != nil || len(f.Decls) != 1 {
		return true
	}
	fn, ok := f.Decls[0].(*ast.FuncDecl)
	return !ok || fn.Body == nil || ending{panics}.list(fn.Body.List)
}

// ending is the analysis of one body.
type ending struct{ panics bool }

// list looks at the last statement that is not empty.
func (e ending) list(list []ast.Stmt) bool {
	for i := len(list) - 1; i >= 0; i-- {
		if _, empty := list[i].(*ast.EmptyStmt); !empty {
			return e.stmt(list[i], "")
		}
	}
	return false
}

// stmt takes a statement and the label in front of it, or "".
func (e ending) stmt(s ast.Stmt, name string) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.GOTO || s.Tok == token.FALLTHROUGH
	case *ast.ExprStmt:
		return e.panics && isPanic(s.X)
	case *ast.BlockStmt:
		return e.list(s.List)
	case *ast.LabeledStmt:
		return e.stmt(s.Stmt, s.Label.Name)
	case *ast.IfStmt:
		return s.Else != nil && e.list(s.Body.List) && e.stmt(s.Else, "")
	case *ast.ForStmt:
		return s.Cond == nil && !breaks(s.Body, name, true)
	case *ast.SwitchStmt:
		return e.clauses(s.Body, name, true)
	case *ast.TypeSwitchStmt:
		return e.clauses(s.Body, name, true)
	case *ast.SelectStmt:
		return e.clauses(s.Body, name, false)
	}
	return false
}

// clauses takes the body of a switch, which needs a default, or of a
// select, which does not.
func (e ending) clauses(body *ast.BlockStmt, name string, needsDefault bool) bool {
	for _, clause := range body.List {
		var list []ast.Stmt
		switch clause := clause.(type) {
		case *ast.CaseClause:
			list = clause.Body
			needsDefault = needsDefault && clause.List != nil
		case *ast.CommClause:
			list = clause.Body
		}
		if !e.list(list) {
			return false
		}
		for _, s := range list {
			if breaks(s, name, true) {
				return false
			}
		}
	}
	return !needsDefault
}

// breaks tells whether n holds a break that leaves the statement around it, whose
// label is name or ""; bare says that a break without a label does.
func breaks(n ast.Node, name string, bare bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			if n.Tok == token.BREAK && (n.Label == nil && bare || n.Label != nil && n.Label.Name == name) {
				found = true
			}
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if bare {
				found = found || breaksInside(n, name)
				return false
			}
		}
		return !found
	})
	return found
}

// breaksInside looks into a statement that a bare break would leave.
func breaksInside(n ast.Node, name string) bool {
	return name != "" && breaks(n, name, false)
}

// isPanic recognises a call of panic by its name.
func isPanic(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "panic"
}
