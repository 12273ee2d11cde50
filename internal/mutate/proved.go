package mutate

import (
	"go/ast"
	"slices"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/prove"
)

// Mutants of conditions that are carried out beside the program as it is: what they
// skip, or do too much, is found to come to the same.

const sameEnd = "both ways come to the same end"

// claim says that a mutant, which has instead or, where that is nil, the constant truth
// in the place of the condition site, may be the same program. It is seen to when the
// mutant is to stay. at is the current node, site itself or what decides by it.
func (c *finder) claim(at ast.Node, site, instead ast.Expr, truth bool) *prove.Mutant {
	if _, ok := c.decl.(*ast.FuncDecl); !ok {
		return nil
	}
	path := append(slices.Clone(c.parents), at)
	if at != ast.Node(site) {
		path = append(path, site)
	}
	return &prove.Mutant{Path: path, Site: site, Instead: instead, Truth: truth}
}

// prove ignores those mutants whose claim is proved.
func (c *finder) prove(list []Candidate) []Candidate {
	p := &prove.Package{Info: c.info, Sizes: c.pkg.Sizes, Decl: c.declarationOf, Pure: c.silentCall}
	for i := range list {
		cand := &list[i]
		if cand.claim != nil && cand.Status == "" && p.Same(*cand.claim) {
			cand.Status, cand.Reason = mutant.Ignored, sameEnd
		}
		cand.claim = nil
	}
	return list
}
