package workqueue

import "time"

const (
	// lateAlarm is how long a deadline may have passed before it counts as a sign
	// that this process did not run.
	lateAlarm = 100 * time.Millisecond
	// lateWait is how long deadlines are not judged after that, for
	// Delay to come in time. It is more than supervisor.TrapStop takes.
	lateWait = time.Second
)

// limit sets the one deadline of a worker.
func (l *loop) limit(w *worker, at time.Time) {
	w.deadline = at
	if l.since.IsZero() {
		l.alarm.arm(at)
	}
}

// due looks at all deadlines after the alarm. If one has passed long ago this
// process did not run meanwhile, and may be about to hear how long.
func (l *loop) due() {
	now := l.o.Clock.Now()
	l.alarm.disarm()
	if now.Sub(l.earliest(now)) > lateAlarm && l.hold.IsZero() {
		l.hold = now.Add(lateWait)
	}
	if now.Before(l.hold) {
		l.alarm.arm(l.hold)
		return
	}
	l.hold = time.Time{}
	for _, s := range l.slots {
		if s.w == nil || s.w.deadline.IsZero() {
			continue
		}
		if s.w.deadline.After(now) {
			l.alarm.arm(s.w.deadline)
			continue
		}
		s.w.deadline = time.Time{}
		l.overdue(s.w)
	}
}

// earliest is the first deadline, or now if none is before.
func (l *loop) earliest(now time.Time) time.Time {
	for _, s := range l.slots {
		if s.w != nil && !s.w.deadline.IsZero() && s.w.deadline.Before(now) {
			now = s.w.deadline
		}
	}
	return now
}

// overdue asks whether the deadline really has been missed: what is in the
// worker's pipe is read first.
func (l *loop) overdue(w *worker) {
	switch w.state {
	case starting:
		w.end(stepTerm, errNotReady{l.o.StartTimeout})
	case busy:
		w.overdue = true
		l.flush(w)
	}
}

// pause takes the alarm away.
func (l *loop) pause() {
	if l.since.IsZero() {
		l.since = l.o.Clock.Now()
		l.alarm.disarm()
	}
}

func (l *loop) resume() {
	if !l.since.IsZero() {
		d := l.o.Clock.Now().Sub(l.since)
		l.since = time.Time{}
		l.delay(d)
	}
}

// delay moves everything that is measured. The alarm stays: too early is no harm.
func (l *loop) delay(d time.Duration) {
	l.hold = time.Time{}
	for _, s := range l.slots {
		if s.w == nil {
			continue
		}
		if s.w.call != nil {
			s.w.call.began = s.w.call.began.Add(d)
		}
		if !s.w.deadline.IsZero() {
			l.limit(s.w, s.w.deadline.Add(d))
		}
	}
}
