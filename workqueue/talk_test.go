package workqueue

import (
	"io"
	"slices"
	"testing"
	"time"
)

// The end of the pipe answers a flush, however often that was asked for: no more
// will come.
func TestDeafWorkerIsFlushed(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	l.occupy(w, Item{})
	w.overdue, w.flushing, w.again = true, true, true
	if l.deaf(w, io.EOF); w.flushing || w.again || !w.stuck || w.extended {
		t.Errorf("flushing %v, again %v, stuck %v, extended %v", w.flushing, w.again, w.stuck, w.extended)
	}
}

// A message that comes in parts is one message to the loop.
func TestPartsAreOneMessage(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	c := l.occupy(w, Item{})
	r, out := ends(t)
	w.results = pipe{f: r}
	go func() {
		_ = send(out, message{Op: opResult, ID: 1, Body: make([]byte, partSize+1)})
		_ = out.Close()
	}()
	w.read(l)
	if n := len(l.q.do); n != 2 {
		t.Fatalf("%d messages, want the result and the end", n)
	}
	(<-l.q.do)()
	if r := receive(t, c.reply); r.Err != nil || len(r.Body) != partSize+1 || w.state != idle {
		t.Errorf("%d bytes, %v, state %v", len(r.Body), r.Err, w.state)
	}
}

// The answer to a flush is not the last that is read.
func TestReaderGoesOnAfterAFlush(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	c := l.occupy(w, Item{})
	r, out := ends(t)
	w.results = pipe{f: r}
	l.flush(w)
	ended := make(chan struct{})
	go func() { w.read(l); close(ended) }()
	if await(t, "the answer", l.q.do)(); w.flushing || w.deaf {
		t.Errorf("flushing %v, deaf %v", w.flushing, w.deaf)
	}
	if err := send(out, message{Op: opResult, ID: 1}); err != nil {
		t.Fatal(err)
	}
	if await(t, "the result", l.q.do)(); w.deaf || len(c.reply) != 1 {
		t.Errorf("deaf %v, %d results", w.deaf, len(c.reply))
	}
	_ = out.Close()
	await(t, "its end", ended)
}

// What a worker has announced and not released is known.
func TestAnnouncedChildren(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	for _, m := range []message{{Op: opSpawned, PID: 7}, {Op: opSpawned, PID: 8}, {Op: opReleased, PID: 7}, {Op: opReleased, PID: 9}} {
		l.hear(w, m)
	}
	if len(w.announced) != 1 || !w.announced[8] || w.step != stepNone {
		t.Errorf("announced %v, step %v", w.announced, w.step)
	}
}

// A worker is buried once.
func TestSettleBuriesOnce(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	w.announced[7] = true
	w.exited = true
	l.settle(w, false)
	if groups := await(t, "the groups", w.last); !slices.Equal(groups, []int{7}) || !w.buried || w.commands != nil {
		t.Errorf("groups %v, buried %v", groups, w.buried)
	}
	if l.settle(w, false); len(w.last) > 0 {
		t.Error("buried twice")
	}
}

// What a worker says when it is being ended does not bring it back.
func TestEndingWorkerStaysSo(t *testing.T) {
	l, clock := still(t, 1)
	w := l.seat(1, ending)
	if l.hear(w, message{Op: opHello}); w.state != ending || !w.greeted {
		t.Errorf("after its hello: state %v, greeted %v", w.state, w.greeted)
	}
	w = l.seat(1, idle)
	c := l.occupy(w, Item{})
	w.end(stepTerm, nil)
	if l.answered(w, message{Op: opResult, ID: w.id}); w.state != ending || len(c.reply) != 1 {
		t.Errorf("after its result: state %v, %d results", w.state, len(c.reply))
	}
	w = l.seat(1, idle)
	l.occupy(w, Item{Timeout: time.Minute})
	if l.hear(w, message{Op: opHello}); w.state != busy || w.deadline != clock.Now().Add(time.Minute) {
		t.Errorf("after a second hello: state %v, deadline %v", w.state, w.deadline)
	}
	if l.answered(w, message{Op: opResult, ID: w.id, Last: true}); w.state != ending || w.step != stepQuit {
		t.Errorf("after its last result: state %v, step %v", w.state, w.step)
	}
}

// All that can be handed out is, at every event.
func TestDispatchHandsOutAll(t *testing.T) {
	l, _ := still(t, 3)
	workers := []*worker{l.seat(1, idle), l.seat(2, idle), l.seat(3, idle)}
	l.add(newCall(Item{}), newCall(Item{}))
	l.dispatch()
	if workers[0].state != busy || workers[1].state != busy || workers[2].state != idle || len(l.waiting) != 0 {
		t.Errorf("states %v, %v, %v, %d wait", workers[0].state, workers[1].state, workers[2].state, len(l.waiting))
	}
}

func TestWorkerIsEndedOnce(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	w.end(stepTerm, errFirst)
	w.end(stepTerm, errSecond)
	w.end(stepQuit, nil)
	if len(w.orders) != 1 || w.step != stepTerm || w.why != errFirst || w.commands == nil {
		t.Errorf("%d orders, step %v, why %v", len(w.orders), w.step, w.why)
	}
}

// A closed loop lets its workers go when nothing is left for them, and not before.
func TestClosedLoopDismissesItsWorkers(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, starting)
	l.close()
	for _, queued := range []struct {
		waiting waiting
		gang    []*call
	}{
		{waiting: waiting{newCall(Item{})}}, {gang: []*call{newCall(Item{})}},
		{waiting: waiting{newCall(Item{})}, gang: []*call{newCall(Item{})}},
	} {
		l.waiting, l.gang = queued.waiting, queued.gang
		if l.dispatch(); w.dismissed || w.step != stepNone {
			t.Errorf("%d wait, %d of them for others: dismissed", len(l.waiting)+len(l.gang), len(l.gang))
		}
	}
	l.waiting, l.gang = nil, nil
	if l.dispatch(); !w.dismissed || w.step != stepQuit {
		t.Errorf("nothing waits: dismissed %v, step %v", w.dismissed, w.step)
	}
}

func TestCallWithoutAWorkerTakesNoTime(t *testing.T) {
	if r := newCall(Item{}).result(nil, nil, time.Now()); r.Wall != 0 || r.Worker != 0 || r.Attempts != 0 {
		t.Errorf("%+v", r)
	}
}
