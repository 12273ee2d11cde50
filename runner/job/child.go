package job

import (
	"context"
	"path/filepath"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// child runs one process of the plan in the worker's copy of the module.
func (w *Worker) child(ctx context.Context, r MutantRequest, p plan.Process, mode isolation.Mode) (isolation.Outcome, error) {
	o := isolation.Order{
		Mode: mode, Package: r.Package, Number: r.Number,
		Tests: p.Tests, Times: p.Times, StopFirst: true, InitTicks: p.Limits.Outside,
	}
	for _, loop := range p.Limits.Tests {
		if r.Alone { // what seems to do nothing is run once more, to its end
			loop.Idle = 0
		}
		o.Loops = append(o.Loops, isolation.Loop(loop))
	}
	o.Limits.Fair = r.Alone
	o.Limits.Wall, o.Limits.Memory, o.Limits.Processes = p.Limits.Wall, p.Limits.Memory, p.Limits.Processes
	return w.run(ctx, r.Place, r.Binaries[p.Package], o)
}

// run completes an order with where and with what, runs it and puts the copy
// back into its first state.
func (w *Worker) run(ctx context.Context, place Place, b Binary, o isolation.Order) (isolation.Outcome, error) {
	g, err := w.ground(place)
	if err != nil {
		return isolation.Outcome{}, err
	}
	o.Binary, o.Dir, o.Room = b.Path, filepath.Join(g.dir, b.Rel), g.room
	o.Args, o.Set = place.Args, place.Env
	out, err := isolation.Run(ctx, w.root, o)
	if err != nil {
		return out, err
	}
	return out, g.restore()
}
