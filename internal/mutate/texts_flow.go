package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

// reading is one way through a function, with what is known of its parameters.
type reading struct {
	*finder
	d     *ast.FuncDecl
	depth int                   // of the calls that led here
	vars  *variables            // of d
	shut  map[types.Object]bool // whose parts are not followed

	conds   map[ast.Expr]chance // what each condition was
	args    map[*ast.CallExpr][]text
	inner   map[*ast.CallExpr]*reading // of those that are called, where they are called once
	results func(*ast.ReturnStmt, facts)
	risks   int // what may panic or go on for ever, as far as has been read
}

// newReading prepares for d; nil where it cannot be followed.
func (c *finder) newReading(d *ast.FuncDecl, depth int) *reading {
	r := &reading{finder: c, d: d, depth: depth, conds: map[ast.Expr]chance{}, args: map[*ast.CallExpr][]text{}, inner: map[*ast.CallExpr]*reading{}}
	if d.Body == nil {
		return nil
	}
	if r.vars = c.variablesOf(d); r.vars == nil {
		return nil
	}
	r.shut = r.barred()
	return r
}

// read goes through the function; given is what is known of its parameters, or nil.
func (r *reading) read(given []text) {
	f := facts{}
	fn, ok := r.info.Defs[r.d.Name].(*types.Func)
	for i, v := range given {
		if ok && i < fn.Signature().Params().Len() {
			r.set(f, place{obj: fn.Signature().Params().At(i)}, v)
		}
	}
	r.block(r.d.Body.List, f)
}

// set notes v, if nobody else can change what is at p.
func (r *reading) set(f facts, p place, v text) {
	obj, ok := p.obj.(*types.Var)
	if !ok || obj.IsField() || obj.Parent() == r.pkg.Types.Scope() || obj.Pkg() != r.pkg.Types || r.vars.loose[obj] {
		return
	}
	if r.shut[obj] && (p.part != "" || v.kind == aList) {
		return
	}
	f[p] = v
}

// tired tells whether the package has been read for long enough.
func (r *reading) tired() bool {
	t := r.texts()
	t.steps++
	return t.steps > mostReading
}

// block goes through a list of statements. f is what is known before it and may be
// changed; the result is what is known behind it.
func (r *reading) block(list []ast.Stmt, f facts) facts {
	for _, s := range list {
		if f == nil {
			return nil
		}
		f = r.stmt(s, f)
	}
	return f
}

func (r *reading) stmt(s ast.Stmt, f facts) facts {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return r.block(s.List, f)
	case *ast.IfStmt:
		return r.choice(s, f)
	case *ast.SwitchStmt:
		return r.choices(s, f)
	case *ast.ForStmt, *ast.RangeStmt:
		return r.loop(s, f)
	case *ast.LabeledStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		r.risks++
		f = f.forget(r.scan(s))
		for _, body := range bodies(s) {
			r.block(body, f.clone())
		}
		return f
	case *ast.AssignStmt:
		return r.assign(s, f)
	case *ast.DeclStmt:
		return r.declare(s, f)
	case *ast.ReturnStmt:
		f = f.forget(r.scan(s))
		for _, e := range s.Results {
			if isBool(r.info.TypeOf(e)) {
				r.split(e, f)
			} else {
				r.value(e, f)
			}
		}
		if r.results != nil {
			r.results(s, f)
		}
		return nil
	case *ast.BranchStmt:
		if s.Tok == token.FALLTHROUGH {
			return f
		}
		return nil
	case *ast.ExprStmt:
		f = f.forget(r.scan(s))
		r.value(s.X, f)
		if call, ok := s.X.(*ast.CallExpr); ok && r.isBuiltin(call, "panic") {
			return nil
		}
		return f
	}
	r.risks++
	return f.forget(r.scan(s))
}

// bodies are the lists of statements in s, which is none that is followed.
func bodies(s ast.Stmt) (lists [][]ast.Stmt) {
	var body *ast.BlockStmt
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return [][]ast.Stmt{{s.Stmt}}
	case *ast.TypeSwitchStmt:
		body = s.Body
	case *ast.SelectStmt:
		body = s.Body
	case *ast.SwitchStmt:
		body = s.Body
	}
	for _, clause := range body.List {
		lists = append(lists, listOf(clause))
	}
	return lists
}

func (r *reading) choice(s *ast.IfStmt, f facts) facts {
	if s.Init != nil {
		if f = r.stmt(s.Init, f); f == nil {
			return nil
		}
	}
	f = f.forget(r.scan(s.Cond))
	yes, no := r.split(s.Cond, f)
	if yes != nil {
		yes = r.block(s.Body.List, yes)
	}
	if no != nil && s.Else != nil {
		no = r.stmt(s.Else, no)
	}
	return joinFacts(yes, no)
}

// choices goes through a switch: clause after clause, where its conditions are asked and
// nothing leaves a clause but by its end. What is known of another is what is known
// before it and not touched in it.
func (r *reading) choices(s *ast.SwitchStmt, f facts) facts {
	if s.Init != nil {
		if f = r.stmt(s.Init, f); f == nil {
			return nil
		}
	}
	if s.Tag != nil || jumps(s.Body) {
		r.risks++
		f = f.forget(r.scan(s))
		for _, body := range bodies(s) {
			r.block(body, f.clone())
		}
		return f
	}
	var behind facts
	var other *ast.CaseClause
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CaseClause)
		if clause.List == nil {
			other = clause
			continue
		}
		var in facts
		for _, cond := range clause.List {
			if f != nil {
				var yes facts
				yes, f = r.split(cond, f.forget(r.scan(cond)))
				in = joinFacts(in, yes)
			}
		}
		if in != nil {
			behind = joinFacts(behind, r.block(clause.Body, in))
		}
	}
	if other != nil && f != nil {
		f = r.block(other.Body, f)
	}
	return joinFacts(behind, f)
}

// jumps tells whether a break or a fallthrough is anywhere in n.
func jumps(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && (b.Tok == token.BREAK || b.Tok == token.FALLTHROUGH)
		return !found
	})
	return found
}
