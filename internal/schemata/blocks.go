package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
)

// statementsOf are the statements of a clause.
func statementsOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

func endsInFallthrough(n ast.Node) bool {
	list := statementsOf(n)
	if len(list) == 0 {
		return false
	}
	last := list[len(list)-1]
	for {
		l, ok := last.(*ast.LabeledStmt)
		if !ok {
			break
		}
		last = l.Stmt
	}
	b, ok := last.(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// reusesClauseVariable tells whether a := in the clause n assigns to a variable
// that the clause itself declares; in an inner block it would declare another.
func (f *file) reusesClauseVariable(n ast.Node) bool {
	var names []string
	switch c := n.(type) {
	case *ast.CommClause:
		if a, ok := c.Comm.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, x := range a.Lhs {
				names = append(names, x.(*ast.Ident).Name)
			}
		}
	case *ast.CaseClause:
		if obj := f.pkg.Info.Implicits[c]; obj != nil {
			names = append(names, obj.Name())
		}
	}
	return len(reused(statementsOf(n), names)) > 0
}

// reused returns the := statements of a list that assign to one of names.
func reused(list []ast.Stmt, names []string) []*ast.AssignStmt {
	var found []*ast.AssignStmt
	for _, s := range list {
		for {
			l, ok := s.(*ast.LabeledStmt)
			if !ok {
				break
			}
			s = l.Stmt
		}
		a, ok := s.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE {
			continue
		}
		for _, x := range a.Lhs {
			if named(x, names) {
				found = append(found, a)
				break
			}
		}
	}
	return found
}

func named(e ast.Expr, names []string) bool {
	id, ok := e.(*ast.Ident)
	if !ok || id.Name == "_" {
		return false
	}
	for _, name := range names {
		if id.Name == name {
			return true
		}
	}
	return false
}

// fieldNames are the names that a receiver, parameters and results declare.
func fieldNames(recv *ast.FieldList, t *ast.FuncType) []string {
	var names []string
	for _, list := range []*ast.FieldList{recv, t.Params, t.Results} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, id := range field.Names {
				if id.Name != "_" {
					names = append(names, id.Name)
				}
			}
		}
	}
	return names
}

func isPlainBool(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.Bool
}

func isText(t types.Type) bool { return basicInfo(t)&types.IsString != 0 }
