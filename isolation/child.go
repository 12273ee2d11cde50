package isolation

import (
	"cmp"
	"fmt"
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

const (
	defaultWall = 10 * time.Minute
	quellLimit  = 10 * time.Second // for a family past a bound to be gone; 3 s are promised, but none may stay
	killLimit   = 2 * time.Second  // for a leader to die of KILL
	leastPause  = 250 * time.Millisecond
	mostHeld    = 10 * time.Second // by which a family that is held to be counted may be late
)

// child is a process under way. Everything in it belongs to the goroutine that
// calls follow.
type child struct {
	root   *sandbox.Root
	room   *sandbox.Room
	limits sandbox.Limits
	grace  time.Duration

	handle  *supervisor.Handle
	watch   *sandbox.Watch
	started time.Time
	woken   time.Time     // when the loop last turned
	held    time.Duration // by the watch, as far as the deadlines have moved for it
	waited  time.Duration // for processors, the same

	// deadline is when the next step towards its end is due; end is when the time
	// of the whole child is up, and part the bound of what it is doing now.
	deadline time.Time
	end      time.Time
	part     time.Duration
	timer    *time.Timer
	step     step
	why      ending
	unclean  error
	idle     idleness
	gait     gait

	free    bool // without a cage
	refused bool // the cage was full, though no bound was passed
}

// step is how far the end has gone.
type step int

const (
	running step = iota
	closing      // its result is there and its time is up: it has grace to exit
	asked        // TERM was sent
	killed       // KILL was sent
)

// start starts o and watches it. When it fails, nothing is left.
func (c *child) start(o supervisor.Options) (err error) {
	if c.limits.Wall <= 0 {
		c.limits.Wall = defaultWall
	}
	if c.grace == 0 {
		c.grace = supervisor.Grace
	}
	o.IsolateInChild = true
	var cage *sandbox.Cage
	if !c.free {
		cage = c.root.TakeCage(c.limits)
	}
	o.Fork = c.room.Forker(cage)
	c.started = time.Now()
	if c.handle, err = supervisor.Spawn(o); err != nil {
		c.root.GiveCage(cage)
		return err
	}
	c.watch = c.root.NewWatch(c.handle.PID, c.limits, sandbox.Control{Signal: c.signal, IsRegistered: isRegistered, Cage: cage})
	return nil
}

// isRegistered tells whether a child of this process has a handle.
func isRegistered(pid int) bool {
	for _, h := range supervisor.Registry() {
		if h.PID == pid {
			return true
		}
	}
	return false
}

// within bounds what the child does from now on, within its whole time, and how long
// it may do nothing meanwhile; 0 lifts a bound.
func (c *child) within(part, idle time.Duration) {
	if c.step != running {
		return
	}
	c.idle.begin(idle, time.Now())
	c.part, c.deadline = part, c.end
	if at := time.Now().Add(part); part > 0 && at.Before(c.end) {
		c.deadline = at
	} else {
		c.part = 0
	}
	c.timer.Reset(time.Until(c.deadline))
}

// allowed is the time that was up if the child came to its deadline.
func (c *child) allowed() time.Duration { return cmp.Or(c.part, c.limits.Wall) }

// due takes the next step towards the end if its time has come.
func (c *child) due(ready func() bool) error {
	if left := time.Until(c.deadline); left > 0 {
		c.timer.Reset(left)
		return nil
	}
	if c.exited() {
		return nil // a result that is ready beats its deadline
	}
	switch c.step {
	case running:
		if c.sample(); c.step == killed {
			return nil // a bound that is passed comes before time
		}
		c.beFair()
		if left := time.Until(c.deadline); left > 0 {
			c.timer.Reset(left)
			return nil
		}
		if ready() && c.grace > 0 {
			c.next(closing, c.grace)
			return nil
		}
		fallthrough
	case closing:
		c.blame(byTimeout)
		c.terminate()
	case asked:
		c.kill(c.why)
	case killed:
		return fmt.Errorf("end process %d: %w", c.handle.PID, supervisor.ErrUnkillable)
	}
	return nil
}

// exited tells whether the child has exited, without waiting.
func (c *child) exited() bool {
	select {
	case <-c.handle.Exited():
		return true
	default:
		return false
	}
}

// terminate asks the group to end; one that is stopped could not obey.
func (c *child) terminate() {
	if c.grace <= 0 {
		c.kill(c.why)
		return
	}
	c.next(asked, c.grace)
	_ = supervisor.SignalGroup(syscall.SIGTERM, c.handle)
	_ = supervisor.SignalGroup(syscall.SIGCONT, c.handle)
}

// kill ends the group at once.
func (c *child) kill(why ending) {
	c.blame(why)
	c.next(killed, killLimit)
	_ = supervisor.SignalGroup(syscall.SIGKILL, c.handle)
}

// quell ends a family that passed a bound.
func (c *child) quell(why ending) {
	c.blame(why)
	c.unclean = c.watch.Quell(quellLimit)
	c.kill(why)
	c.woken = time.Now()
}

// signal is how the watch signals: the group through its handle, which knows
// whether it still is ours, and what has left it by pid.
func (c *child) signal(pid int, sig syscall.Signal) error {
	if pid == -c.handle.PGID {
		return supervisor.SignalGroup(sig, c.handle)
	}
	return supervisor.Kill(pid, sig)
}

// blame keeps the first reason.
func (c *child) blame(why ending) {
	if c.why == "" {
		c.why = why
	}
}

// next sets the deadline of a step.
func (c *child) next(s step, in time.Duration) {
	c.step, c.deadline = s, time.Now().Add(in)
	c.timer.Reset(in)
}
