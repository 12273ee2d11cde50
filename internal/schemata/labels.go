package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// labelUse is how a label of the original is used.
type labelUse struct {
	decl  *ast.LabeledStmt
	gotos []token.Pos
	loops bool // by break or continue
}

func labelsOf(root ast.Node, info *types.Info) map[types.Object]*labelUse {
	uses := map[types.Object]*labelUse{}
	use := func(obj types.Object) *labelUse {
		if uses[obj] == nil {
			uses[obj] = &labelUse{}
		}
		return uses[obj]
	}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			use(info.Defs[n.Label]).decl = n
		case *ast.BranchStmt:
			if n.Label == nil {
				break
			}
			u := use(info.Uses[n.Label])
			if n.Tok == token.GOTO {
				u.gotos = append(u.gotos, n.Pos())
			} else {
				u.loops = true
			}
		}
		return true
	})
	return uses
}

// entered tells whether a goto outside of [from, to) leads into it.
func (f *file) entered(from, to token.Pos) bool {
	for _, u := range f.labels {
		if u.decl == nil || u.decl.Pos() < from || u.decl.Pos() >= to {
			continue
		}
		if slices.ContainsFunc(u.gotos, func(p token.Pos) bool { return p < from || p >= to }) {
			return true
		}
	}
	return false
}

// wrappable returns what an if statement must be put around so that s can be
// exchanged: s, or the labelled statement whose loop it is. It returns nil where
// none can.
func (f *file) wrappable(s ast.Stmt) ast.Stmt {
	switch s := s.(type) {
	case *ast.DeclStmt, *ast.LabeledStmt, *ast.CaseClause, *ast.CommClause:
		return nil
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			return nil
		}
	case *ast.BranchStmt:
		if s.Tok == token.FALLTHROUGH {
			return nil
		}
	}
	if l, ok := f.parents[s].(*ast.LabeledStmt); ok {
		u := f.labels[f.pkg.Info.Defs[l.Label]]
		if u != nil && u.loops {
			if f.entered(l.Pos(), l.End()) || !f.listed(l) {
				return nil
			}
			return l
		}
	} else if !f.listed(s) {
		return nil
	}
	if f.entered(s.Pos(), s.End()) {
		return nil
	}
	return s
}

// listed tells whether s stands in a list of statements.
func (f *file) listed(s ast.Stmt) bool {
	switch p := f.parents[s].(type) {
	case *ast.BlockStmt:
		return true
	case *ast.CaseClause:
		return true
	case *ast.CommClause:
		return p.Comm != s
	}
	return false
}

// statementOf is the innermost statement around n, or n itself.
func (f *file) statementOf(n ast.Node) ast.Stmt {
	for ; n != nil; n = f.parents[n] {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
	}
	return nil
}

// marker is the offset before a statement that every way to n passes; -1 where a
// goto may come in between, or where there is no such statement.
func (f *file) marker(n ast.Node) int {
	for s := f.statementOf(n); s != nil; s = f.statementOf(f.parents[s]) {
		if _, labelled := f.parents[s].(*ast.LabeledStmt); labelled {
			return -1
		}
		if f.listed(s) {
			if _, clause := s.(*ast.LabeledStmt); clause {
				return -1
			}
			switch s.(type) {
			case *ast.CaseClause, *ast.CommClause:
				continue
			}
			return f.offset(s.Pos())
		}
	}
	return -1
}
