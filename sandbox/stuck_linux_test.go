package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Numbers of system calls differ between architectures.
var futex, epoll = strconv.Itoa(unix.SYS_FUTEX), strconv.Itoa(unix.SYS_EPOLL_PWAIT)

func TestWhatAThreadWaitsFor(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       wait
	}{
		{"a futex", futex + " 0x6f57f8 0x80 0x0 0x0 0x0 0x0 0x7ffe 0x48df\n", endlessWait},
		{"a futex between processes", futex + " 0x6f57f8 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x48df\n", endlessWait},
		{"a futex, as libc does", futex + " 0x6f57f8 0x189 0x0 0x0 0x0 0xffffffff 0x7ffe 0x48df\n", endlessWait},
		{"a futex for a time", futex + " 0x6f57f8 0x80 0x0 0x7f7cefcfed28 0x0 0x0 0x7ffe 0x48df\n", limitedWait},
		{"wakes others", futex + " 0x6f57f8 0x81 0x1 0x0 0x0 0x0 0x7ffe 0x48df\n", another},
		{"events", epoll + " 0x3 0x7f96 0x80 0xffffffffffffffff 0x0 0x0 0x7ffe 0x48df\n", endlessWait},
		{"events, 32 bits", epoll + " 0x3 0x7f96 0x80 0xffffffff 0x0 0x0 0x7ffe 0x48df\n", endlessWait},
		{"events or a minute", epoll + " 0x3 0x7f96 0x80 0xea5f 0x0 0x0 0x7ffe 0x48df\n", endlessWait},
		{"events or ten seconds", epoll + " 0x3 0x7f96 0x80 0x2710 0x0 0x0 0x7ffe 0x48df\n", another},
		{"looks for events", epoll + " 0x3 0x7f96 0x80 0x0 0x0 0x0 0x7ffe 0x48df\n", another},
		{"another call", "0 0x3 0x7f96 0x80 0x0 0x0 0x0 0x7ffe 0x48df\n", another},
		{"runs", "running\n", another},
		{"blocked outside of a call", "-1 0x7ffe 0x48df\n", another},
		{"gone", "", another},
	} {
		if got := waitingIn([]byte(test.text), 10*time.Second); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

// TestStuck: sleepers differ by what could wake them.
func TestStuck(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo")
	if err := unix.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, helper string
		within       time.Duration
		want         bool
	}{
		{"a late timer", "wait", time.Minute, true},
		{"a timer", "wait", 2 * time.Hour, false},
		{"a pipe", "wait for a pipe", time.Minute, false},
		{"a socket", "wait for a socket", time.Minute, false},
		{"a signal", "wait for a signal", time.Minute, false},
		{"a child", "wait beside a child", time.Minute, false},
		{"work", "spin on one processor", time.Minute, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, w := watched(t, test.helper, Limits{})
			rested := still(t, w, test.helper != "spin on one processor")
			if got := w.Stuck(test.within); got != test.want || rested && w.Active() < 0 {
				t.Errorf("stuck: %v, want %v", got, test.want)
			}
		})
	}
}

// still waits until the family does nothing any more, if it ever will.
func still(t *testing.T, w *Watch, ever bool) bool {
	t.Helper()
	if !ever {
		return false
	}
	last, since := w.Active(), time.Now()
	for end := time.Now().Add(40 * time.Second); time.Since(since) < 300*time.Millisecond; {
		if time.Now().After(end) {
			t.Fatal("it never rests")
		}
		time.Sleep(10 * time.Millisecond)
		if now := w.Active(); now != last || now <= 0 {
			last, since = now, time.Now()
		}
	}
	return true
}

// waits are helpers that wait, each for something else.
func init() {
	helpers["wait"] = forever
	helpers["wait for a pipe"] = func() {
		r, _, err := os.Pipe()
		if err == nil {
			_, _ = r.Read(make([]byte, 1))
		}
		os.Exit(1)
	}
	helpers["wait for a socket"] = func() {
		pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		if err != nil {
			os.Exit(1)
		}
		defer syscall.Close(pair[0])
		forever()
	}
	helpers["wait for a signal"] = func() {
		var id int32
		in := unix.ItimerSpec{Value: unix.Timespec{Sec: 3600}}
		_, _, made := unix.Syscall(unix.SYS_TIMER_CREATE, unix.CLOCK_MONOTONIC, 0, uintptr(unsafe.Pointer(&id)))
		_, _, set := unix.Syscall6(unix.SYS_TIMER_SETTIME, uintptr(id), 0, uintptr(unsafe.Pointer(&in)), 0, 0, 0)
		if made != 0 || set != 0 {
			os.Exit(1)
		}
		forever()
	}
	helpers["wait beside a child"] = func() {
		again("forever", false)
		forever()
	}
}
