package isolation

import (
	"context"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// ear is who hears what a child says while it runs.
type ear struct {
	listen func() <-chan event   // begins to
	take   func(event) (on bool) // tells whether the child may go on
	ready  func() bool           // tells whether its result is known
}

// follow turns until the child has exited, then reaps it, and returns how it ended.
// The error is the tool's own: a child that even KILL does not end, which stays in
// the registry.
//
// Most children are gone before it is time to look at what they use. Until then
// nothing turns and nobody listens, since each word of theirs would wake this process.
func (c *child) follow(ctx context.Context, e ear) (supervisor.Exit, error) {
	defer c.watch.Close(c.root)
	c.woken = time.Now()
	if c.handle.ExitsWithin(min(sandbox.FirstSample, c.limits.Wall)) {
		return c.reap()
	}
	return c.turn(ctx, e)
}

// turn is the one loop of a child that takes longer.
func (c *child) turn(ctx context.Context, e ear) (supervisor.Exit, error) {
	events := e.listen()
	c.end = c.started.Add(c.limits.Wall)
	c.deadline = c.end
	c.timer = time.NewTimer(time.Until(c.deadline))
	sample := time.NewTimer(c.sample())
	beat := c.gait.begin()
	cancelled := ctx.Done()
	for {
		select {
		case <-c.handle.Exited():
			return c.reap()
		case said, open := <-events:
			if !open {
				events = nil
			} else if !e.take(said) {
				c.kill(byFault)
			}
		case <-sample.C:
			c.wake()
			sample.Reset(c.sample())
		case <-beat:
			c.stopOrGo()
		case <-c.timer.C:
			c.wake()
			if err := c.due(e.ready); err != nil {
				return supervisor.Exit{Code: -1}, err
			}
		case <-cancelled:
			cancelled = nil
			c.kill(byCancel)
		}
	}
}

// wake notes that the loop turns. The samples turn it every few milliseconds, so
// a long time in between means that this process was stopped, and the child
// most likely with it: all deadlines move by the pause.
func (c *child) wake() {
	now := time.Now()
	if pause := now.Sub(c.woken); pause > leastPause {
		c.delay(pause)
	}
	c.woken = now
}

// delay moves all deadlines.
func (c *child) delay(d time.Duration) {
	c.deadline = c.deadline.Add(d)
	c.end = c.end.Add(d)
	c.idle.delay(d)
}

// beFair moves the deadlines by the time for which the child had no processor.
func (c *child) beFair() {
	if !c.limits.Fair {
		return
	}
	if waited := min(c.watch.Waited(), 3*c.limits.Wall, time.Since(c.started)); waited > c.waited {
		c.delay(waited - c.waited)
		c.waited = waited
	}
}

// sample looks at what the family uses, ends it past a bound, and returns when to
// look again. The time in which the family was held for that is not its own, within
// reason: a family that is held all the time must end some time.
func (c *child) sample() (next time.Duration) {
	passed, next := c.watch.Sample()
	if held := min(c.watch.Held(), mostHeld); held > c.held {
		c.delay(held - c.held)
		c.held = held
	}
	if passed != "" && c.step < killed {
		c.quell(ending(passed))
	}
	if c.step == running && !c.gait.stopped {
		if why := c.idle.passed(time.Now(), c.watch, c.end.Sub(c.started)); why != "" {
			c.kill(why)
		}
	}
	return next
}

// reap sweeps the group, reaps the child and removes its directory.
func (c *child) reap() (supervisor.Exit, error) {
	c.refused = c.watch.Refused()
	_, err := supervisor.ReapNonblock(c.handle)
	if err != nil {
		c.unclean = err
	}
	exit, _ := c.handle.Exit()
	return exit, nil
}
