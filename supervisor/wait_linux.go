package supervisor

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// peek looks at a child without reaping it. The caller makes sure that pid
// was not reaped before, otherwise the number may be another child's.
func peek(pid int) childState {
	return look(unix.P_PID, pid)
}

// look is peek for one child (unix.P_PID) or for all of them (unix.P_ALL, 0).
func look(kind, id int) childState {
	var info unix.Siginfo
	err := retry(func() error {
		return unix.Waitid(kind, id, &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT|unix.WALL, nil)
	})
	switch {
	case err != nil: // ECHILD: waitid(2) has no other for these arguments
		return gone
	case info.Signo == 0: // waitid(2): zeroed when nothing was waiting
		return running
	}
	return zombie
}

// isStopped reports whether a child is stopped by a signal, without taking
// that news from anybody else.
func isStopped(pid int) bool {
	var info unix.Siginfo
	err := retry(func() error {
		return unix.Waitid(unix.P_PID, pid, &info, unix.WSTOPPED|unix.WNOHANG|unix.WNOWAIT|unix.WALL, nil)
	})
	return err == nil && info.Signo != 0
}

// maxRSS is in bytes; Linux counts in KiB (getrusage(2)).
func maxRSS(usage *syscall.Rusage) int64 { return int64(usage.Maxrss) * 1024 }

// wallOption lets wait4 see children that were cloned with another exit
// signal, too.
const wallOption = unix.WALL
