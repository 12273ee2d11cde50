package workqueue

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/supervisor"
)

// These tests hold a loop in their own hands, with workers that are no processes:
// what it decides is looked at where processes would make it a matter of luck.

// still is a loop whose goroutine does not run.
func still(t *testing.T, workers int) (*loop, *fakeClock) {
	t.Helper()
	clock := newFakeClock()
	o, err := Options{Workers: workers, Clock: clock, Grace: time.Second, Command: func(int) supervisor.Options {
		return supervisor.Options{Path: "/nonexistent/worker"}
	}}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return newLoop(&Queue{do: make(chan func(), 100), done: make(chan struct{})}, o), clock
}

// seat gives slot index a worker that is no process.
func (l *loop) seat(index int, s state) *worker {
	w := &worker{
		index: index, state: s, announced: map[int]bool{}, commands: make(chan message, 4),
		orders: make(chan step, 3), killed: make(chan struct{}), last: make(chan []int, 1),
	}
	l.slots[index-1].w = w
	return w
}

// occupy gives w a call.
func (l *loop) occupy(w *worker, item Item) *call {
	c := newCall(item)
	w.state = idle
	l.hand(w, c)
	<-w.commands
	return c
}

var errFirst, errSecond = errors.New("first"), errors.New("second")

func TestAddToAClosedLoop(t *testing.T) {
	l, _ := still(t, 1)
	l.close()
	for _, want := range []error{ErrClosed, errFirst} {
		c := newCall(Item{})
		l.add(c)
		if c.quit != want || len(c.reply) != 1 || (<-c.reply).Err != want {
			t.Errorf("quit = %v, want %v and one result with it", c.quit, want)
		}
		l.cause = errFirst
	}
}

// huge is a body of n bytes that takes no memory.
func huge(t *testing.T, n int) []byte {
	t.Helper()
	body, err := unix.Mmap(-1, 0, n, unix.PROT_READ, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Munmap(body) })
	return body
}

func TestBodiesOverTheLimit(t *testing.T) {
	l, _ := still(t, 1)
	most, more := newCall(Item{Body: huge(t, maxBody)}), newCall(Item{Kind: "k", Body: huge(t, maxBody+1)})
	l.add(most, more)
	if len(l.waiting) != 1 || len(more.reply) != 1 || !strings.Contains((<-more.reply).Err.Error(), "over the limit") {
		t.Errorf("%d wait", len(l.waiting))
	}
	if err := send(nil, message{Op: opRun, Body: more.Body}); err == nil || !strings.Contains(err.Error(), "over the limit") {
		t.Errorf("send = %v", err)
	}
	if body, text := outcome(more.Body, nil); body != nil || !strings.Contains(text, "over the limit") {
		t.Errorf("outcome = %d bytes, %q", len(body), text)
	}
	j := joiner{parts: most.Body[:maxBody-1]}
	if _, whole, err := j.next(packed(t, message{Op: opPart, Body: []byte("ab")})); err == nil || whole || !strings.Contains(err.Error(), "over the limit") {
		t.Errorf("join = %v, %v", whole, err)
	}
	// As much as may be is not too much.
	if body, text := outcome(most.Body, nil); len(body) != maxBody || text != "" {
		t.Errorf("outcome = %d bytes, %q", len(body), text)
	}
	if err := send(&deafEar{err: errFirst}, message{Op: opRun, Body: most.Body}); !errors.Is(err, errFirst) {
		t.Errorf("send = %v", err)
	}
	j = joiner{parts: most.Body}
	if m, whole, err := j.next(packed(t, message{Op: opResult})); err != nil || !whole || len(m.Body) != maxBody {
		t.Errorf("join = %d bytes, %v, %v", len(m.Body), whole, err)
	}
}

