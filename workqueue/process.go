package workqueue

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/evilution-go/evilution-go/supervisor"
)

// killLimit is how long a process may take to die of KILL.
const killLimit = 2 * time.Second

// live is the life of one process, from its start until nothing is left of it.
func (w *worker) live(l *loop, commands <-chan message) {
	if err := w.spawn(l.o); err != nil {
		l.q.do <- func() { l.unborn(w, err) }
		return
	}
	var talk, errs errgroup.Group // what they hear of errors they tell the loop
	talk.Go(func() error { w.write(l, commands); return nil })
	talk.Go(func() error { w.read(l); return nil })
	errs.Go(w.errors.read)
	err := w.await(l.o.Grace)
	l.q.do <- func() { l.exited(w) }
	groups := <-w.last
	w.errors.flush()
	_ = errs.Wait()
	exit, err := w.bury(groups, err)
	_ = talk.Wait()
	l.q.do <- func() { l.buried(w, exit, err) }
}

// await returns when the process has exited, and takes the steps to that end
// that the loop orders.
func (w *worker) await(grace time.Duration) error {
	var timer <-chan time.Time
	var at step
	for {
		select {
		case <-w.handle.Exited():
			return nil
		case s := <-w.orders:
			at = max(at, s)
		case <-timer:
			at++
		}
		timer = time.After(grace)
		switch at {
		case stepTerm:
			_ = supervisor.SignalGroup(syscall.SIGTERM, w.handle)
			_ = supervisor.SignalGroup(syscall.SIGCONT, w.handle)
		case stepKill:
			_ = supervisor.SignalGroup(syscall.SIGKILL, w.handle)
			timer = time.After(killLimit)
		case stepKill + 1:
			return fmt.Errorf("end worker %d (process %d): %w", w.index, w.handle.PID, supervisor.ErrUnkillable)
		}
	}
}

// bury ends what the worker has left and reaps it. That closes the pipes, which
// ends their goroutines whoever else holds the other ends. A process that even
// KILL did not end (unkillable is not nil) is left registered, as it is.
func (w *worker) bury(groups []int, unkillable error) (supervisor.Exit, error) {
	if unkillable != nil {
		closeAll(w.handle.Files)
		return supervisor.Exit{Code: -1}, unkillable
	}
	var errs []error
	for _, pgid := range groups {
		errs = append(errs, supervisor.AdoptGroup(pgid))
	}
	exit, err := supervisor.Reap(w.handle)
	return exit, errors.Join(append(errs, err)...)
}

// spawn starts the process: it gets the far ends of two or three pipes, and the
// handle owns the near ones.
func (w *worker) spawn(o Options) error {
	var near, far []*os.File
	for range 3 {
		r, wr, err := os.Pipe()
		if err != nil {
			closeAll(append(near, far...))
			return fmt.Errorf("make pipes: %w", err)
		}
		near, far = append(near, r), append(far, wr)
	}
	near[0], far[0] = far[0], near[0] // commands flow the other way
	defer closeAll(far)
	w.input = near[0]
	w.results = pipe{f: near[1]}
	w.errors.pipe = pipe{f: near[2], dry: func(bool) bool { return false }}
	child := o.Command(w.index)
	child.IsolateInChild = false
	child.Env = w.environ(child.Env)
	child.ExtraFiles = append([]*os.File{far[0], far[1]}, child.ExtraFiles...)
	child.Files = append(near, child.Files...)
	if child.Stderr == nil {
		child.Stderr = far[2]
	}
	begun := make(chan struct{})
	defer close(begun)
	child.Held = func(h *supervisor.Handle) { go w.killUnborn(h, begun) }
	h, err := supervisor.Spawn(child)
	w.handle = h
	return err
}

// killUnborn kills a process that is ordered to die before it has begun: somebody may
// have stopped it, and Spawn waits for it. It ends when the process has begun.
func (w *worker) killUnborn(h *supervisor.Handle, begun <-chan struct{}) {
	select {
	case <-w.killed:
		_ = supervisor.SignalGroup(syscall.SIGKILL, h)
	case <-begun:
	}
}

// environ adds the worker's index; supervisor drops an earlier value.
func (w *worker) environ(env []string) []string {
	if env == nil {
		env = os.Environ()
	}
	return append(slices.Clone(env), fmt.Sprintf("%s=%d", Env, w.index))
}

func closeAll(files []*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

// story tells how the worker ended.
func (w *worker) story(exit supervisor.Exit) error {
	parts := []string{exit.String()}
	if w.why != nil {
		parts = append(parts, w.why.Error())
	}
	if text := w.errors.String(); text != "" {
		parts = append(parts, text)
	}
	return errors.New(strings.Join(parts, ": "))
}
