package workqueue

import (
	"errors"
	"runtime"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// Env is the variable that tells a worker its index, 1 to Options.Workers. A
// worker that is started in the place of a dead one has the same index; no two
// live workers do.
const Env = "EVILUTION_WORKER"

const (
	defaultStart    = 30 * time.Second
	defaultRespawns = 2
)

// Options say how a queue works. Only Command is needed.
type Options struct {
	// Workers is the greatest number of workers; 0 or less: one for each CPU that
	// this process may use. Workers are started when items wait for them, never
	// more of them than items.
	Workers int
	// Command says how worker index (1 to Workers) is started: Path, Args, Env,
	// Dir, and what the worker's end releases. The queue calls it for each start,
	// from several goroutines, and sets the rest: IsolateInChild is false, Env is
	// added to the environment, and in front of ExtraFiles stand the worker's two
	// pipes, so that the worker finds commands at descriptor 3, results at 4, and
	// the caller's ExtraFiles from 5 on. Where Stderr is nil, the end of what
	// the worker writes there becomes part of the error when it dies.
	Command func(index int) supervisor.Options
	// Grace is how long a worker may take to obey: to exit at the end of its
	// command pipe, to end a cancelled item, to die of TERM, to finish a result
	// of which a part has arrived at the deadline; 0 or less: supervisor.Grace.
	Grace time.Duration
	// StartTimeout bounds the time from the start of a worker until it says that it
	// is ready; 0 or less: 30 s.
	StartTimeout time.Duration
	// Respawns is how often a start is tried again, for each index, before the
	// queue gives up with a *StartError; 0: 2, less: never. A worker that was ready
	// before it died counts for its item, not here.
	Respawns int
	// Clock is the time of the deadlines (Item.Timeout, StartTimeout, and where Grace
	// extends one); nil: the system's. What ends a process uses real time always.
	Clock Clock
}

// withDefaults checks o and fills in what was left out.
func (o Options) withDefaults() (Options, error) {
	if o.Command == nil {
		return o, errors.New("start queue: options have no command")
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Grace <= 0 {
		o.Grace = supervisor.Grace
	}
	if o.StartTimeout <= 0 {
		o.StartTimeout = defaultStart
	}
	switch {
	case o.Respawns == 0:
		o.Respawns = defaultRespawns
	case o.Respawns < 0:
		o.Respawns = 0
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	return o, nil
}
