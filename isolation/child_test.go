package isolation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// long is a time that no test here waits for.
const long = time.Hour

// under starts a shell with a script, whose deadlines the test moves by hand, and
// ends it with the test.
func under(t *testing.T, c *child, script string) *child {
	t.Helper()
	c.root, c.timer = open(t), time.NewTimer(long)
	if err := c.start(supervisor.Options{Path: "/bin/sh", Args: []string{"-c", script}}); err != nil {
		t.Fatal(err)
	}
	c.woken = time.Now()
	c.end = c.woken.Add(long)
	c.deadline = c.end
	t.Cleanup(func() {
		c.kill(byCancel)
		<-c.handle.Exited()
		if _, err := c.reap(); err != nil {
			t.Error(err)
		}
		c.watch.Close(c.root)
	})
	return c
}

// near tells whether got is want but for the time that a step takes.
func near(got, want time.Duration) bool { return got <= want && got > want-limit/2 }

// What is not said has defaults, and the child leads a group of its own.
func TestStart(t *testing.T) {
	c := under(t, &child{}, "exec sleep 60")
	if c.limits.Wall != defaultWall || c.grace != supervisor.Grace || c.handle.PGID != c.handle.PID {
		t.Errorf("wall %v, grace %v, %+v", c.limits.Wall, c.grace, c.handle)
	}
	if since := time.Since(c.started); since < 0 || since > limit {
		t.Errorf("started %v ago", since)
	}
	if pgid, err := syscall.Getpgid(c.handle.PID); err != nil || pgid != c.handle.PID {
		t.Errorf("group %d, %v", pgid, err)
	}
	if !isRegistered(c.handle.PID) || isRegistered(c.handle.PID+1) {
		t.Error("the child has a handle, the next process has none")
	}
	for grace, wall := range map[time.Duration]time.Duration{-1: 1, 5: 2} {
		c := under(t, &child{grace: grace, limits: sandbox.Limits{Wall: wall}}, "exec sleep 60")
		if c.grace != grace || c.limits.Wall != wall {
			t.Errorf("grace %v, wall %v", c.grace, c.limits.Wall)
		}
	}
}

// A cage that no child came to be in is free for the next one.
func TestStartFails(t *testing.T) {
	root := open(t)
	limits := sandbox.Limits{Processes: 10}
	cage := root.TakeCage(limits)
	root.GiveCage(cage)
	c := child{root: root, limits: limits}
	if err := c.start(supervisor.Options{Path: "/none"}); !errors.Is(err, syscall.ENOENT) {
		t.Errorf("%v", err)
	}
	if got := root.TakeCage(limits); got != cage {
		t.Errorf("the cage was %p, then %p", cage, got)
	}
	root.GiveCage(cage)
}

// cages tells whether there are any on this machine.
func cages(t *testing.T) bool {
	root := open(t)
	c := root.TakeCage(sandbox.Limits{Processes: 10})
	root.GiveCage(c)
	return c != nil
}

// A child has a cage unless it is to be free.
func TestCages(t *testing.T) {
	for _, free := range []bool{false, true} {
		c := &child{free: free, limits: sandbox.Limits{Processes: 10}}
		under(t, c, "exec sleep 60")
		groups, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", c.handle.PID))
		inside := strings.Contains(string(groups), "/"+filepath.Base(c.root.Dir)+".")
		if err == nil && inside != (!free && cages(t)) {
			t.Errorf("free %v, but inside %v:\n%s", free, inside, groups)
		}
		other := c.root.TakeCage(c.limits)
		c.root.GiveCage(other)
		if !free && other != nil {
			t.Error("its cage is still to be had")
		}
		if free && other == nil && cages(t) {
			t.Error("a free child took the cage")
		}
	}
}

