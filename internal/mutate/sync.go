package mutate

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

var syncing = Operator{
	Name:    "sync",
	Doc:     "Removes a pair of Lock and Unlock or of Add and Done, exchanges Lock and RLock or Signal and Broadcast, calls what is to be done once each time, or does not add to an atomic.",
	Profile: All,
	Before:  "import \"sync\"\nfunc f(m *sync.Mutex, g func()) { m.Lock(); g(); m.Unlock() }",
	After:   "import \"sync\"\nfunc f(m *sync.Mutex, g func()) { g();  }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.BlockStmt:
			c.locks(n)
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok && c.inList(n) {
				c.synchronised(n, call)
			}
		}
	},
}

// partners are the methods that undo others.
var partners = map[string]string{
	"sync.Mutex.Lock": "sync.Mutex.Unlock", "sync.RWMutex.Lock": "sync.RWMutex.Unlock",
	"sync.RWMutex.RLock": "sync.RWMutex.RUnlock", "sync.WaitGroup.Add": "sync.WaitGroup.Done",
	"sync.Locker.Lock": "sync.Locker.Unlock",
}

// pairs tells whether a call is one of two that must be removed together, or a
// cancellation, which only frees what it holds. One of a pair alone can only hang
// or crash. It is for other operators.
func (c *finder) pairs(call *ast.CallExpr) bool {
	name := c.qualified(call)
	if _, first := partners[name]; first {
		return true
	}
	for _, second := range partners {
		if name == second {
			return true
		}
	}
	return c.cancels(call)
}

// locks looks for pairs among the statements of a block: the second one may be
// deferred, and Done may stand in a goroutine that the block starts.
func (c *finder) locks(b *ast.BlockStmt) {
	for i, s := range b.List {
		first := called(s)
		if first == nil || partners[c.qualified(first)] == "" {
			continue
		}
		second := c.partner(first, b.List[i+1:])
		if second == nil {
			continue
		}
		c.pair(b, edit{c.offset(s.Pos()), c.offset(b.List[i+1].Pos()), ""}, c.edit(second, ""))
		c.relock(b, first, called(second))
	}
}

func (c *finder) pair(b *ast.BlockStmt, edits ...edit) {
	if c.isBody(b) {
		c.propose(proposal{site: b, kind: Body, edits: edits})
	}
}

// isBody tells whether a block, the current node, is the body of a function, an
// if or a loop.
func (c *finder) isBody(b *ast.BlockStmt) bool {
	switch c.parent(0).(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.LabeledStmt:
		return false
	}
	return true
}

// called is the call of a statement that is one or defers one, or nil.
func called(s ast.Stmt) *ast.CallExpr {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, _ := ast.Unparen(s.X).(*ast.CallExpr)
		return call
	case *ast.DeferStmt:
		return s.Call
	}
	return nil
}

// partner is the statement in list that undoes first, if it is the only one.
func (c *finder) partner(first *ast.CallExpr, list []ast.Stmt) ast.Stmt {
	want, on := partners[c.qualified(first)], c.on(first)
	var found []ast.Stmt
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if s, ok := n.(ast.Stmt); ok {
				if call := called(s); call != nil && c.qualified(call) == want && c.on(call) == on {
					found = append(found, s)
				}
			}
			return true
		})
	}
	if len(found) != 1 || !strings.HasSuffix(want, ".Done") && !slices.Contains(list, found[0]) {
		return nil
	}
	return found[0]
}

// on is what a method is called on, as text.
func (c *finder) on(call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return c.text(sel.X)
	}
	return ""
}

// relock exchanges the names of a pair on a sync.RWMutex.
func (c *finder) relock(b *ast.BlockStmt, first, second *ast.CallExpr) {
	name := c.qualified(first)
	if !strings.HasPrefix(name, "sync.RWMutex.") {
		return
	}
	rename := func(call *ast.CallExpr) edit {
		sel := ast.Unparen(call.Fun).(*ast.SelectorExpr).Sel
		if short, ok := strings.CutPrefix(sel.Name, "R"); ok {
			return c.edit(sel, short)
		}
		return c.edit(sel, "R"+sel.Name)
	}
	c.pair(b, rename(first), rename(second))
}

