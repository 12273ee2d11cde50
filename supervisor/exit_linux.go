package supervisor

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// exitWait waits for the exit of one process, which it leaves unreaped.
//
// It holds a descriptor of the process (pidfd_open(2)) on which the Go runtime waits as
// it waits for pipes. A thread that waits in waitid(2) does as well, but as long as it
// has a processor of the runtime's the latter looks after it every 20 µs. The
// descriptor keeps meaning the same process, whatever becomes of its number.
type exitWait struct {
	file *os.File // nil where the kernel has no such descriptor that does not block (before 5.10)
	pid  int      // of a child that is not reaped while file is nil
	done bool     // it has been reaped already
}

// pidfdOpen is a variable for the test in which the kernel does not have it.
var pidfdOpen = unix.PidfdOpen

func openExit(pid int) exitWait {
	fd, err := pidfdOpen(pid, unix.PIDFD_NONBLOCK)
	if err != nil {
		return exitWait{pid: pid}
	}
	w := exitWait{file: os.NewFile(uintptr(fd), "process"), pid: pid}
	if w.file.SetReadDeadline(time.Time{}) != nil { // the runtime cannot wait for it
		_ = w.file.Close()
		w.file = nil
	}
	return w
}

// timed tells whether wait heeds its deadline.
func (w exitWait) timed() bool { return w.done || w.file != nil }

// wait blocks until the process has exited, or is found to be no child of this one, or
// until the deadline, if there is one; it tells whether the process has. It is called
// once.
func (w exitWait) wait(deadline time.Time) bool {
	switch {
	case w.done:
		return true
	case w.file == nil:
		var info unix.Siginfo
		_ = retry(func() error {
			return unix.Waitid(unix.P_PID, w.pid, &info, unix.WEXITED|unix.WNOWAIT|unix.WALL, nil)
		})
		return true
	}
	defer w.file.Close()
	conn, err := w.file.SyscallConn()
	if err == nil {
		err = w.file.SetReadDeadline(deadline)
	}
	if err == nil {
		err = conn.Read(hasExited)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) { // an exit beats the deadline
		exited := false
		_ = conn.Control(func(descriptor uintptr) { exited = hasExited(descriptor) })
		return exited
	}
	return err == nil
}

// hasExited tells whether the process of a descriptor has exited: it is readable then.
func hasExited(descriptor uintptr) bool {
	fds := []unix.PollFd{{Fd: int32(descriptor), Events: unix.POLLIN}}
	n := 0
	err := retry(func() (err error) {
		n, err = unix.Poll(fds, 0)
		return err
	})
	return err != nil || n > 0
}