// packed is a message as it is in a frame.
func packed(t *testing.T, m message) []byte {
	t.Helper()
	b, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStopEndsAllAndTheFirstCauseStands(t *testing.T) {
	l, _ := still(t, 3) // the first has no worker
	running, given := l.occupy(l.seat(2, idle), Item{}), l.occupy(l.seat(3, idle), Item{})
	given.quit = errSecond
	a, b := newCall(Item{}), newCall(Item{})
	l.add(a, b)
	l.stop(errFirst)
	l.stop(errSecond)
	if l.cause != errFirst || !l.closed || len(l.waiting) > 0 {
		t.Errorf("cause %v, closed %v, %d wait", l.cause, l.closed, len(l.waiting))
	}
	for _, c := range []*call{a, b} {
		if len(c.reply) != 1 || (<-c.reply).Err != errFirst {
			t.Error("a waiting call has no result with the cause")
		}
	}
	if running.quit != errFirst || given.quit != errSecond {
		t.Errorf("quit = %v and %v", running.quit, given.quit)
	}
	for _, s := range l.slots[1:] {
		if !s.w.dismissed || s.w.step != stepKill {
			t.Errorf("worker %d: dismissed %v, step %v", s.w.index, s.w.dismissed, s.w.step)
		}
	}
}

func TestWithdrawLeavesWhatIsDecided(t *testing.T) {
	l, clock := still(t, 1)
	done, given, waits := newCall(Item{}), newCall(Item{}), newCall(Item{})
	l.add(given, waits)
	done.finish(Result{})
	given.quit = errSecond
	w := l.seat(1, idle)
	runs := l.occupy(w, Item{})
	l.withdraw([]*call{done, given, waits, runs}, errFirst)
	if done.quit != nil || given.quit != errSecond || waits.quit != errFirst || len(l.waiting) != 1 || l.waiting[0] != given {
		t.Errorf("quit = %v, %v, %v, %d wait", done.quit, given.quit, waits.quit, len(l.waiting))
	}
	if runs.quit != errFirst || w.deadline != clock.Now().Add(l.o.Grace) {
		t.Errorf("running: quit = %v, deadline in %v", runs.quit, w.deadline.Sub(clock.Now()))
	}
}

// A cancelled call gets the earlier of two deadlines.
func TestCancelledCallsDeadline(t *testing.T) {
	l, clock := still(t, 1)
	at := clock.Now().Add(time.Minute)
	for _, test := range []struct{ before, want time.Time }{
		{time.Time{}, at}, {at.Add(1), at}, {at, at}, {at.Add(-1), at.Add(-1)},
	} {
		w := l.seat(1, idle)
		l.occupy(w, Item{})
		w.deadline = test.before
		if l.cancel(w, at); w.deadline != test.want || len(w.commands) != 1 || (<-w.commands).Op != opCancel {
			t.Errorf("deadline %v became %v, want %v", test.before, w.deadline, test.want)
		}
	}
	w := l.seat(1, ending)
	if l.cancel(w, at); len(w.commands) > 0 || !w.deadline.IsZero() {
		t.Error("a worker that ends was told to cancel")
	}
}

func TestPausedLoopHasNoAlarm(t *testing.T) {
	l, clock := still(t, 3) // the first has no worker
	w := l.seat(3, idle)
	l.seat(2, idle)
	c := l.occupy(w, Item{Timeout: time.Minute})
	began, deadline := c.began, w.deadline
	l.pause()
	l.limit(w, deadline)
	if l.alarm.timer != nil || len(clock.timers) > 0 {
		t.Error("an alarm is armed in a pause")
	}
	clock.advance(time.Second)
	l.pause() // changes nothing
	clock.advance(time.Second)
	l.resume()
	if w.deadline != deadline.Add(2*time.Second) || c.began != began.Add(2*time.Second) {
		t.Errorf("deadline moved by %v, beginning by %v", w.deadline.Sub(deadline), c.began.Sub(began))
	}
	if idle := l.slots[1].w; !idle.deadline.IsZero() {
		t.Errorf("an idle worker has the deadline %v", idle.deadline)
	}
}

// What counts as late, and how long nobody is judged then.
func TestLateAlarms(t *testing.T) {
	for late, held := range map[time.Duration]bool{0: false, lateAlarm: false, lateAlarm + 1: true} {
		l, clock := still(t, 1)
		w := l.seat(1, starting)
		l.limit(w, clock.Now().Add(time.Minute))
		clock.advance(time.Minute + late)
		l.due()
		if l.hold.IsZero() == held || (w.step == stepTerm) == held {
			t.Errorf("%v late: held %v, step %v", late, !l.hold.IsZero(), w.step)
		}
		if !held {
			continue
		}
		clock.advance(lateWait - 1)
		if l.due(); w.step != stepNone || w.deadline.IsZero() {
			t.Error("judged too early")
		}
		clock.advance(1)
		if l.due(); w.step != stepTerm || !l.hold.IsZero() {
			t.Error("not judged in the end")
		}
	}
}

func TestDisarmedAlarmHasNoTimer(t *testing.T) {
	clock := newFakeClock()
	a := alarm{clock: clock}
	a.arm(clock.Now().Add(time.Hour))
	a.arm(clock.Now().Add(time.Minute))
	if len(clock.timers) != 1 {
		t.Errorf("%d timers", len(clock.timers))
	}
	if a.disarm(); len(clock.timers) != 0 || a.c() != nil {
		t.Errorf("%d timers", len(clock.timers))
	}
}

// Where one item demands to be alone one worker is enough.
func TestRefillStartsWhatCanRun(t *testing.T) {
	for _, test := range []struct {
		items []Item
		want  int
	}{
		{[]Item{{Alone: true}, {}, {}}, 1}, {[]Item{{}, {Alone: true}}, 2}, {[]Item{{}, {}, {}, {}}, 3}, {nil, 0},
	} {
		l, _ := still(t, 3)
		for _, i := range test.items {
			l.add(newCall(i))
		}
		l.refill()
		n := len(slices.DeleteFunc(slices.Clone(l.slots), func(s slot) bool { return s.w == nil }))
		if n != test.want {
			t.Errorf("%+v: %d workers, want %d", test.items, n, test.want)
		}
	}
}

func TestLoopIsNotOverWhileItemsWait(t *testing.T) {
	l, _ := still(t, 1)
	if l.over() {
		t.Error("over before it is closed")
	}
	l.add(newCall(Item{}))
	l.close()
	if l.over() {
		t.Error("over while an item waits")
	}
	l.gang = []*call{newCall(Item{})}
	if l.over() {
		t.Error("over while items wait, one of them for others")
	}
	l.waiting.take()
	if l.over() {
		t.Error("over while an item waits for others")
	}
	l.gang = nil
	if !l.over() {
		t.Error("not over")
	}
	l.seat(1, ending)
	if l.over() {
		t.Error("over while a worker lives")
	}
}

func TestHandAndTake(t *testing.T) {
	l, clock := still(t, 2)
	w, other := l.seat(1, idle), l.seat(2, idle)
	w.overdue, w.extended = true, true
	c := l.occupy(w, Item{Alone: true, Timeout: time.Minute})
	if w.overdue || w.extended || l.running != 1 || l.alone != c || c.attempts != 1 || c.worker != w || c.index != 1 || w.id != 1 {
		t.Errorf("%+v, %+v", w, c)
	}
	if w.deadline != clock.Now().Add(time.Minute) {
		t.Errorf("deadline %v", w.deadline)
	}
	d := l.occupy(other, Item{})
	if l.take(other) != d || l.alone != c || l.running != 1 {
		t.Errorf("alone is %v, %d run", l.alone, l.running)
	}
	w.overdue = true
	if l.take(w) != c || l.alone != nil || l.running != 0 || w.overdue || !w.deadline.IsZero() || w.call != nil || c.worker != nil {
		t.Errorf("%+v, %+v", w, c)
	}
}

func TestResultsThatAreNobodys(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	c := l.occupy(w, Item{})
	w.stuck = true
	if l.answered(w, message{Op: opResult, ID: w.id}); w.call != c || len(c.reply) > 0 {
		t.Error("a call that was judged got a result")
	}
	w = l.seat(1, idle)
	if l.answered(w, message{Op: opResult}); w.step != stepTerm || w.why == nil || !strings.Contains(w.why.Error(), "without its item") {
		t.Errorf("step %v, %v", w.step, w.why)
	}
}

// A flush that was asked for during another counts for itself.
func TestFlushDuringAFlush(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	l.occupy(w, Item{})
	w.overdue, w.flushing = true, true
	if l.flush(w); !w.again {
		t.Error("not asked for again")
	}
	w.deaf = true // answers at once
	if l.flushed(w, true); w.again || w.flushing || w.extended || !w.stuck {
		t.Errorf("again %v, flushing %v, extended %v, stuck %v", w.again, w.flushing, w.extended, w.stuck)
	}
}

func TestSettleJudgesWhatIsOverdue(t *testing.T) {
	for _, partial := range []bool{false, true} {
		l, clock := still(t, 1)
		w := l.seat(1, idle)
		w.overdue = true // and has no call any more
		if l.settle(w, partial); w.stuck || w.extended || w.step != stepNone {
			t.Errorf("judged without a call: %+v", w)
		}
		l.occupy(w, Item{})
		if l.settle(w, partial); w.stuck || w.extended || w.step != stepNone {
			t.Errorf("judged before its deadline: %+v", w)
		}
		w.overdue = true
		if l.settle(w, partial); w.stuck == partial || w.extended != partial {
			t.Errorf("partial %v: stuck %v, extended %v", partial, w.stuck, w.extended)
		}
		if partial && (w.deadline != clock.Now().Add(l.o.Grace) || w.overdue) {
			t.Errorf("extended to %v", w.deadline)
		}
		w.overdue = true // once more, at the end of that
		if l.settle(w, partial); !w.stuck || w.step != stepTerm {
			t.Errorf("partial %v: not judged in the end", partial)
		}
	}
}

func TestDeafWorkerIsNotJudgedByThat(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, idle)
	l.occupy(w, Item{})
	w.overdue = true
	if l.deaf(w, errFirst); w.stuck || !w.deaf || w.step != stepTerm || w.why.Error() != "results: first" || !errors.Is(w.why, errFirst) {
		t.Errorf("stuck %v, step %v, why %v", w.stuck, w.step, w.why)
	}
	w = l.seat(1, idle)
	w.end(stepQuit, nil)
	if l.deaf(w, io.EOF); w.step != stepQuit || w.why != nil {
		t.Errorf("a worker that goes: step %v, why %v", w.step, w.why)
	}
}

