package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A local variable, an import or a label that is not used is an error in Go.
// uses knows, for one file, every identifier that counts as a use of one, as the
// specification and the checker see it: an assignment to a variable does not.
type uses struct {
	at []use // in order of offset
}

// use is one identifier that keeps something used.
type use struct {
	offset int
	key    *owner
	object types.Object // what is used: the variable, or the member of the package
}

// owner is the thing that must stay used.
type owner struct {
	name  string
	pos   token.Pos
	kind  ownerKind
	pkg   *types.Package   // what an import imports
	dot   bool             // the import's members need no qualifier
	label *ast.LabeledStmt // of a label
	count int
}

type ownerKind int

const (
	variable ownerKind = iota
	imported
	label
)

// collectUses reads one file. It looks at every identifier once.
func collectUses(f *ast.File, info *types.Info, tok *token.File) *uses {
	s := &useScan{
		info: info, tok: tok, owners: map[types.Object]*owner{},
		dots: map[*types.Package]*owner{}, assigned: map[*ast.Ident]bool{},
	}
	s.imports(f)
	s.symbols(f)
	ast.Inspect(f, s.visit)
	u := &uses{at: s.at}
	slices.SortFunc(u.at, func(a, b use) int { return a.offset - b.offset })
	return u
}

// useScan is the state of collectUses.
type useScan struct {
	info     *types.Info
	tok      *token.File
	owners   map[types.Object]*owner   // the clauses of a type switch share one
	dots     map[*types.Package]*owner // packages imported with a dot
	assigned map[*ast.Ident]bool       // identifiers that are only assigned to
	at       []use
}

func (s *useScan) imports(f *ast.File) {
	for _, spec := range f.Imports {
		name := s.info.PkgNameOf(spec)
		if name == nil || name.Name() == "_" {
			continue
		}
		o := &owner{name: name.Name(), pos: spec.Pos(), kind: imported, pkg: name.Imported()}
		if spec.Name != nil && spec.Name.Name == "." {
			o.dot = true
			s.dots[name.Imported()] = o
		}
		s.owners[name] = o
	}
}

// symbols gives the variables that a type switch declares once in every clause
// one owner: a use in any clause is enough.
func (s *useScan) symbols(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		sw, ok := n.(*ast.TypeSwitchStmt)
		if !ok {
			return true
		}
		assign, ok := sw.Assign.(*ast.AssignStmt)
		if !ok {
			return true
		}
		symbol := assign.Lhs[0].(*ast.Ident)
		o := &owner{name: symbol.Name, pos: symbol.Pos()}
		for _, clause := range sw.Body.List {
			if obj := s.info.Implicits[clause]; obj != nil {
				s.owners[obj] = o
			}
		}
		return true
	})
}

func (s *useScan) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN {
			s.assign(n.Lhs...)
		}
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			s.assign(n.Key, n.Value)
		}
	case *ast.LabeledStmt:
		if obj := s.info.Defs[n.Label]; obj != nil {
			s.owner(obj).label = n
		}
	case *ast.SelectorExpr:
		if id, ok := n.X.(*ast.Ident); ok {
			if name, ok := s.info.Uses[id].(*types.PkgName); ok {
				s.add(id, s.owner(name), s.info.Uses[n.Sel])
				return false
			}
		}
	case *ast.Ident:
		s.ident(n)
	}
	return true
}

func (s *useScan) assign(list ...ast.Expr) {
	for _, e := range list {
		if e == nil {
			continue
		}
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			s.assigned[id] = true
		}
	}
}

func (s *useScan) ident(id *ast.Ident) {
	obj := s.info.Uses[id]
	switch obj := obj.(type) {
	case nil:
		return
	case *types.Var:
		if obj.Kind() == types.LocalVar && !s.assigned[id] {
			s.add(id, s.owner(obj), obj)
		}
	case *types.Label:
		s.add(id, s.owner(obj), obj)
	}
	if o := s.dots[obj.Pkg()]; o != nil && obj.Parent() == obj.Pkg().Scope() {
		s.add(id, o, obj)
	}
}

// owner finds or makes the owner of an object of this file.
func (s *useScan) owner(obj types.Object) *owner {
	o := s.owners[obj]
	if o == nil {
		o = &owner{name: obj.Name(), pos: obj.Pos()}
		if _, ok := obj.(*types.Label); ok {
			o.kind = label
		}
		s.owners[obj] = o
	}
	return o
}

func (s *useScan) add(id *ast.Ident, o *owner, obj types.Object) {
	o.count++
	s.at = append(s.at, use{s.tok.Offset(id.Pos()), o, obj})
}
