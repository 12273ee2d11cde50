package job

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/workqueue"
)

// Kinds of jobs, as they stand in workqueue.Item.Kind.
const (
	KindChanges    = "changes"
	KindLoad       = "load"
	KindBuild      = "build"
	KindRecord     = "record"
	KindMutant     = "mutant"
	KindPlain      = "plain"
	KindEquivalent = "equivalent"
)

// Worker does jobs within one session's scratch directory.
type Worker struct {
	root     *sandbox.Root
	trees    map[string]*sandbox.Tree // the worker's own copies of the module, by what they were copied from
	room     *sandbox.Room            // where children are born, opened when first needed; nil: nowhere else
	controls map[string]Verdict       // clean runs of lists of tests, by binary and list

	// Of batches: how often a list has passed without a mutant, and which tests do not
	// pass a second time in the same process, by binary and name.
	passes       map[string]int
	unrepeatable map[string]bool

	lavish  bool // garbage may grow, and one processor is enough
	garbage int  // GOGC otherwise
	procs   int  // GOMAXPROCS otherwise
}

// plenty is GOGC for jobs that hold next to nothing in memory: they would collect
// garbage every 4 MiB otherwise, for nothing.
const plenty = 800

// pace lets more garbage grow while there are only jobs that hold little. These wait for
// one child after another, which needs the other processors: goroutines that hand over to
// each other on one wake no thread. (semver, two jobs on two processors: 57,340 voluntary
// context switches of a whole run against 51,863, mutants 1.77 s against 1.74.)
func (w *Worker) pace(kind string) {
	lavish := kind == KindMutant || kind == KindRecord
	switch {
	case lavish && !w.lavish:
		w.garbage, w.procs = debug.SetGCPercent(plenty), runtime.GOMAXPROCS(1)
	case !lavish && w.lavish:
		debug.SetGCPercent(w.garbage)
		runtime.GOMAXPROCS(w.procs)
	}
	w.lavish = lavish
}

// NewWorker prepares a worker; the root is the session's.
func NewWorker(root *sandbox.Root) *Worker {
	return &Worker{
		root: root, trees: make(map[string]*sandbox.Tree), controls: make(map[string]Verdict),
		passes: make(map[string]int), unrepeatable: make(map[string]bool),
	}
}

// Do does one job; it is what workqueue.Serve calls.
func (w *Worker) Do(ctx context.Context, c *workqueue.Call) ([]byte, error) {
	w.pace(c.Kind)
	switch c.Kind {
	case KindChanges:
		return answer(ctx, c, w.changes)
	case KindLoad:
		return answer(ctx, c, w.load)
	case KindBuild:
		return answer(ctx, c, w.build)
	case KindRecord:
		return answer(ctx, c, func(ctx context.Context, r RecordRequest) (*RecordReply, error) {
			return w.record(ctx, r, c.Progress)
		})
	case KindMutant:
		return answer(ctx, c, w.mutant)
	case KindPlain:
		return answer(ctx, c, w.plain)
	case KindEquivalent:
		return answer(ctx, c, w.equivalent)
	}
	return nil, fmt.Errorf("do job: unknown kind %q", c.Kind)
}

// answer decodes the request, does the work and encodes the reply.
func answer[Request, Reply any](ctx context.Context, c *workqueue.Call, do func(context.Context, Request) (Reply, error)) ([]byte, error) {
	request, err := workqueue.Decode[Request](c.Body)
	if err != nil {
		return nil, err
	}
	reply, err := do(ctx, request)
	if err != nil {
		return nil, err
	}
	return workqueue.Encode(reply)
}

// Place is where and with what children run.
type Place struct {
	// Pristine is the session's untouched copy of the module, the origin of every
	// worker's own, or with Overlay the module; Origin is the user's module itself.
	Pristine string
	Origin   string
	// Env are the variables that children get on top of the user's.
	Env map[string]string
	// Args are flags for every test binary.
	Args []string
	// Overlay lets children see the module at its own path, in place of a copy, and
	// Net gives those of each worker a network of their own.
	Overlay, Net bool
}

// ground is where children of this worker run, and what puts it back into its first
// state after each.
type ground struct {
	dir     string // the module, as children see it
	room    *sandbox.Room
	restore func() error
}

// ground prepares it when first needed.
func (w *Worker) ground(p Place) (g ground, err error) {
	if w.room == nil && (p.Overlay || p.Net) {
		walls := sandbox.Walls{Net: p.Net}
		if p.Overlay {
			walls.Overlay = p.Origin
		}
		if w.room, err = w.root.Room(walls); err != nil {
			return g, err
		}
	}
	g.room = w.room
	if p.Overlay {
		g.dir, g.restore = p.Origin, w.room.Reset
		return g, nil
	}
	tree, err := w.tree(p)
	if err != nil {
		return g, err
	}
	g.dir = tree.Dst
	g.restore = func() error {
		_, err := tree.Restore()
		return err
	}
	return g, nil
}

// tree returns the worker's own copy of the module, made when first needed.
func (w *Worker) tree(p Place) (*sandbox.Tree, error) {
	if t := w.trees[p.Pristine]; t != nil {
		return t, nil
	}
	scratch, err := w.root.Scratch("copy")
	if err != nil {
		return nil, fmt.Errorf("copy module: %w", err)
	}
	t, err := sandbox.CopyTree(p.Pristine, filepath.Join(scratch.Dir, filepath.Base(p.Origin)))
	if err != nil {
		return nil, fmt.Errorf("copy module: %w", err)
	}
	w.trees[p.Pristine] = t
	return t, nil
}
