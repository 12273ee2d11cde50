package mutate

import (
	"go/ast"
	"go/types"

	"github.com/evilution-go/evilution-go/internal/mutate/lang"
)

// What functions of the package give for what they get.

// outcome is what a function gives: whether its last result may be nil or true, and what its
// parameters are in where it is, and where it is not.
type outcome struct {
	nils, truth chance
	yes, no     []*lang.Set
	risks       int
}

// outcome reads the function that a call names with what it gets. Where nothing is known of
// that, or the function may have results that its returns do not tell, nothing is known.
func (r *reading) outcome(call *ast.CallExpr, args []text) outcome {
	_, again := r.inner[call]
	r.inner[call] = nil
	d := r.declarationOf(r.callee(call))
	results := r.callee(call).Signature().Results()
	if r.depth >= mostCalls || results.Len() == 0 || results.At(0).Name() != "" || !worthReading(args) || defers(d) || r.tired() {
		return outcome{risks: 1}
	}
	in := r.newReading(d, r.depth+1)
	if in == nil {
		return outcome{risks: 1}
	}
	var o outcome
	params := r.paramsOf(call)
	o.yes, o.no = make([]*lang.Set, len(params)), make([]*lang.Set, len(params))
	for i := range params {
		o.yes[i], o.no[i] = lang.None(), lang.None()
	}
	in.results = func(s *ast.ReturnStmt, f facts) {
		in.take(&o, s, params, results, f)
	}
	in.read(args)
	if !again {
		r.inner[call] = in
	}
	if r.tired() {
		return outcome{risks: 1}
	}
	o.risks = in.risks
	for i, v := range params {
		if in.vars.loose[v] || in.scan(d.Body).whole[v] {
			o.yes[i], o.no[i] = nil, nil // it is not what it was
		}
	}
	return o
}

// sets is what the i-th parameter is in where the result is nil or true, or where it is not.
func (o outcome) sets(i int, yes bool) *lang.Set {
	switch {
	case yes && i < len(o.yes):
		return o.yes[i]
	case !yes && i < len(o.no):
		return o.no[i]
	}
	return nil
}

// take adds one return to an outcome.
func (r *reading) take(o *outcome, s *ast.ReturnStmt, params []*types.Var, results *types.Tuple, f facts) {
	if len(s.Results) != results.Len() {
		o.nils, o.truth = canTrue|canFalse, canTrue|canFalse
		o.yes, o.no = make([]*lang.Set, len(params)), make([]*lang.Set, len(params))
		return
	}
	last := s.Results[len(s.Results)-1]
	var yes, no facts
	can := &o.truth
	if isBool(results.At(results.Len() - 1).Type()) {
		yes, no = r.split(last, f)
	} else {
		can = &o.nils
		yes, no = r.whetherNil(last, f)
	}
	for i, v := range params {
		o.yes[i] = added(o.yes[i], yes, v)
		o.no[i] = added(o.no[i], no, v)
	}
	if yes != nil {
		*can |= canTrue
	}
	if no != nil {
		*can |= canFalse
	}
}

// added is set with what the parameter v holds where f is known.
func added(set *lang.Set, f facts, v *types.Var) *lang.Set {
	if f == nil {
		return set
	}
	return set.Or(f[place{obj: v}].set)
}

// worthReading tells whether anything is known of what a function gets.
func worthReading(args []text) bool {
	for _, v := range args {
		if v.set != nil && !v.fixed || v.match != nil {
			return true
		}
	}
	return false
}

// defers tells whether d has deferred calls, which may recover.
func defers(d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		_, ok := n.(*ast.DeferStmt)
		found = found || ok
		return !found
	})
	return found
}
