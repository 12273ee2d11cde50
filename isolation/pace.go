package isolation

import (
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// Pace lets a child run and stops it in turns, as a machine does that has many others
// to run. Without a Stop it runs all the time.
type Pace struct{ Go, Stop time.Duration }

// gait keeps a child's pace.
type gait struct {
	Pace
	timer   *time.Timer
	stopped bool
	since   time.Time // of the last turn
}

// begin returns what tells that the next turn has come, which it never does without a
// pace.
func (g *gait) begin() <-chan time.Time {
	if g.Stop == 0 {
		return nil
	}
	g.timer = time.NewTimer(g.Go)
	return g.timer.C
}

// stopOrGo stops a child that runs and lets one run that is stopped. One that is being
// ended is not stopped again.
func (c *child) stopOrGo() {
	g := &c.gait
	next, sig := g.Stop, syscall.SIGSTOP
	switch {
	case g.stopped:
		next, sig = g.Go, syscall.SIGCONT
		c.idle.delay(time.Since(g.since))
	case c.step != running:
		return
	}
	g.stopped, g.since = !g.stopped, time.Now()
	_ = supervisor.SignalGroup(sig, c.handle)
	g.timer.Reset(next)
}
