package sandbox

import (
	"time"

	"golang.org/x/sys/unix"
)

// stampOf translates the system's answer.
func stampOf(st *unix.Stat_t) stamp {
	return stamp{
		dev: st.Dev, ino: st.Ino, mode: st.Mode, size: st.Size,
		mtime: unix.TimespecToNsec(st.Mtim), ctime: unix.TimespecToNsec(st.Ctim),
	}
}

// fileClock is the clock that file systems read, in nanoseconds since 1970.
func fileClock() int64 {
	var now unix.Timespec
	if unix.ClockGettime(unix.CLOCK_REALTIME_COARSE, &now) != nil {
		return time.Now().Add(-10 * time.Millisecond).UnixNano() // 100 Hz, the slowest
	}
	return unix.TimespecToNsec(now)
}

// clone makes dst, a new and empty file, share the blocks of src until either
// is written; false where the file system cannot.
func clone(dst, src int) bool { return unix.IoctlFileClone(dst, src) == nil }