// The bound of a part ends sooner than the whole, or does not matter.
func TestWithin(t *testing.T) {
	now := time.Now()
	c := child{limits: sandbox.Limits{Wall: 10 * time.Minute}, end: now.Add(10 * time.Minute), timer: time.NewTimer(long)}
	for _, step := range []struct{ part, deadline, allowed time.Duration }{
		{0, 10 * time.Minute, 10 * time.Minute},
		{2 * time.Minute, 2 * time.Minute, 2 * time.Minute},
		{0, 10 * time.Minute, 10 * time.Minute},
		{20 * time.Minute, 10 * time.Minute, 10 * time.Minute},
		{-time.Minute, 10 * time.Minute, 10 * time.Minute},
	} {
		c.within(step.part, step.part/2)
		if c.idle.bound != step.part/2 {
			t.Errorf("may be idle for %v", c.idle.bound)
		}
		if left := time.Until(c.deadline); !near(left, step.deadline) || c.allowed() != step.allowed {
			t.Errorf("within %v: %v left of %v, want %v of %v", step.part, left, c.allowed(), step.deadline, step.allowed)
		}
	}
	c.within(time.Millisecond, 0)
	select {
	case <-c.timer.C:
	case <-time.After(limit):
		t.Fatal("the timer was not set")
	}
	// What has begun to end is not bounded any more.
	before := c
	c.step = asked
	c.within(time.Minute, time.Minute)
	if c.deadline != before.deadline || c.part != before.part || c.idle.bound != before.idle.bound {
		t.Error("a child that was asked to end got a new deadline")
	}
}

// Rule 24: a pause of this process moves the deadlines, a short one does not.
func TestLifecycle24_PauseMovesDeadlines(t *testing.T) {
	now := time.Now()
	at := now.Add(-time.Second)
	c := child{woken: now.Add(-3 * time.Second), deadline: at, end: at.Add(time.Minute), idle: idleness{since: at}}
	c.wake()
	moved := c.deadline.Sub(at)
	if moved < 3*time.Second || moved > 3*time.Second+limit || c.end.Sub(at) != moved+time.Minute {
		t.Errorf("moved by %v and %v, want 3s", moved, c.end.Sub(at)-time.Minute)
	}
	if idle := c.idle.since.Sub(at); idle != moved {
		t.Errorf("moved by %v, but idle by %v", moved, idle)
	}
	if c.woken.Before(now) {
		t.Errorf("woken at %v, before %v", c.woken, now)
	}
	before := c.deadline
	c.woken = time.Now().Add(-leastPause / 2)
	if c.wake(); time.Since(now) < leastPause/2 && c.deadline != before {
		t.Error("moved without a pause")
	}
}

// The time without a processor is added once, up to three times the bound, and only
// where that was asked for.
func TestBeFair(t *testing.T) {
	// More processes than processors, so that each has to wait.
	const spin = "while :; do :; done"
	c := under(t, &child{limits: sandbox.Limits{Wall: long}}, strings.Repeat("("+spin+") & ", runtime.NumCPU()+1)+spin)
	c.started = time.Now().Add(-long)
	before := c.deadline
	if c.beFair(); c.deadline != before || c.waited != 0 {
		t.Error("moved though nobody wants it")
	}
	for c.watch.Waited() == 0 {
		if time.Since(c.woken) > limit {
			t.Fatal("it has not waited for a processor")
		}
		time.Sleep(time.Millisecond)
	}
	c.limits.Fair = true
	for range 2 {
		c.beFair()
		if moved := c.deadline.Sub(before); moved <= 0 || moved != c.waited || c.end != c.deadline || moved > limit {
			t.Errorf("moved by %v for %v", moved, c.waited)
		}
	}
	c.deadline, c.waited = before, 1
	if c.beFair(); c.deadline.Sub(before) != c.waited-1 {
		t.Errorf("moved by %v when %v had been waited and 1ns was known", c.deadline.Sub(before), c.waited)
	}
	c.deadline, c.waited, c.limits.Wall = before, 0, 2
	if c.beFair(); c.waited != 6 || c.deadline.Sub(before) != 6 {
		t.Errorf("bound 2ns: moved by %v for %v", c.deadline.Sub(before), c.waited)
	}
	c.deadline, c.waited, c.limits.Wall, c.started = before, 0, long, time.Now().Add(long)
	if c.beFair(); c.waited != 0 || c.deadline != before {
		t.Errorf("before its start: moved by %v for %v", c.deadline.Sub(before), c.waited)
	}
}

