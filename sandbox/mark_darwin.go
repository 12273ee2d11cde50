package sandbox

import (
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// identify describes the living process pid. There are no pid namespaces.
func identify(pid int) (owner, error) {
	boot, err := unix.Sysctl("kern.bootsessionuuid")
	if err != nil {
		return owner{}, fmt.Errorf("identify process: %w", err)
	}
	o := owner{pid: strconv.Itoa(pid), boot: boot, space: "-"}
	if o.start, err = start(o.pid); err != nil {
		return owner{}, fmt.Errorf("identify process: %w", err)
	}
	return o, nil
}

// start returns when pid started, in microseconds since 1970; os.ErrNotExist if
// there is no such process.
func start(pid string) (string, error) {
	n, err := strconv.Atoi(pid)
	if err != nil {
		return "", err
	}
	all, err := unix.SysctlKinfoProcSlice("kern.proc.pid", n)
	if err != nil {
		return "", fmt.Errorf("read process %s: %w", pid, err)
	}
	if len(all) == 0 {
		return "", os.ErrNotExist
	}
	at := all[0].Proc.P_starttime
	return strconv.FormatInt(at.Nano()/1000, 10), nil
}
