package isolation

import (
	"math"
	"time"
)

const (
	lookEvery = 20 * time.Millisecond // at what a child has used, while that is bounded
	// little is how long a family is active that does nothing: the runtime looks
	// after itself a few times a second.
	little = 10 * time.Millisecond
)

// idleness is how long a family has neither run nor been ready to run, to speak of.
// What waits for an event that never comes, as for a lock that was not given back, is
// found out by that long before its time is up. It proves nothing, since the event
// may be a late one: who believes it runs the child again, with all its time. But if
// nobody has run at all between two looks, and all threads wait for each other then,
// that is proof (the Go runtime tells of it by itself only where no C is linked in and
// no timer is pending).
type idleness struct {
	bound  time.Duration // 0: none
	since  time.Time     // when it was last active
	active time.Duration // by then, in all
	latest time.Duration // the same, at the last look
	looked time.Time
}

// begin bounds what comes from now on; 0 lifts the bound.
func (i *idleness) begin(bound time.Duration, now time.Time) {
	*i = idleness{bound: bound, since: now, looked: now, active: -1, latest: -1}
}

// delay moves the beginning, by a pause of all.
func (i *idleness) delay(d time.Duration) { i.since = i.since.Add(d) }

// load is what a family can be asked.
type load interface {
	// Active is for how long it has run or been ready to, less than before when a
	// thread has gone, and negative if unknown.
	Active() time.Duration
	// Stuck tells whether nothing but itself can wake it within that time, counted from
	// its start, if Active stays the same meanwhile.
	Stuck(within time.Duration) bool
}

// passed tells why the family has to be ended, "" if it may go on; it has the time
// whole, in all.
func (i *idleness) passed(now time.Time, family load, whole time.Duration) ending {
	if now.Sub(i.looked) < lookEvery {
		return ""
	}
	i.looked = now
	a := family.Active()
	still := a >= 0 && a == i.latest
	if i.latest = a; still {
		if why := certain(family, whole); why != "" && family.Active() == a {
			return why
		}
	}
	if a < 0 || i.active < 0 || (a-i.active).Abs() > little {
		i.since, i.active = now, a
	}
	if i.bound > 0 && now.Sub(i.since) >= i.bound {
		return byIdleness
	}
	return ""
}

// certain tells why the family will never do anything again, or not within its time.
func certain(family load, whole time.Duration) ending {
	switch {
	case !family.Stuck(whole):
		return ""
	case family.Stuck(math.MaxInt64):
		return byDeadlock
	}
	return byRest
}
