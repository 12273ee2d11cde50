package prove

import (
	"go/ast"
)

// begin carries out the statement around the site.
func (r *run) begin(s *state, path []ast.Node, level int) []end {
	var ends []end
	if loop, ok := path[level].(*ast.ForStmt); ok {
		ends = r.loop(s, loop)
	} else {
		ends = r.exec(s, path[level].(ast.Stmt))
	}
	if !r.reached {
		refuse()
	}
	var list []end
	for _, e := range ends {
		if e.pair != "" {
			list = append(list, e)
		}
	}
	return list
}

// further goes on to the end of the last node but one of a path, where the last, a part
// of it, has come to ends.
func (r *run) further(path []ast.Node, ends []end) []end {
	var list []end
	n := len(path) - 2
	child := path[n+1]
	switch up := path[n].(type) {
	case *ast.BlockStmt:
		ends = r.rest(up.List, child, ends)
		if !isLoop(path[n-1]) {
			return ends
		}
		for _, e := range ends {
			if e.how == continued {
				e.how = next
			}
			list = append(list, e)
		}
		return list
	case *ast.CaseClause:
		return r.rest(up.Body, child, ends)
	case *ast.SwitchStmt, *ast.TypeSwitchStmt:
		for _, e := range ends {
			if e.how == broke {
				e.how = next
			}
			list = append(list, e)
		}
		return list
	case *ast.IfStmt:
		return ends
	case *ast.ForStmt:
		again, out := sort(ends)
		if len(again) == 0 {
			return out
		}
		return append(out, r.rounds(again, up, true)...)
	case *ast.FuncDecl:
		for _, e := range ends {
			if e.how == next {
				list = append(list, r.leave(e.state, &ast.ReturnStmt{})...)
			} else {
				list = append(list, e)
			}
		}
		return list
	}
	refuse()
	return nil
}

func isLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// rest carries out what stands behind child in a list.
func (r *run) rest(stmts []ast.Stmt, child ast.Node, ends []end) []end {
	for i, stmt := range stmts {
		if ast.Node(stmt) != child {
			continue
		}
		var list []end
		for _, e := range ends {
			if e.how == next {
				list = append(list, r.statements([]*state{e.state}, stmts[i+1:])...)
			} else {
				list = append(list, e)
			}
		}
		return list
	}
	return ends // a clause
}
