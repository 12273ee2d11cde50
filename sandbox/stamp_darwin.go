package sandbox

import (
	"time"

	"golang.org/x/sys/unix"
)

// stampOf translates the system's answer.
func stampOf(st *unix.Stat_t) stamp {
	return stamp{
		dev: uint64(st.Dev), ino: st.Ino, mode: uint32(st.Mode), size: st.Size,
		mtime: unix.TimespecToNsec(st.Mtim), ctime: unix.TimespecToNsec(st.Ctim),
	}
}

// fileClock is the clock that file systems read, in nanoseconds since 1970.
func fileClock() int64 { return time.Now().UnixNano() }

// clone is not possible into an open file here; the caller copies.
func clone(dst, src int) bool { return false }
