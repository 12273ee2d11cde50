package supervisor

import (
	"errors"
	"fmt"
	"math"
	"syscall"
)

// ErrRefused is what Kill returns for a target that no part of this program
// may ever mean.
var ErrRefused = errors.New("refused")

// Kill sends sig to the process pid or, with a negative pid, to the group
// -pid. It is the only place of the whole program that sends a signal.
//
// It refuses, with ErrRefused and without any system call, whatever would
// reach further than one child: pids and groups of 1 or less (0 is the own
// group, -1 is everybody), the group of this process, and numbers beyond 32
// bits, of which the kernel would see only a part (1<<32-1 is -1 to it).
// Signal 0 only asks whether the target exists.
//
// The caller makes sure that the target has not been reaped. Callers outside
// this package want SignalGroup, which does.
func Kill(pid int, sig syscall.Signal) error {
	switch {
	case pid >= -1 && pid <= 1, pid > math.MaxInt32, pid < -math.MaxInt32, pid == -syscall.Getpgrp():
		return fmt.Errorf("kill %d with %v: %w", pid, sig, ErrRefused)
	}
	if err := sysKill(pid, sig); err != nil {
		return fmt.Errorf("kill %d with %v: %w", pid, sig, err)
	}
	return nil
}

// sysKill is a variable so that a test can look at every signal as it is sent.
var sysKill = syscall.Kill

// missing reports that a signal found nobody, which is never an error: the
// target was faster.
func missing(err error) bool { return errors.Is(err, syscall.ESRCH) }

// retry repeats a system call that was interrupted by a signal.
func retry(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
