package isolation

import (
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// Pace lets a child run and stops it in turns, as a machine does that has many others
// to run. The zero value lets it run all the time.
type Pace struct{ Go, Stop time.Duration }

// gait keeps a child's pace.
type gait struct {
	Pace
	timer   *time.Timer
	stopped bool
}

// begin returns what tells that the next turn has come, which it never does without a
// pace.
func (g *gait) begin() <-chan time.Time {
	if g.Go <= 0 || g.Stop <= 0 {
		return nil
	}
	g.timer = time.NewTimer(g.Go)
	return g.timer.C
}

func (g *gait) end() {
	if g.timer != nil {
		g.timer.Stop()
	}
}

// stopOrGo stops a child that runs and lets one run that is stopped. One that is being
// ended is not stopped again.
func (c *child) stopOrGo() {
	next, sig := c.gait.Go, syscall.SIGCONT
	if !c.gait.stopped {
		if c.step != running {
			return
		}
		next, sig = c.gait.Stop, syscall.SIGSTOP
	}
	c.gait.stopped = !c.gait.stopped
	_ = supervisor.SignalGroup(sig, c.handle)
	c.gait.timer.Reset(next)
}
