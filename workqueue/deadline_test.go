package workqueue

import (
	"testing"
	"time"
)

// One alarm judges those whose time is over and no other, and the next is for the
// first of the rest.
func TestDueLooksAtEveryWorker(t *testing.T) {
	l, clock := still(t, 6) // the first has no worker
	timeless := l.seat(2, idle)
	l.occupy(timeless, Item{})
	at := func(index int, after time.Duration) *worker {
		w := l.seat(index, starting)
		l.limit(w, clock.Now().Add(after))
		return w
	}
	later, over, soon, also := at(3, time.Hour), at(4, time.Minute), at(5, time.Minute+1), at(6, time.Minute)
	clock.advance(time.Minute)
	l.due()
	if timeless.overdue || later.step != stepNone || soon.step != stepNone {
		t.Errorf("judged too early: overdue %v, steps %v and %v", timeless.overdue, later.step, soon.step)
	}
	if over.step != stepTerm || also.step != stepTerm {
		t.Errorf("not judged: steps %v and %v", over.step, also.step)
	}
	if l.alarm.timer == nil || l.alarm.at != soon.deadline || soon.deadline.IsZero() {
		t.Errorf("the next alarm is at %v, want %v", l.alarm.at, soon.deadline)
	}
}

func TestEarliest(t *testing.T) {
	for _, test := range []struct {
		deadlines []time.Duration // of the workers from the second on, against now; 0: none
		want      time.Duration
	}{
		{nil, 0}, {[]time.Duration{0, 1}, 0}, {[]time.Duration{-2, 0, -1}, -2}, {[]time.Duration{-1, 1, -2}, -2},
	} {
		l, clock := still(t, 4)
		for i, d := range test.deadlines {
			if w := l.seat(i+2, starting); d != 0 {
				w.deadline = clock.Now().Add(d)
			}
		}
		if got := l.earliest(clock.Now()).Sub(clock.Now()); got != test.want {
			t.Errorf("%v: %v, want %v", test.deadlines, got, test.want)
		}
	}
}
