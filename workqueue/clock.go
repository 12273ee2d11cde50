package workqueue

import "time"

// Clock is where deadlines take their time from. Tests put in one that they
// advance by hand; all others leave Options.Clock nil.
type Clock interface {
	Now() time.Time
	// NewTimer returns a timer that fires once, d from now.
	NewTimer(d time.Duration) Timer
}

// Timer is what the queue needs of a *time.Timer.
type Timer interface {
	// C gets one value when the timer fires; the send never waits.
	C() <-chan time.Time
	// Stop ends a timer that will not be looked at again.
	Stop() bool
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) NewTimer(d time.Duration) Timer { return systemTimer{time.NewTimer(d)} }

type systemTimer struct{ *time.Timer }

func (t systemTimer) C() <-chan time.Time { return t.Timer.C }

// alarm is the one timer of the loop. It is armed for the earliest deadline
// that was ever asked for since it last fired, and not disarmed when that
// deadline goes: most items end long before theirs, and a timer that fires for
// nothing once in a while is cheaper than two changes of it for every item.
type alarm struct {
	clock Clock
	timer Timer
	at    time.Time
}

// arm makes the alarm fire no later than at.
func (a *alarm) arm(at time.Time) {
	if a.timer != nil && !at.Before(a.at) {
		return
	}
	a.disarm()
	a.at, a.timer = at, a.clock.NewTimer(at.Sub(a.clock.Now()))
}

// disarm forgets the timer, fired or not.
func (a *alarm) disarm() {
	if a.timer != nil {
		a.timer.Stop()
		a.timer = nil
	}
}

// c is nil while the alarm is not armed.
func (a *alarm) c() <-chan time.Time {
	if a.timer == nil {
		return nil
	}
	return a.timer.C()
}
