package mutate

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
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

// loop goes once through the body of a loop, with nothing known of what the loop touches.
func (r *reading) loop(s ast.Stmt, f facts) facts {
	switch s := s.(type) {
	case *ast.ForStmt:
		r.risks++
		if s.Init != nil {
			if f = r.stmt(s.Init, f); f == nil {
				return nil
			}
		}
		f = f.forget(r.scan(s))
		in := f.clone()
		if s.Cond != nil {
			in, _ = r.split(s.Cond, in)
		}
		if in != nil {
			r.block(s.Body.List, in)
		}
		if s.Post != nil {
			r.stmt(s.Post, f.clone())
		}
	case *ast.RangeStmt:
		if !indexes(r.info.TypeOf(s.X)) {
			r.risks++
		}
		f = f.forget(r.scan(s))
		in := f.clone()
		list := r.value(s.X, in)
		if id, ok := s.Value.(*ast.Ident); ok {
			r.set(in, place{obj: r.info.ObjectOf(id)}, r.element(s.X, list))
		}
		out := r.block(s.Body.List, in)
		return r.afterAll(s, list, f, out)
	}
	return f
}

// afterAll is what is known behind a loop over the pieces of a string: all of them have
// come to the end of its body, where out is known. f is what is known else.
func (r *reading) afterAll(s *ast.RangeStmt, list text, f, out facts) facts {
	l, t := list.link, r.scan(s.Body)
	value, ok := s.Value.(*ast.Ident)
	if !ok || l == nil || l.kind != split || t.has(l.place) || branches(s.Body) {
		return f
	}
	p := place{obj: r.info.ObjectOf(value)}
	if p.obj == nil || t.has(p) || r.vars.loose[p.obj] {
		return f
	}
	pieces := lang.None()
	if out != nil {
		pieces = out[p].set
	}
	if !r.narrow(l.place, f, pieces.OfPieces(rune(l.word[0]))) {
		return nil
	}
	return f
}

// branches tells whether a break, continue or goto is anywhere in n.
func branches(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		_, ok := n.(*ast.BranchStmt)
		found = found || ok
		return !found
	})
	return found
}

// element is what a range loop over x, which is list, finds.
func (r *reading) element(x ast.Expr, list text) text {
	switch {
	case list.kind == aList:
		return text{set: list.set}
	case list.kind == aString && isString(r.info.TypeOf(x)):
		return text{kind: aRune, set: list.set.Runes()}
	}
	return text{}
}

func (r *reading) assign(s *ast.AssignStmt, f facts) facts {
	right := r.scan(nil)
	r.scanAll(right, s.Rhs)
	f = f.forget(right)
	values := r.valuesOf(s.Rhs, len(s.Lhs), f)
	var parts map[string]text
	if len(s.Lhs) == 1 && len(s.Rhs) == 1 {
		parts = r.fieldsOf(s.Rhs[0], f)
	}
	changed := r.scan(s)
	f = f.forget(changed)
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		r.risks++
		return f
	}
	for i, to := range s.Lhs {
		values[i] = values[i].without(changed)
		switch to := ast.Unparen(to).(type) {
		case *ast.Ident:
			obj := r.info.ObjectOf(to)
			v := values[i]
			v.made = parts != nil
			r.set(f, place{obj: obj}, v)
			for name, v := range parts {
				r.set(f, place{obj, "." + name}, v.without(changed))
			}
		case *ast.SelectorExpr:
			if p, ok := r.field(to); ok && f[place{obj: p.obj}].made {
				r.set(f, p, values[i])
			}
			r.risks++
		default:
			r.risks++
		}
	}
	return f
}

// declare goes over a declaration of variables.
func (r *reading) declare(s *ast.DeclStmt, f facts) facts {
	f = f.forget(r.scan(s))
	for _, spec := range s.Decl.(*ast.GenDecl).Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok || s.Decl.(*ast.GenDecl).Tok != token.VAR {
			continue
		}
		values := r.valuesOf(spec.Values, len(spec.Names), f)
		for i, name := range spec.Names {
			if obj := r.info.Defs[name]; obj != nil && obj.Name() != "_" {
				v := values[i]
				if len(spec.Values) == 0 {
					v = r.zero(obj.Type())
				}
				r.set(f, place{obj: obj}, v)
			}
		}
	}
	return f
}
