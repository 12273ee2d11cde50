package supervisor

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Values of P_stat in <sys/proc.h>.
const (
	statStopped = 4
	statZombie  = 5
)

// peek looks at a child without reaping it. waitid is no help here: on this
// platform it also returns for stopped children (go.dev/issue/19314).
func peek(pid int) childState {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	switch {
	case err != nil || int(info.Eproc.Ppid) != syscall.Getpid():
		return gone
	case info.Proc.P_stat == statZombie:
		return zombie
	}
	return running
}

// exitWait waits for the exit of one process, which it leaves unreaped. The zero value
// is that of a process which has been reaped already: pid 0 is nobody's child.
type exitWait struct {
	pid int // of a child that is not reaped meanwhile
}

func openExit(pid int) exitWait { return exitWait{pid: pid} }

// wait blocks until the process has exited, or until it is found to be no child of
// this one. The kernel's note of the exit may be a moment early, hence the look;
// without a kernel queue the look is all there is.
func (w exitWait) wait() {
	noteExit(w.pid)
	for peek(w.pid) == running {
		time.Sleep(time.Millisecond)
	}
}

// until tells that it cannot wait with a deadline.
func (w exitWait) until(time.Time) (exited, timed bool) { return false, false }

// noteExit returns when the kernel says that pid exits, or cannot say it.
func noteExit(pid int) {
	queue, err := unix.Kqueue()
	if err != nil {
		return
	}
	defer unix.Close(queue)
	unix.CloseOnExec(queue)
	var change, event [1]unix.Kevent_t
	unix.SetKevent(&change[0], pid, unix.EVFILT_PROC, unix.EV_ADD|unix.EV_ONESHOT)
	change[0].Fflags = unix.NOTE_EXIT
	_ = retry(func() error {
		_, err := unix.Kevent(queue, change[:], event[:], nil)
		return err
	})
}

// isStopped reports whether a child is stopped by a signal.
func isStopped(pid int) bool {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	return err == nil && info.Proc.P_stat == statStopped
}

// maxRSS is in bytes, as the platform counts.
func maxRSS(usage *syscall.Rusage) int64 { return usage.Maxrss }

// wallOption has no meaning here.
const wallOption = 0