// The steps towards the end, each when its time has come.
func TestDue(t *testing.T) {
	past := func(c *child) { c.deadline = time.Now().Add(-time.Millisecond) }
	no, yes := func() bool { return false }, func() bool { return true }
	grace := 30 * time.Minute
	for _, c := range []struct {
		name  string
		from  step
		grace time.Duration
		ready func() bool
		to    step
		left  time.Duration
		why   ending
	}{
		{"asked to end", running, grace, no, asked, grace, byTimeout},
		{"a result is there", running, grace, yes, closing, grace, ""},
		{"a result, but no grace", running, -1, yes, killed, killLimit, byTimeout},
		{"no grace", running, -1, no, killed, killLimit, byTimeout},
		{"it does not exit", closing, grace, yes, asked, grace, byTimeout},
		{"it does not obey", asked, grace, no, killed, killLimit, ""},
	} {
		x := under(t, &child{grace: c.grace}, "trap : TERM; while :; do sleep 60; done")
		x.step = c.from
		if past(x); x.due(c.ready) != nil || x.step != c.to || x.why != c.why && x.why != "" || x.step == asked && x.why != c.why {
			t.Errorf("%s: at step %d, %q", c.name, x.step, x.why)
		}
		if left := time.Until(x.deadline); !near(left, c.left) {
			t.Errorf("%s: %v left, want %v", c.name, left, c.left)
		}
	}
}

// Before its time nothing happens but that the timer is set again; nor after it if
// the child is gone.
func TestNotDue(t *testing.T) {
	fail := func() bool { t.Error("asked for a result"); return false }
	c := under(t, &child{}, "exec sleep 60")
	c.deadline = time.Now().Add(20 * time.Millisecond)
	if err := c.due(fail); err != nil || c.step != running {
		t.Fatalf("at step %d, %v", c.step, err)
	}
	select {
	case <-c.timer.C:
	case <-time.After(limit):
		t.Fatal("the timer was not set")
	}
	for step := closing; step <= killed; step++ {
		c.step, c.deadline = step, time.Now().Add(long)
		if err := c.due(fail); err != nil || c.step != step || c.why != "" {
			t.Errorf("before its time at step %d, %q: %v", c.step, c.why, err)
		}
	}

	for step := running; step <= killed; step++ {
		c := under(t, &child{}, "exit 0")
		<-c.handle.Exited()
		c.deadline, c.step = time.Now().Add(-time.Millisecond), step
		if err := c.due(fail); err != nil || c.step != step || c.why != "" || !c.exited() {
			t.Errorf("at step %d, %q: %v", c.step, c.why, err)
		}
	}
}

// What has waited for a processor all the time is not due yet.
func TestDueWhenFair(t *testing.T) {
	c := under(t, &child{limits: sandbox.Limits{Wall: long, Fair: true}}, "exec sleep 60")
	c.started, c.waited, c.deadline = time.Now().Add(-long), -long, time.Now().Add(-time.Millisecond)
	c.timer.Reset(0)
	<-c.timer.C
	if err := c.due(func() bool { t.Error("asked for a result"); return false }); err != nil || c.step != running {
		t.Errorf("at step %d, %v", c.step, err)
	}
	if left := time.Until(c.deadline); left < long-limit {
		t.Errorf("%v left", left)
	}
	if !c.timer.Stop() {
		t.Error("the timer was not set")
	}
}

// A child that lives after KILL is the tool's own trouble.
func TestUnkillable(t *testing.T) {
	c := under(t, &child{}, "exec sleep 60")
	c.step, c.deadline = killed, time.Now().Add(-time.Millisecond)
	err := c.due(func() bool { return true })
	if !errors.Is(err, supervisor.ErrUnkillable) || c.exited() {
		t.Errorf("%v", err)
	}
	// follow gives up with it.
	events := make(chan event)
	close(events)
	c.limits.Wall, c.started = time.Millisecond, time.Now()
	if exit, err := c.follow(t.Context(), noEar(events)); !errors.Is(err, supervisor.ErrUnkillable) || exit.Code != -1 {
		t.Errorf("%v, %v", exit, err)
	}
}

