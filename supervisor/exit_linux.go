package supervisor

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// exitWait waits for the exit of one process, which it leaves unreaped. It is used
// once. The zero value is that of a process which has been reaped already.
//
// It holds a descriptor of the process (pidfd_open(2)) on which the Go runtime waits as
// it waits for pipes. A thread that waits in waitid(2) does as well, but as long as it
// has a processor of the runtime's the latter looks after it every 20 µs. The
// descriptor keeps meaning the same process, whatever becomes of its number.
type exitWait struct {
	file *os.File // nil where the kernel has no such descriptor that does not block (before 5.10)
	pid  int      // of a child that is not reaped while file is nil
}

// pidfdOpen is a variable for the tests in which the kernel does not have it.
var pidfdOpen = unix.PidfdOpen

func openExit(pid int) exitWait {
	w := exitWait{pid: pid}
	fd, err := pidfdOpen(pid, unix.PIDFD_NONBLOCK)
	if err != nil {
		return w
	}
	w.file = os.NewFile(uintptr(fd), "process")
	if w.file.SetReadDeadline(time.Time{}) != nil { // the runtime cannot wait for it
		_ = w.file.Close()
		w.file = nil
	}
	return w
}

// wait blocks until the process has exited, or is found to be no child of this one.
func (w exitWait) wait() {
	if _, timed := w.until(time.Time{}); timed {
		return
	}
	var info unix.Siginfo
	// For pid 0, or if it is no child, this fails at once.
	_ = retry(func() error {
		return unix.Waitid(unix.P_PID, w.pid, &info, unix.WEXITED|unix.WNOWAIT|unix.WALL, nil)
	})
}

// until waits as well, but no longer than to the deadline, if there is one, and tells
// whether the process has exited. Where it cannot wait that way it says so at once.
func (w exitWait) until(deadline time.Time) (exited, timed bool) {
	if w.file == nil {
		return false, false
	}
	defer w.file.Close()
	look := func(descriptor uintptr) bool {
		exited = hasExited(descriptor)
		return exited
	}
	conn, _ := w.file.SyscallConn() // none for a nil file only
	_ = w.file.SetReadDeadline(deadline)
	if conn.Read(look) != nil { // an exit beats the deadline
		_ = conn.Control(func(descriptor uintptr) { look(descriptor) })
	}
	return exited, true
}

// hasExited tells whether the process of a descriptor has exited: it is readable then.
func hasExited(descriptor uintptr) bool {
	fds := []unix.PollFd{{Fd: int32(descriptor), Events: unix.POLLIN}}
	n, _ := unix.Poll(fds, 0)
	return n > 0
}
