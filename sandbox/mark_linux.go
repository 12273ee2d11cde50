package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// identify describes the living process pid.
func identify(pid int) (owner, error) {
	o := owner{pid: strconv.Itoa(pid)}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return owner{}, fmt.Errorf("identify process: %w", err)
	}
	o.boot = strings.TrimSpace(string(boot))
	if o.space, err = os.Readlink("/proc/self/ns/pid"); err != nil {
		return owner{}, fmt.Errorf("identify process: %w", err)
	}
	if o.start, err = start(o.pid); err != nil {
		return owner{}, fmt.Errorf("identify process: %w", err)
	}
	return o, nil
}

// start returns when pid started, in ticks since boot (field 22 of
// /proc/PID/stat, see proc(5)); os.ErrNotExist if there is no such process.
func start(pid string) (string, error) {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		if errors.Is(err, syscall.ESRCH) {
			err = os.ErrNotExist
		}
		return "", err
	}
	// The name in parentheses may hold anything, parentheses too.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 20 {
		return "", fmt.Errorf("read /proc/%s/stat: too short", pid)
	}
	return string(fields[19]), nil
}