// noEar hears nothing but the end of events.
func noEar(events <-chan event) ear { return ear{listen: func() <-chan event { return events }} }

// A bound that is passed comes before time, and is told once.
func TestBoundComesBeforeTime(t *testing.T) {
	c := under(t, &child{limits: sandbox.Limits{Processes: 1}}, "sleep 60 & sleep 60")
	for c.watch.Peak().Processes < 2 {
		c.watch.Sample()
		time.Sleep(time.Millisecond)
	}
	c.deadline = time.Now().Add(-time.Millisecond)
	if err := c.due(func() bool { return true }); err != nil || c.step != killed || c.why != byProcesses || c.unclean != nil {
		t.Errorf("at step %d, %q: %v, unclean: %v", c.step, c.why, err, c.unclean)
	}
	c.why = ""
	if next := c.sample(); c.why != "" || next <= 0 {
		t.Errorf("ended again, %q; looks again in %v", c.why, next)
	}
}

// A child that does nothing is ended for it as long as nothing else ends it.
func TestIdleWhileRunning(t *testing.T) {
	for step, want := range map[step]ending{running: byIdleness, closing: "", asked: ""} {
		c := under(t, &child{}, "exec sleep 60")
		for c.watch.Peak().Processes == 0 {
			c.watch.Sample()
			time.Sleep(time.Millisecond)
		}
		past := time.Now().Add(-time.Second)
		c.idle = idleness{bound: time.Millisecond, since: past, looked: past, active: c.watch.Active()}
		c.step = step
		if c.sample(); c.why != want || (c.step == killed) != (want != "") {
			t.Errorf("from step %d to %d, %q", step, c.step, c.why)
		}
	}
}

// Signals go through the handle, which knows whether the group still is ours, or
// to one process outside it.
func TestSignal(t *testing.T) {
	c := under(t, &child{}, "exec sleep 60")
	other := under(t, &child{}, "exec sleep 60")
	if !isRegistered(c.handle.PID) || !isRegistered(other.handle.PID) {
		t.Error("one of two is not registered")
	}
	if err := c.signal(-c.handle.PGID, 999); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("a signal that does not exist: %v", err)
	}
	if err := c.signal(other.handle.PID, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
	<-other.handle.Exited()
	if err := c.signal(1, syscall.SIGKILL); !errors.Is(err, supervisor.ErrRefused) {
		t.Errorf("signalled process 1: %v", err)
	}
	if err := c.signal(-c.handle.PGID, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
	<-c.handle.Exited()
	if _, err := c.reap(); err != nil || c.unclean != nil {
		t.Error(err, c.unclean)
	}
	if err := c.signal(-c.handle.PGID, syscall.SIGKILL); err != nil {
		t.Errorf("a group that is no more ours: %v", err)
	}
}

func TestBlame(t *testing.T) {
	var c child
	c.blame(byTimeout)
	if c.blame(byFault); c.why != byTimeout {
		t.Errorf("%q", c.why)
	}
}

// What cannot be removed is told, and is no error.
func TestReapUnclean(t *testing.T) {
	c := child{root: open(t)}
	stuck, wrong := true, errors.New("stuck")
	err := c.start(supervisor.Options{Path: "/bin/true", Release: func() error {
		if stuck {
			return wrong
		}
		return nil
	}, SandboxDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if stuck = false; supervisor.RetryReleases() != nil {
			t.Error("it is still there")
		}
	}()
	exit, err := c.follow(t.Context(), noEar(nil))
	if err != nil || exit.Code != 0 || !errors.Is(c.unclean, wrong) {
		t.Errorf("%v, %v, unclean: %v", exit, err, c.unclean)
	}
}
