package runner

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/evilution-go/evilution-go/runner/job"
)

// turns keep the tests of a binary from running beside themselves until they are
// known to pass that way (see dryRun.beside). Tests of different binaries run beside
// each other all the same. Any number of goroutines may use them.
type turns struct {
	mu      sync.Mutex
	all     map[string]*turn // by the binary's path
	off     bool             // nothing can run beside itself, or nobody wants to know
	settled atomic.Bool      // nothing more is tried
	trial   sync.Mutex       // held while workers may be waited for to try a binary
}

// turn is the one of one binary.
type turn struct {
	busy chan struct{} // holds one element while somebody has the turn
	open chan struct{} // closed when the tests may run beside themselves
	// gate holds the mutants that wait for this turn with a slot of their own: not so
	// many that mutants of others get none.
	gate chan struct{}
	// later is called by whoever has had the turn, to see whether that has become
	// possible; nil: it is known, or not yet to be tried. Who has the turn may set it.
	later func(context.Context) error
	known bool // nothing is left to be tried; who has the turn may set it
}

func newTurns(off bool) *turns { return &turns{all: make(map[string]*turn), off: off} }

// of is the turn of a binary.
func (t *turns) of(binary string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all[binary] == nil {
		t.all[binary] = &turn{busy: make(chan struct{}, 1), open: make(chan struct{}), gate: make(chan struct{}, 2)}
		if t.off {
			t.all[binary].allow()
		}
	}
	return t.all[binary]
}

// allow lets the tests run beside themselves from now on. A dry run that begins again
// finds that out again.
func (t *turn) allow() {
	select {
	case <-t.open:
	default:
		close(t.open)
	}
}

// take waits for the turns of some binaries. They are given back by leave, once.
func (t *turns) take(ctx context.Context, binaries []string) (leave func(context.Context) error, err error) {
	var held []*turn
	leave = func(ctx context.Context) (err error) {
		for _, one := range held {
			if one.later != nil && !t.settled.Load() {
				err = errors.Join(err, one.later(ctx))
			}
			<-one.busy
		}
		return err
	}
	for _, binary := range slices.Compact(slices.Sorted(slices.Values(binaries))) { // all take them in one order
		one := t.of(binary)
		select {
		case <-one.open:
			continue
		default:
		}
		select {
		case <-one.open:
		case one.busy <- struct{}{}:
			held = append(held, one)
		case <-ctx.Done():
			for _, one := range held {
				<-one.busy
			}
			return nil, context.Cause(ctx)
		}
	}
	return leave, nil
}

// gate is that of the first of the binaries whose tests may not run beside
// themselves; nil if there is none.
func (t *turns) gate(binaries []string) chan struct{} {
	for _, binary := range binaries {
		one := t.of(binary)
		select {
		case <-one.open:
		default:
			return one.gate
		}
	}
	return nil
}

// binariesOf are the binaries that judge a mutant.
func (s *session) binariesOf(m *subject) []string {
	if m.Number == 0 {
		return []string{s.binaries[m.Package].Path}
	}
	return paths(s.processes(m))
}

// processes are the binaries of a mutant's plan, by package.
func (s *session) processes(m *subject) map[string]job.Binary {
	binaries := make(map[string]job.Binary)
	for _, p := range slices.Concat(m.plan.Judge, m.plan.Confirm) {
		binaries[p.Package] = s.binaries[p.Package]
	}
	return binaries
}

// testsOf are the binaries whose tests a job runs.
func (s *session) testsOf(request any) []string {
	switch r := request.(type) {
	case job.RecordRequest:
		return []string{r.Binary.Path}
	case job.PlainRequest:
		return []string{s.binaries[r.Package].Path}
	case job.MutantRequest:
		return paths(r.Binaries)
	}
	return nil
}

func paths(binaries map[string]job.Binary) (list []string) {
	for b := range maps.Values(binaries) {
		list = append(list, b.Path)
	}
	return list
}
