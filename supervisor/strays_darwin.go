package supervisor

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// BecomeSubreaper returns an error here: this platform gives orphans to its
// first process and to nobody else. Processes that leave their group escape.
func BecomeSubreaper() error {
	return fmt.Errorf("become subreaper: %w", unix.ENOTSUP)
}

// strays lists the children of this process that have no handle; orphans are
// never among them here.
func strays() ([]int, error) {
	all, err := unix.SysctlKinfoProcSlice("kern.proc.all")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	var list []int
	for _, p := range all {
		if pid := int(p.Proc.P_pid); int(p.Eproc.Ppid) == unix.Getpid() && !isRegistered(pid) {
			list = append(list, pid)
		}
	}
	return list, nil
}

// killOrphans kills the group of pgid if its leader still leads it and has
// lost its parent. Between the look and the signal the number could in theory
// change hands; nothing here pins it.
func killOrphans(pgid int) error {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pgid)
	if err != nil {
		return nil // no such process any more
	}
	if int(info.Eproc.Pgid) == pgid && info.Eproc.Ppid == 1 {
		killStray(pgid)
	}
	return nil
}
