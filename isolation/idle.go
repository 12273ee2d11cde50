package isolation

import "time"

const (
	lookEvery = 50 * time.Millisecond // at what a child has used, while that is bounded
	// little is how long a family is active that does nothing: the runtime looks
	// after itself a few times a second.
	little = 10 * time.Millisecond
)

// idleness is how long a family has neither run nor been ready to run, to speak of.
// What waits for an event that never comes, as for a lock that was not given back, is
// found out by that long before its time is up. It proves nothing, since the event
// may be a late one: who believes it runs the child again, with all its time.
type idleness struct {
	bound  time.Duration // 0: none
	since  time.Time     // when it was last active
	active time.Duration // by then, in all
	looked time.Time
}

// begin bounds what comes from now on; 0 lifts the bound.
func (i *idleness) begin(bound time.Duration, now time.Time) {
	*i = idleness{bound: bound, since: now, looked: now, active: -1}
}

// delay moves the beginning, by a pause of all.
func (i *idleness) delay(d time.Duration) { i.since = i.since.Add(d) }

// passed tells whether the bound is passed; active is asked for how long the family
// has been so, which is less than before when a thread has gone, and negative if unknown.
func (i *idleness) passed(now time.Time, active func() time.Duration) bool {
	if i.bound == 0 || now.Sub(i.looked) < lookEvery {
		return false
	}
	i.looked = now
	if a := active(); a < 0 || i.active < 0 || (a-i.active).Abs() > little {
		i.since, i.active = now, a
	}
	return now.Sub(i.since) >= i.bound
}
