package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// order is the first argument of this program where it is to be process 1.
const order = "--process-1"

// asked tells whether this program is to be process 1, and of what command.
func asked(args []string) (argv []string, ok bool) {
	if len(args) < 3 || args[1] != order {
		return nil, false
	}
	return args[2:], true
}

// begin is the life of process 1: it runs argv and ends as that ended. Its own
// end is the end of everything in the namespace.
func begin(argv []string) int {
	code, err := settle(argv)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitBroken
	}
	return code
}

func settle(argv []string) (code int, err error) {
	if os.Getpid() != 1 {
		return 0, errors.New("not process 1 of a PID namespace")
	}
	if err := mountProc(); err != nil {
		return 0, err
	}
	// Capabilities belong to a thread, and what it starts inherits them.
	runtime.LockOSThread()
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return 0, fmt.Errorf("drop capabilities: %w", err)
	}
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	p, err := os.StartProcess(argv[0], argv, &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		return 0, err
	}
	go func() {
		for sig := range heard {
			_ = syscall.Kill(p.Pid, sig.(syscall.Signal))
		}
	}()
	return reapUntil(p.Pid)
}

// mountProc replaces the machine's /proc by that of the namespace, for nobody else.
func mountProc() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("keep mounts private: %w", err)
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	return nil
}

// reapUntil reaps whatever ends, as process 1 must, until pid has ended; it
// returns how, with 128 and the number of a signal added up, as shells do.
func reapUntil(pid int) (code int, err error) {
	for {
		var status syscall.WaitStatus
		got, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return 0, fmt.Errorf("wait: %w", err)
		case got == pid && status.Signaled():
			return 128 + int(status.Signal()), nil
		case got == pid:
			return status.ExitStatus(), nil
		}
	}
}
