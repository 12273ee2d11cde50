package supervisor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// BecomeSubreaper makes this process the one to which the kernel gives the
// orphans among its descendants (PR_SET_CHILD_SUBREAPER, Linux 3.4). It holds
// for the life of the process and is not inherited. From then on the end of
// every child also ends what that child left behind, see ReapStrays.
func BecomeSubreaper() error {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("become subreaper: %w", err)
	}
	subreaper.Store(true)
	return nil
}

// strays lists the children of this process that have no handle. The caller
// holds the start lock.
func strays() ([]int, error) {
	if look(unix.P_ALL, 0) == gone { // no child at all: the usual case
		return nil, nil
	}
	all, err := children(os.Getpid())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, isRegistered), nil
}

// killOrphans kills the group of pgid if pgid is a stray. A pid that is our
// unreaped child cannot belong to anybody else.
func killOrphans(pgid int) error {
	startLock.Lock()
	defer startLock.Unlock()
	if pgid > 1 && peek(pgid) != gone && !isRegistered(pgid) {
		killStray(pgid)
	}
	return nil
}

// children lists the children of a process, zombies included.
//
// The kernel keeps them by thread. Its list is reliable as long as nobody else
// reaps meanwhile (proc(5)), which the start lock takes care of for our own.
func children(pid int) ([]int, error) {
	tasks := filepath.Join("/proc", strconv.Itoa(pid), "task")
	threads, err := os.ReadDir(tasks)
	if err != nil {
		return nil, err
	}
	var list []int
	for _, t := range threads {
		text, err := os.ReadFile(filepath.Join(tasks, t.Name(), "children"))
		switch {
		case errors.Is(err, unix.ESRCH): // a thread that has just ended
			continue
		case errors.Is(err, fs.ErrNotExist):
			return childrenByParent(pid) // kernel without CONFIG_PROC_CHILDREN
		case err != nil:
			return nil, err
		}
		for _, word := range strings.Fields(string(text)) {
			if child, err := strconv.Atoi(word); err == nil {
				list = append(list, child)
			}
		}
	}
	return list, nil
}

// childrenByParent does the same by looking at every process there is.
func childrenByParent(parent int) ([]int, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	var list []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err == nil && parentOf(pid) == parent {
			list = append(list, pid)
		}
	}
	return list, nil
}

// parentOf returns the parent of a process, 0 if there is no such process.
func parentOf(pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	// pid (name) state ppid ...; the name may contain anything, even ")".
	_, rest, _ := strings.Cut(string(text[strings.LastIndexByte(string(text), ')')+1:]), " ")
	fields := strings.Fields(rest)
	if len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(fields[1])
	return parent
}
