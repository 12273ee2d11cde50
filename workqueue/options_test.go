package workqueue

import (
	"runtime"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

func TestDefaults(t *testing.T) {
	command := func(int) supervisor.Options { return supervisor.Options{} }
	clock := newFakeClock()
	type numbers struct {
		workers, respawns int
		grace, start      time.Duration
	}
	for _, test := range []struct {
		name string
		o    Options
		want numbers
	}{
		{"zero", Options{}, numbers{runtime.GOMAXPROCS(0), 2, 2 * time.Second, 30 * time.Second}},
		{"less than zero", Options{Workers: -1, Respawns: -1, Grace: -1, StartTimeout: -1}, numbers{runtime.GOMAXPROCS(0), 0, 2 * time.Second, 30 * time.Second}},
		{"the least there is", Options{Workers: 1, Respawns: 1, Grace: 1, StartTimeout: 1}, numbers{1, 1, 1, 1}},
		{"more", Options{Workers: 9, Respawns: 5, Grace: time.Hour, StartTimeout: time.Minute}, numbers{9, 5, time.Hour, time.Minute}},
	} {
		test.o.Command = command
		o, err := test.o.withDefaults()
		if got := (numbers{o.Workers, o.Respawns, o.Grace, o.StartTimeout}); err != nil || got != test.want {
			t.Errorf("%s: %+v, %v, want %+v", test.name, got, err, test.want)
		}
		if o.Clock != (systemClock{}) {
			t.Errorf("%s: the clock is a %T", test.name, o.Clock)
		}
		test.o.Clock = clock
		if o, _ := test.o.withDefaults(); o.Clock != clock {
			t.Errorf("%s: a clock that was given is not used", test.name)
		}
	}
}

// The system's clock goes, and its timers fire when they should and not before.
func TestSystemClock(t *testing.T) {
	var c Clock = systemClock{}
	const d = 20 * time.Millisecond
	begin := time.Now()
	if now := c.Now(); now.Before(begin) || now.Sub(begin) > limit {
		t.Errorf("now is %v, %v later", now, now.Sub(begin))
	}
	timer := c.NewTimer(d)
	await(t, "the timer", timer.C())
	if took := time.Since(begin); took < d {
		t.Errorf("fired after %v, want %v", took, d)
	}
	if timer.Stop() {
		t.Error("stopped a timer that had fired")
	}
	if !c.NewTimer(time.Hour).Stop() {
		t.Error("could not stop a timer")
	}
}
