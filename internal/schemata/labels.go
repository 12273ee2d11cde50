package schemata

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// labelUse is how a label of the original is used.
type labelUse struct {
	decl    *ast.LabeledStmt
	loops   bool // by break or continue
	entered bool // by a goto from outside of the labelled statement
}

func labelsOf(root ast.Node, info *types.Info) map[types.Object]*labelUse {
	uses := map[types.Object]*labelUse{}
	use := func(obj types.Object) *labelUse {
		if uses[obj] == nil {
			uses[obj] = &labelUse{}
		}
		return uses[obj]
	}
	ast.PreorderStack(root, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			use(info.Defs[n.Label]).decl = n
		case *ast.BranchStmt:
			if n.Label == nil {
				break
			}
			u := use(info.Uses[n.Label])
			if n.Tok != token.GOTO {
				u.loops = true
			} else if !slices.Contains(stack, ast.Node(u.decl)) {
				u.entered = true
			}
		}
		return true
	})
	return uses
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
		if u.loops {
			if u.entered || !f.listed(l) {
				return nil
			}
			return l
		}
	} else if !f.listed(s) {
		return nil
	}
	return s // no goto leads into a block from outside
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

const noMarker = -1

// marker is the offset before a statement that every way to n passes; noMarker
// where a goto may come in between, or where there is no such statement.
func (f *file) marker(n ast.Node) int {
	for s := f.statementOf(n); s != nil; s = f.statementOf(f.parents[s]) {
		if f.listed(s) {
			switch s.(type) {
			case *ast.LabeledStmt:
				return noMarker
			case *ast.CaseClause, *ast.CommClause:
				continue
			}
			return f.offset(s.Pos())
		}
	}
	return noMarker
}
