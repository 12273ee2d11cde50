package sandbox

import (
	"bytes"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// stuck tells whether the threads of pid wait, all of them, for what nothing but
// another one of them could bring about within that time. That is:
//
//   - each waits on a futex without a time limit, or in epoll_pwait(2) without one or
//     with a longer one (the Go runtime waits there for the next timer), but for the
//     thread that the runtime calls sysmon: it has a limit, and sleeps so only while
//     no goroutine can run;
//   - no descriptor can wake one of them: there are only files, /dev/null, what
//     epoll itself is made of, and ends of pipes that can only be written to;
//   - it has no timer of timer_create(2), which sends a signal.
//
// It is read thread by thread, so it holds only if none of them has run meanwhile. A
// timer of setitimer(2) cannot be seen from outside and is not looked for: the Go
// runtime has none but for profiles, which count time that is used.
func (t *table) stuck(pid int, within time.Duration) bool {
	dir := "/proc/" + strconv.Itoa(pid)
	threads, err := os.ReadDir(dir + "/task")
	if err != nil || len(threads) == 0 {
		return false
	}
	limited := 0
	for _, thread := range threads {
		switch waitingIn(t.file(pid, "/task/"+thread.Name()+"/syscall"), within) {
		case another:
			return false
		case limitedWait:
			limited++
		}
	}
	return limited == 1 && deaf(dir+"/fd") && len(t.file(pid, "/timers")) == 0
}

// wait is what a thread is doing.
type wait int

const (
	another     wait = iota // than the other two
	limitedWait             // on a futex, with a time limit
	endlessWait             // for something that another thread does, or for longer than asked for
)

// waitingIn understands /proc/PID/task/TID/syscall: the number of the system call that
// the thread is in, six arguments, two pointers; another text if it is in none.
func waitingIn(text []byte, within time.Duration) wait {
	f := bytes.Fields(text)
	if len(f) != 9 {
		return another
	}
	const (
		command = 2 // of a futex
		limit   = 4 // a pointer for a futex, milliseconds for epoll_pwait
	)
	switch number := atoi(f[0]); {
	case number == unix.SYS_FUTEX && isWait(f[command]):
		if string(f[limit]) == "0x0" {
			return endlessWait
		}
		return limitedWait
	case number == unix.SYS_EPOLL_PWAIT && isLonger(f[limit], within):
		return endlessWait
	}
	return another
}

// isLonger tells whether a limit of epoll_pwait is none, which is -1, or longer than d.
func isLonger(limit []byte, d time.Duration) bool {
	n, err := strconv.ParseUint(string(limit), 0, 64)
	ms := int32(n)
	return err == nil && (ms < 0 || time.Duration(ms)*time.Millisecond > d)
}

// isWait tells whether a futex command is one of those for which the fourth argument
// is a time limit (futex(2)); by far the most are FUTEX_WAIT within the process.
func isWait(command []byte) bool {
	n, err := strconv.ParseUint(string(command), 0, 32)
	const private, clock, wait, waitBits = 128, 256, 0, 9
	n &^= private | clock
	return err == nil && (n == wait || n == waitBits)
}

// deaf tells whether no descriptor in a directory of /proc can wake its process.
func deaf(dir string) bool {
	list, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, d := range list {
		if !isDeaf(dir + "/" + d.Name()) {
			return false
		}
	}
	return true
}

func isDeaf(descriptor string) bool {
	target, err := os.Readlink(descriptor)
	if err != nil {
		return false
	}
	switch target {
	case "/dev/null", "anon_inode:[eventpoll]", "anon_inode:[eventfd]":
		return true
	}
	var link, file unix.Stat_t
	if unix.Lstat(descriptor, &link) != nil || unix.Stat(descriptor, &file) != nil {
		return false
	}
	switch file.Mode & unix.S_IFMT {
	case unix.S_IFREG, unix.S_IFDIR:
		return true
	case unix.S_IFIFO: // the link's permissions say how it was opened, proc_pid_fd(5)
		return link.Mode&unix.S_IRUSR == 0
	}
	return false
}
