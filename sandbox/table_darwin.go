package sandbox

import (
	"time"

	"golang.org/x/sys/unix"
)

// Unenforced names the bounds of [Limits] that this platform cannot watch. The
// memory of another process takes a system library here, which a program
// without cgo cannot call.
func Unenforced() []Bound { return []Bound{Memory} }

// stateZombie is SZOMB of sys/proc.h.
const stateZombie = 5

// table reads the system's processes by sysctl, all at once.
type table struct {
	last map[int]process
}

func newTable() table { return table{} }

func (t *table) close() {}

// peek knows neither: 0 stands for unknown.
func (t *table) peek(int) (resident int64, forks int) { return 0, 0 }

// each calls visit with the pid of every process.
func (t *table) each(visit func(pid int)) {
	all, err := unix.SysctlKinfoProcSlice("kern.proc.all")
	if err != nil {
		return
	}
	t.last = make(map[int]process, len(all))
	for _, p := range all {
		pid := int(p.Proc.P_pid)
		t.last[pid] = process{
			pid: pid, parent: int(p.Eproc.Ppid), group: int(p.Eproc.Pgid), zombie: p.Proc.P_stat == stateZombie,
		}
	}
	for pid := range t.last {
		visit(pid)
	}
}

// read returns what each found; false if the process was not there.
func (t *table) read(pid int) (process, bool) {
	p, ok := t.last[pid]
	return p, ok
}

// memory is not known here, see Unenforced.
func (t *table) memory(int) int64 { return 0 }

// active is not known here.
func (t *table) active(int) (time.Duration, bool) { return 0, false }

// stuck is not known here.
func (t *table) stuck(int, time.Duration) bool { return false }

// waited is not known here.
func (t *table) waited(int) time.Duration { return 0 }

// lower gives pid the lowest priority.
func (t *table) lower(pid int) { _ = unix.Setpriority(unix.PRIO_PROCESS, pid, lowest) }
