package isolation

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"os"
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// Run runs o in one child and returns what became of it. Whatever the child
// does, no process and no file of it is left when Run returns (a directory that
// cannot be removed is tried again by root).
//
// The error is the tool's own trouble: no room on the disk, a binary that
// cannot be started, a process that does not die; or it is the context's, once
// the child has been ended because of it.
func Run(ctx context.Context, root *sandbox.Root, o Order) (Outcome, error) {
	free := false
	for try := 0; ; try++ {
		out, refused, err := run(ctx, root, &o, free)
		// A process that is just being started elsewhere may hold, for a
		// moment, the descriptor by which our copy of the binary was written.
		if errors.Is(err, syscall.ETXTBSY) && try < 10 {
			time.Sleep(time.Millisecond << try)
			continue
		}
		// What a child makes of threads that it did not get proves nothing.
		if refused && out.Verdict != Passed && err == nil {
			free = true
			continue
		}
		return out, err
	}
}

// run runs o once, without a cage if it is to be free; refused tells that the cage
// may have had a part in the outcome.
func run(ctx context.Context, root *sandbox.Root, o *Order, free bool) (out Outcome, refused bool, err error) {
	if err := ctx.Err(); err != nil {
		return Outcome{}, false, err
	}
	scratch, err := root.Scratch("c")
	if err != nil {
		return Outcome{}, false, err
	}
	t, err := prepare(o, scratch)
	if err != nil {
		return Outcome{}, false, errors.Join(err, scratch.Remove())
	}
	c := child{root: root, room: o.Room, limits: o.Limits, grace: o.Grace, gait: gait{Pace: o.Pace}, free: free}
	out, err = t.run(ctx, &c, o)
	return out, c.refused, err
}

// talk is one run under way: its parts on our side, and what its child needs.
type talk struct {
	results *results
	output  *sandbox.Output
	options supervisor.Options
	child   []*os.File // the child's ends, ours to close once it has them
}

// prepare makes everything that a run needs, but starts nothing. The scratch
// directory becomes the child's.
func prepare(o *Order, scratch *sandbox.Scratch) (*talk, error) {
	binary, order, err := o.place(scratch)
	if err != nil {
		return nil, err
	}
	pipe, report, err := sandbox.NewPipe()
	if err != nil {
		return nil, err
	}
	output, print, err := sandbox.Capture(o.Limits.Output, crashLines...)
	if err != nil {
		return nil, errors.Join(err, pipe.Close(), report.Close())
	}
	token := newToken()
	return &talk{
		results: &results{pipe: pipe, token: token},
		output:  output,
		child:   []*os.File{report, print},
		options: supervisor.Options{
			Path:       binary,
			Args:       append([]string{"-test.paniconexit0", "-test.timeout=0"}, o.Args...),
			Env:        o.environ(scratch, order, token),
			Dir:        o.Dir,
			Stdout:     print,
			Stderr:     print,
			ExtraFiles: []*os.File{report},
			SandboxDir: scratch.Dir,
			Release:    scratch.Return,
		},
	}, nil
}

// run starts the child, listens to it until it has ended, and judges.
func (t *talk) run(ctx context.Context, c *child, o *Order) (Outcome, error) {
	var out Outcome
	err := c.start(t.options)
	for _, f := range t.child {
		_ = f.Close() // the child has its own by now
	}
	s := &story{out: &out}
	hear := func(e event) {
		greeted := s.greeted
		s.take(e)
		if s.greeted && !greeted && o.Greeted != nil {
			o.Greeted(out.Hello)
		}
	}
	if err == nil {
		s.pid = c.handle.PID
		out.Exit, err = c.follow(ctx, ear{
			listen: t.listen,
			take: func(e event) bool {
				hear(e)
				c.within(s.limits(o))
				return s.wrong == nil
			},
			ready: func() bool { return out.Done },
		})
		out.Wall = time.Since(c.started)
	}
	t.results.finish(hear) // frames that nobody has heard yet
	t.output.Finish()
	switch {
	case err != nil:
		return Outcome{}, err
	case c.why == byCancel:
		return Outcome{}, ctx.Err()
	}
	out.Output, out.Peak = t.output.Bytes(), c.watch.Peak()
	if c.unclean != nil {
		out.Unclean = c.unclean.Error()
	}
	limited := *o
	limited.Limits = c.limits
	limited.Limits.Wall = c.allowed()
	judge(&limited, s, c.why, t.output.Notes())
	return out, nil
}

// listen begins to hear the child, while it runs.
func (t *talk) listen() <-chan event {
	t.output.Listen()
	t.results.listen()
	return t.results.events
}

// newToken returns 32 hexadecimal characters that nobody can guess.
func newToken() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, says its documentation
	return hex.EncodeToString(b[:])
}