// A start counts as failed if the worker neither greeted nor was dismissed.
func TestWhatCountsAsAFailedStart(t *testing.T) {
	for _, greeted := range []bool{false, true} {
		for _, dismissed := range []bool{false, true} {
			l, _ := still(t, 1)
			w := l.seat(1, starting)
			w.greeted, w.dismissed = greeted, dismissed
			l.trouble = errFirst
			l.buried(w, supervisor.Exit{Code: 3}, errSecond)
			want := 0
			if !greeted && !dismissed {
				want = 1
			}
			if l.slots[0].fails != want || l.slots[0].w != nil {
				t.Errorf("greeted %v, dismissed %v: %d failed starts", greeted, dismissed, l.slots[0].fails)
			}
			if !errors.Is(l.trouble, errFirst) || !errors.Is(l.trouble, errSecond) {
				t.Errorf("trouble = %v", l.trouble)
			}
			w = l.seat(1, starting)
			w.dismissed = dismissed
			l.slots[0].fails = 0
			if l.unborn(w, errFirst); (l.slots[0].fails == 0) != dismissed || l.slots[0].w != nil || w.state != ending {
				t.Errorf("dismissed %v: %d failed starts", dismissed, l.slots[0].fails)
			}
		}
	}
	l, _ := still(t, 1)
	w := l.seat(1, starting)
	if l.fail(w, errFirst); l.cause != nil {
		t.Errorf("after one failure: %v", l.cause)
	}
	if l.fail(w, fmt.Errorf("spawn: %w", supervisor.ErrShuttingDown)); !errors.Is(l.cause, supervisor.ErrShuttingDown) {
		t.Errorf("in a shutdown: %v", l.cause)
	}
	l, _ = still(t, 1)
	w = l.seat(1, starting)
	l.slots[0].fails = 2
	if l.hear(w, message{Op: opHello}); !w.greeted || l.slots[0].fails != 0 || w.state != idle {
		t.Errorf("after hello: greeted %v, %d fails, state %v", w.greeted, l.slots[0].fails, w.state)
	}
}

