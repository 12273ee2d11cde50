package workqueue

import (
	"errors"
	"testing"
	"time"
)

// What is free is what could be had: see Queue.Free.
func TestFree(t *testing.T) {
	const patience = time.Minute
	for name, test := range map[string]struct {
		change   func(*loop)
		patience time.Duration
		want     int
	}{
		"nothing in the way":        {func(*loop) {}, 0, 3},
		"with patience":             {func(*loop) {}, patience, 4},
		"closed":                    {func(l *loop) { l.closed = true }, patience, 0},
		"in a pause":                {func(l *loop) { l.pause() }, patience, 0},
		"one is alone":              {func(l *loop) { l.alone = newCall(Item{}) }, patience, 0},
		"others gather":             {func(l *loop) { l.gang = []*call{newCall(Item{})} }, patience, 0},
		"others wait":               {func(l *loop) { l.add(newCall(Item{})) }, 0, 0},
		"others wait, and patience": {func(l *loop) { l.add(newCall(Item{})) }, patience, 4},
	} {
		t.Run(name, func(t *testing.T) {
			l, clock := still(t, 6) // the first has no worker
			l.seat(2, idle)
			l.seat(3, starting)
			l.occupy(l.seat(4, idle), Item{}) // for as long as patience lasts
			clock.advance(1)
			l.occupy(l.seat(5, idle), Item{}) // a little shorter
			dying := l.seat(6, idle)
			l.occupy(dying, Item{})
			dying.end(stepTerm, nil)
			clock.advance(patience - 1)
			if test.change(l); l.free(test.patience) != test.want {
				t.Errorf("%d are free, want %d", l.free(test.patience), test.want)
			}
		})
	}
}

// Calls that gather keep their order, should they have to wait again.
func TestGatherAndLeave(t *testing.T) {
	l, _ := still(t, 3)
	calls := []*call{newCall(Item{Alone: true}), newCall(Item{}), newCall(Item{})}
	l.gather(calls, 0)
	for i, c := range calls {
		if c.seq != uint64(i+1) || c.Alone || l.gang[i] != c || len(c.reply) > 0 {
			t.Errorf("call %d: number %d, alone %v, %d results", i, c.seq, c.Alone, len(c.reply))
		}
	}
	handed := newCall(Item{})
	l.disperse([]*call{calls[0], handed, calls[2]})
	if len(l.gang) != 1 || l.gang[0] != calls[1] || len(calls[1].reply) > 0 {
		t.Errorf("%d of the gang are left", len(l.gang))
	}
	if len(handed.reply) > 0 {
		t.Error("a call that had left the gang has a result")
	}
	for _, c := range []*call{calls[0], calls[2]} {
		if len(c.reply) != 1 || !errors.Is((<-c.reply).Err, ErrApart) {
			t.Error("a call of the gang has no result of its own")
		}
	}
}

func TestGatherInAClosedLoop(t *testing.T) {
	l, _ := still(t, 1)
	l.close()
	c := newCall(Item{})
	if l.gather([]*call{c}, 0); !errors.Is(c.quit, ErrClosed) || len(c.reply) != 1 || len(l.gang) > 0 {
		t.Errorf("quit = %v, %d results, %d gather", c.quit, len(c.reply), len(l.gang))
	}
}

// Those that are there or on their way are not started again.
func TestAssembleStartsWhatIsMissing(t *testing.T) {
	l, _ := still(t, 6)
	l.seat(1, idle)
	l.seat(2, ending)
	l.seat(3, starting)
	l.gang = []*call{newCall(Item{}), newCall(Item{}), newCall(Item{})}
	l.assemble()
	if l.slots[3].w == nil || l.slots[4].w != nil || len(l.gang) != 3 {
		t.Errorf("started %v and %v, %d gather, want one worker", l.slots[3].w != nil, l.slots[4].w != nil, len(l.gang))
	}
}
