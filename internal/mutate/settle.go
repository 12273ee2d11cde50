package mutate

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
)

// settle makes a candidate of a proposal. ok is false where the change would
// leave the file as it was, or is better not made.
func (c *finder) settle(p proposal, op Operator) (cand Candidate, ok bool) {
	c.complete(&p)
	start, end := c.extent(&p)
	before := string(c.file.Source[start:end])
	arm := c.apply(start, end, p.edits)
	if arm == before {
		return Candidate{}, false
	}
	place := c.place(start, p.edits)
	if p.message == "" && p.ends && p.fn.result && !c.stillEnds(&p) {
		if p.optional {
			return Candidate{}, false
		}
		p.message = "missing return"
	}
	m := &mutant.Mutant{
		Package: c.pkg.Path, File: c.file.Rel, Function: p.fn.name, Operator: op.Name,
		Line: place.Line, Column: place.Column,
	}
	for _, e := range p.edits {
		m.Edits = append(m.Edits, mutant.Edit{
			File: c.file.Rel, Offset: e.start,
			Original: string(c.file.Source[e.start:e.end]), Replacement: e.text,
		})
	}
	if p.errors == foreignErrors {
		m.Imports = []mutant.Import{{File: c.file.Rel, Spec: foreignErrors + ` "errors"`}}
	}
	disabled := c.disabledBy(op.Name, p.edits)
	switch {
	case disabled != "":
		m.Status, m.Reason = mutant.Ignored, disabled
	case c.file.Generated:
		m.Status, m.Reason = mutant.Ignored, "generated file"
	case p.ignore != "":
		m.Status, m.Reason = mutant.Ignored, p.ignore
	case p.message != "":
		m.Status, m.Reason = mutant.Invalid, "does not compile: "+p.message
	}
	return Candidate{
		Mutant: m, File: c.file, Site: p.site, Kind: p.kind,
		Start: start, End: end, Arm: arm, Func: p.fn.node, claim: p.claim,
	}, true
}

// place is where the first of the edits from start on is, in the file as it is,
// whatever its //line directives say. Before start there is only the removal of a
// label, which is not what a reader looks for.
func (c *finder) place(start int, edits []edit) token.Position {
	for _, e := range edits {
		if e.start >= start {
			return c.tok.PositionFor(c.tok.Pos(e.start), false)
		}
	}
	return c.tok.PositionFor(c.tok.Pos(start), false)
}

// extent is what the arm of p replaces; see Candidate.Start.
func (c *finder) extent(p *proposal) (start, end int) {
	if p.kind == Body {
		from, to := bodyRange(p.site)
		return c.offset(from), c.offset(to)
	}
	return c.offset(p.site.Pos()), c.offset(p.site.End())
}

// bodyRange is what a mutant of kind Body replaces; see Candidate.Start.
func bodyRange(site ast.Node) (from, to token.Pos) {
	switch s := site.(type) {
	case *ast.BlockStmt:
		return s.Lbrace + 1, s.Rbrace
	case *ast.CaseClause:
		return s.Colon + 1, s.End()
	case *ast.CommClause:
		return s.Colon + 1, s.End()
	}
	return site.Pos(), site.End()
}

// apply is the text of [start, end) with those edits that lie in it.
func (c *finder) apply(start, end int, edits []edit) string {
	var b strings.Builder
	last := start
	for _, e := range edits {
		if e.start < start || e.end > end {
			continue
		}
		b.Write(c.file.Source[last:e.start])
		b.WriteString(e.text)
		last = e.end
	}
	b.Write(c.file.Source[last:end])
	return b.String()
}

// stillEnds tells whether the function around p ends as it must. Its last
// statement alone decides that, and most changes are not in it.
func (c *finder) stillEnds(p *proposal) bool {
	body := p.fn.body
	from := body.Lbrace + 1
	if n := len(body.List); n > 0 {
		if _, empty := body.List[n-1].(*ast.EmptyStmt); !empty {
			from = body.List[n-1].Pos()
		}
	}
	if p.site.End() <= from {
		return true
	}
	if p.site.Pos() < from {
		from = body.Lbrace + 1
	}
	text := c.apply(c.offset(from), c.offset(body.Rbrace), p.edits)
	return endsWell(text, c.universe("panic", body.Rbrace))
}