func TestStory(t *testing.T) {
	w := &worker{}
	if got := w.story(supervisor.Exit{Code: 3}).Error(); got != "exit status 3" {
		t.Errorf("story %q", got)
	}
	w.why, w.errors.text = errFirst, []byte("last words\n")
	if got := w.story(supervisor.Exit{Code: 3}).Error(); got != "exit status 3: first: last words" {
		t.Errorf("story %q", got)
	}
}

func TestBuryTellsWhatWentWrong(t *testing.T) {
	r, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	nobody := func() *worker {
		return &worker{handle: &supervisor.Handle{PID: 1 << 23, PGID: 1 << 23, Files: []*os.File{r}}}
	}
	if exit, err := nobody().bury(nil, errFirst); err != errFirst || exit.Code != -1 {
		t.Errorf("unkillable: %v, %v", exit, err)
	}
	if err := r.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("its pipe was open: %v", err)
	}
	known := &supervisor.Handle{PID: 1<<23 + 1, PGID: 1<<23 + 1}
	supervisor.Register(known)
	defer supervisor.Unregister(known.PID)
	if _, err := nobody().bury([]int{known.PID, known.PID}, nil); err == nil || strings.Count(err.Error(), "is registered") != 2 {
		t.Errorf("groups that are not an orphan's: %v", err)
	}
}

// Progress is for the item that runs.
func TestProgressOfAnotherItem(t *testing.T) {
	l, _ := still(t, 1)
	w := l.seat(1, busy)
	r, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w.results.f = r
	for _, id := range []uint64{0, 4, 5, 6} {
		if err := frame.Write(out, message{Op: opProgress, ID: id, Body: []byte{byte('0' + id)}}); err != nil {
			t.Fatal(err)
		}
	}
	_ = out.Close()
	w.read(l) // nothing is current: nothing is told
	r, out, err = os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w.results = pipe{f: r}
	heard := ""
	w.current.Store(&current{id: 5, progress: func(b []byte) { heard += string(b) }})
	for _, id := range []uint64{4, 5, 6} {
		if err := frame.Write(out, message{Op: opProgress, ID: id, Body: []byte{byte('0' + id)}}); err != nil {
			t.Fatal(err)
		}
	}
	_ = out.Close()
	if w.read(l); heard != "5" {
		t.Errorf("heard %q", heard)
	}
}
