package schemata

import (
	"go/ast"
	"go/token"

	"github.com/evilution-go/evilution-go/internal/mutate"
)

// plan lists the forms that a mutant can take, the best one first. The list is
// optimistic: what does not compile there is found out by type-checking, and
// the mutant moves on to its next form.
func (f *file) plan(it *item) []place {
	if f.pathProblem != "" {
		it.words = f.pathProblem
		return nil
	}
	if it.fn == nil && it.Func != nil {
		it.words = "the function promises something that switches would break"
		return nil
	}
	p := &planner{file: f, it: it}
	switch it.Kind {
	case mutate.Bool, mutate.Value:
		if e, ok := it.Site.(ast.Expr); ok {
			p.expression(e)
		}
	case mutate.Stmt:
		p.narrow(it.Site)
		p.statement(it.Site.(ast.Stmt), statement)
	case mutate.Simple:
		p.simple(it.Site)
	case mutate.Body:
		p.block(it.Site)
	}
	if it.fn == nil {
		it.words = "no expression can say it outside of functions"
		return p.places
	}
	p.outer()
	p.whole()
	return p.places
}

// planner collects the places of one mutant.
type planner struct {
	*file
	it     *item
	places []place
}

func (p *planner) add(pl place) {
	if pl.form == outer || pl.form == whole {
		pl.marker = p.marker(p.it.Site)
	} else {
		pl.marker = noMarker
	}
	p.places = append(p.places, pl)
}

// arm is what the mutant has instead of n.
func (p *planner) arm(n ast.Node) (start, end int, text string) {
	start, end = p.offset(n.Pos()), p.offset(n.End())
	return start, end, p.applied(p.it, start, end)
}

// short tells whether s is no more than what it evaluates and does.
func short(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.AssignStmt, *ast.ExprStmt, *ast.ReturnStmt, *ast.SendStmt, *ast.IncDecStmt, *ast.GoStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// statement plans an if around s, and tells whether s allows it.
func (p *planner) statement(s ast.Stmt, as form) bool {
	around := p.wrappable(s)
	if around == nil {
		return false
	}
	start, end, text := p.arm(around)
	p.add(place{form: as, node: around, start: start, end: end, arm: text})
	return true
}

// narrow plans for a value where a mutant of a statement changes nothing but
// one: then it can be known whether the mutant would have made a difference.
func (p *planner) narrow(n ast.Node) {
	edit := p.it.Edits[0]
	var list []ast.Expr
	switch s := n.(type) {
	case *ast.ReturnStmt:
		list = s.Results
	case *ast.AssignStmt:
		if s.Tok == token.ASSIGN {
			list = s.Rhs
		}
	}
	for _, e := range list {
		if p.offset(e.Pos()) == edit.Offset && p.offset(e.End()) == edit.Offset+len(edit.Original) {
			if wrap := p.wrap(e); wrap != nil && wrap.form == helper {
				p.add(*wrap)
			}
		}
	}
}

// simple plans for a statement where no list of statements can stand.
func (p *planner) simple(n ast.Node) {
	start, end, text := p.arm(n)
	s, ok := n.(ast.Stmt)
	if a, assign := n.(*ast.AssignStmt); !ok || assign && a.Tok == token.DEFINE || mentions(text+p.text(n), "recover") {
		return
	}
	if p.wrappable(s) != nil {
		p.statement(s, statement)
		return
	}
	p.add(place{form: literal, node: n, start: start, end: end, arm: text})
}

// block plans for the statements between two braces or in a clause.
func (p *planner) block(n ast.Node) {
	if n == p.it.fn.body() || endsInFallthrough(n) || p.reusesClauseVariable(n) {
		return
	}
	p.add(place{form: block, node: n, start: p.it.Start, end: p.it.End, arm: p.applied(p.it, p.it.Start, p.it.End)})
}

// outer plans an if around the closest statement that can stand in two versions.
func (p *planner) outer() {
	for s := p.statementOf(p.it.Site); s != nil; s = p.statementOf(p.parents[s]) {
		if n := len(p.places); n > 0 && p.places[n-1].node == ast.Node(s) {
			continue
		}
		if p.parents[p.parents[s]] == p.it.fn.node && len(p.it.fn.body().List) == 1 {
			return // as large as the whole body
		}
		if p.statement(s, outer) {
			return
		}
	}
}

// whole plans a version of the whole body.
func (p *planner) whole() {
	body := p.it.fn.body()
	start, end := p.offset(body.Lbrace)+1, p.offset(body.Rbrace)
	if !p.covers(p.it, start, end) {
		return
	}
	p.add(place{form: whole, node: body, start: start, end: end, arm: p.applied(p.it, start, end)})
}