func (c *finder) synchronised(s *ast.ExprStmt, call *ast.CallExpr) {
	name := c.qualified(call)
	sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	propose := func(e edit) { c.propose(proposal{site: s, kind: Stmt, edits: []edit{e}}) }
	switch {
	case name == "sync.Once.Do" && len(call.Args) == 1:
		text := c.text(call.Args[0])
		if _, lit := call.Args[0].(*ast.FuncLit); !lit && !operand(call.Args[0]) {
			text = "(" + text + ")"
		}
		propose(c.edit(s, text+"()"))
	case name == "sync.Cond.Signal" && sel != nil:
		propose(c.edit(sel.Sel, "Broadcast"))
	case name == "sync.Cond.Broadcast" && sel != nil:
		propose(c.edit(sel.Sel, "Signal"))
	case strings.HasPrefix(name, "sync/atomic.") && (strings.HasSuffix(name, ".Add") || strings.HasPrefix(name, "sync/atomic.Add")):
		propose(c.edit(s, ""))
	}
}

var contexts = Operator{
	Name:    "context",
	Doc:     "Passes context.Background() instead of a context, does not wait for one that is done, or does not cancel one.",
	Profile: Strong,
	Before:  "import \"context\"\nfunc f(ctx context.Context, g func(context.Context)) { g(ctx) }",
	After:   "import \"context\"\nfunc f(ctx context.Context, g func(context.Context)) { g(context.Background()) }",
	find: func(c *finder, n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			c.background(n)
		case *ast.SelectStmt:
			c.undone(n)
		case *ast.ExprStmt:
			if call := called(n); call != nil && c.cancels(call) && c.inList(n) {
				c.propose(proposal{site: n, kind: Stmt, edits: []edit{c.edit(n, "")}})
			}
		case *ast.DeferStmt:
			if c.cancels(n.Call) && c.inList(n) {
				c.propose(proposal{site: n, kind: Stmt, edits: []edit{c.edit(n, "")}})
			}
		}
	},
}

// cancels tells whether a call is of a context.CancelFunc or CancelCauseFunc.
func (c *finder) cancels(call *ast.CallExpr) bool {
	t := c.info.TypeOf(call.Fun)
	return t != nil && strings.HasPrefix(t.String(), "context.Cancel")
}

// background proposes context.Background() for the arguments that are contexts.
func (c *finder) background(call *ast.CallExpr) {
	name := c.importName("context", call)
	if name == "" || c.info.Types[call.Fun].IsType() {
		return
	}
	for _, e := range call.Args {
		t := c.info.TypeOf(e)
		if t == nil || t.String() != "context.Context" || c.isNil(e) {
			continue
		}
		if inner, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			if q := c.qualified(inner); q == "context.Background" || q == "context.TODO" {
				continue
			}
		}
		p := c.replace(e, name+".Background()")
		if _, id := e.(*ast.Ident); !id && !c.pure(e) {
			continue
		}
		c.propose(p)
	}
}

// importName is the name of an imported package at a place, or empty.
func (c *finder) importName(path string, at ast.Node) string {
	for _, spec := range c.file.Syntax.Imports {
		name := c.info.PkgNameOf(spec)
		if name != nil && name.Imported().Path() == path && name.Name() != "." && name.Name() != "_" && c.means(name.Name(), at.Pos(), name) {
			return name.Name()
		}
	}
	return ""
}

// undone drops the cases of a select that wait for a context to be done.
func (c *finder) undone(s *ast.SelectStmt) {
	c.parents = append(c.parents, s)
	site := c.listed(s)
	c.parents = c.parents[:len(c.parents)-1]
	if site == nil || len(s.Body.List) < 2 || int(s.End()-s.Pos()) > mostCopied {
		return
	}
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CommClause)
		if c.awaitsDone(clause.Comm) {
			c.propose(proposal{site: site, kind: Stmt, edits: []edit{c.cut(clause, s.Body)}})
		}
	}
}

func (c *finder) awaitsDone(s ast.Stmt) bool {
	e, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	receive, ok := ast.Unparen(e.X).(*ast.UnaryExpr)
	if !ok || receive.Op != token.ARROW {
		return false
	}
	call, ok := ast.Unparen(receive.X).(*ast.CallExpr)
	return ok && c.qualified(call) == "context.Context.Done"
}
