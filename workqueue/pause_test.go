package workqueue

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// hanging starts a queue of one worker with an item that has a minute.
func hanging(t *testing.T) (*Queue, *fakeClock, <-chan Result) {
	t.Helper()
	clock := newFakeClock()
	q := open(t, plan{Options: Options{Workers: 1, Clock: clock}})
	tell, heard := told()
	result := q.Submit(Item{Kind: "hang", Timeout: time.Minute, Progress: tell})
	await(t, "the item to run", heard)
	return q, clock, result
}

// undecided fails the test if the item has a result or is being judged.
func undecided(t *testing.T, q *Queue, result <-chan Result) {
	t.Helper()
	q.wait(func() {
		if w := q.loop.slots[0].w; w == nil || w.state != busy || w.overdue {
			t.Error("the item was judged")
		}
	})
	if len(result) > 0 {
		t.Errorf("%+v", <-result)
	}
}

func stuck(t *testing.T, result <-chan Result) {
	t.Helper()
	if r := receive(t, result); !errors.Is(r.Err, ErrStuck) || r.Wall != time.Minute {
		t.Errorf("%+v", r)
	}
}

func TestLifecycle24_PauseMovesDeadlines(t *testing.T) {
	q, clock, result := hanging(t)
	clock.advance(59 * time.Second)
	q.Pause()
	clock.advance(time.Hour)
	undecided(t, q, result)
	q.Resume()
	q.Resume() // changes nothing
	clock.advance(time.Second - 1)
	undecided(t, q, result)
	clock.advance(1)
	stuck(t, result)
}

func TestLifecycle24_NothingIsHandedOutInAPause(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	q.Pause()
	result := q.Submit(Item{Kind: "echo"})
	q.wait(func() {
		if q.loop.running != 0 || q.loop.slots[0].w != nil {
			t.Error("the item is on its way")
		}
	})
	q.Resume()
	good(t, receive(t, result), "")
}

// The alarm goes off first, because the clock went on while this process stood;
// then comes the news of how long it stood.
func TestLifecycle24_DelayMayComeAfterTheAlarm(t *testing.T) {
	q, clock, result := hanging(t)
	clock.advance(30 * time.Second)
	clock.advance(time.Hour)
	q.until(t, "the alarm", func(*worker) bool { return !q.loop.hold.IsZero() })
	undecided(t, q, result)
	q.Delay(time.Hour)
	clock.advance(30*time.Second - 1)
	undecided(t, q, result)
	clock.advance(1)
	stuck(t, result)
}

// If no news come, the deadline stands.
func TestLifecycle24_LateAlarmIsJudgedInTheEnd(t *testing.T) {
	q, clock, result := hanging(t)
	clock.advance(time.Hour)
	q.until(t, "the alarm", func(*worker) bool { return !q.loop.hold.IsZero() })
	clock.advance(lateWait)
	if r := receive(t, result); !errors.Is(r.Err, ErrStuck) {
		t.Errorf("%+v", r)
	}
}

// A real worker is stopped and continued; it tells its item so.
func TestLifecycle24_StoppedWorkerGoesOn(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	door := filepath.Join(t.TempDir(), "door")
	tell, heard := told()
	result := q.Submit(Item{Kind: "pause", Body: []byte(door), Timeout: time.Minute, Progress: tell})
	var pid int
	if _, err := fmt.Sscan(await(t, "the item", heard), &pid); err != nil {
		t.Fatal(err)
	}
	signal := func(sig syscall.Signal, state string) {
		t.Helper()
		if err := supervisor.Kill(pid, sig); err != nil {
			t.Fatal(err)
		}
		for begin := time.Now(); !strings.Contains(state, children(t)[pid]); {
			if time.Since(begin) > limit {
				t.Fatalf("after %v the worker is in state %s", sig, children(t)[pid])
			}
			time.Sleep(time.Millisecond)
		}
	}
	signal(syscall.SIGTSTP, "T")
	signal(syscall.SIGCONT, "SR")
	if err := os.WriteFile(door, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	good(t, receive(t, result), "true")
}
