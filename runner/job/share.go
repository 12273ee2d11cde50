package job

import (
	"os"
	"runtime"
	"strconv"
)

// share is how many processors a job may keep busy; 0: all that this process may use.
type share int

// limited is the share as a number of processors.
func (s share) limited() int {
	all := runtime.GOMAXPROCS(0)
	if s <= 0 {
		return all
	}
	return min(int(s), all)
}

// environ is this process's environment for a go command that keeps to the share: it
// runs so many tools at a time, and none of them has more threads at work.
func (s share) environ() []string {
	return append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(s.limited()))
}

// keep makes this process itself keep to the share until it is told otherwise.
func (s share) keep() (otherwise func()) {
	before := runtime.GOMAXPROCS(s.limited())
	return func() { runtime.GOMAXPROCS(before) }
}
