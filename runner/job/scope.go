package job

import (
	"context"
	"maps"
	"slices"

	"github.com/evilution-go/evilution-go/internal/load"
	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/mutate"
	"github.com/evilution-go/evilution-go/internal/scope"
)

// load loads the packages of the patterns: where there are changes, only those
// that hold a changed file.
func (r LoadRequest) load(ctx context.Context, env []string) (*load.Module, error) {
	c := load.Config{Dir: r.Dir, Patterns: r.Patterns, Tags: r.Tags, Env: env}
	if r.Scope.Changes == nil {
		return load.Load(ctx, c)
	}
	m, patterns, err := load.Narrow(ctx, c, r.Scope.Changes.Code())
	if err != nil || len(patterns) == 0 {
		return m, err
	}
	c.Patterns = patterns
	return load.Load(ctx, c)
}

// choose leaves the mutants that are in scope. The sentence that it may return
// says what of the scope makes no sense.
func (r *LoadReply) choose(s scope.Scope) (refused string) {
	var operators []string
	for _, o := range mutate.Operators() {
		operators = append(operators, o.Name)
	}
	c := scope.NewSelector(s, operators)
	for i := range r.Packages {
		p := &r.Packages[i]
		p.Mutants, p.Rest = c.Select(p.name, p.Mutants)
	}
	return c.Unmatched()
}

// undecided tells whether p holds a mutant that tests must judge.
func (p *Package) undecided() bool {
	return slices.ContainsFunc(p.Mutants, func(m mutant.Mutant) bool { return m.Status == "" })
}

// overlay joins the instrumented files of the packages that tests must judge; the
// others are built as they are.
func (r *LoadReply) overlay(files []map[string][]byte) map[string][]byte {
	all := make(map[string][]byte)
	for i := range r.Packages {
		if r.Packages[i].undecided() {
			maps.Copy(all, files[i])
		}
	}
	return all
}
