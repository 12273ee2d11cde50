package sandbox

import (
	"bytes"
	"encoding/binary"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// Unenforced names the bounds of [Limits] that this platform cannot watch.
func Unenforced() []Bound { return nil }

// table reads the system's processes from /proc, with as few system calls and
// allocations as will do: it runs beside tests whose time is measured.
type table struct {
	dir   int // /proc, -1 if not open
	load  int // /proc/loadavg
	statm int // of the leader
	buf   []byte
	path  []byte
}

func newTable() table { return table{dir: -1, load: -1, statm: -1} }

// space is what is read into; most children end before there is anything to read.
func (t *table) space() []byte {
	if t.buf == nil {
		t.buf = make([]byte, 8<<10)
	}
	return t.buf
}

// close gives the descriptors back.
func (t *table) close() {
	for _, fd := range []*int{&t.dir, &t.load, &t.statm} {
		if *fd >= 0 {
			_ = unix.Close(*fd) // opened for reading
			*fd = -1
		}
	}
}

// keep returns *fd, which it opens first if need be.
func keep(fd *int, path string, flags int) (int, bool) {
	if *fd < 0 {
		var err error
		if *fd, err = unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC|flags, 0); err != nil {
			*fd = -1
		}
	}
	return *fd, *fd >= 0
}

// peek returns the leader's resident memory in bytes and the last pid that the
// system gave away; 0 stands for unknown.
func (t *table) peek(leader int) (resident int64, forks int) {
	if fd, ok := keep(&t.statm, "/proc/"+strconv.Itoa(leader)+"/statm", 0); ok {
		n, _ := unix.Pread(fd, t.space(), 0)
		f := bytes.Fields(t.buf[:max(n, 0)])
		if len(f) > 1 {
			resident = int64(atoi(f[1])) * int64(os.Getpagesize())
		}
	}
	if fd, ok := keep(&t.load, "/proc/loadavg", 0); ok {
		n, _ := unix.Pread(fd, t.space(), 0)
		line := bytes.TrimSpace(t.buf[:max(n, 0)])
		forks = atoi(line[bytes.LastIndexByte(line, ' ')+1:])
	}
	return resident, forks
}

// each calls visit with the pid of every process.
func (t *table) each(visit func(pid int)) {
	fd, ok := keep(&t.dir, "/proc", unix.O_DIRECTORY)
	if !ok {
		return
	}
	if _, err := unix.Seek(fd, 0, 0); err != nil {
		return
	}
	list := make([]byte, 32<<10)
	for {
		n, err := unix.Getdents(fd, list)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return
		}
		// struct linux_dirent64: inode 8, offset 8, length 2, type 1, name.
		for b := list[:n]; len(b) > 19; b = b[binary.NativeEndian.Uint16(b[16:]):] {
			name := b[19:binary.NativeEndian.Uint16(b[16:])]
			if name[0] >= '1' && name[0] <= '9' {
				visit(atoi(name))
			}
		}
	}
}

// read returns what /proc/PID/stat says; false if the process is gone.
func (t *table) read(pid int) (process, bool) {
	stat := t.file(pid, "/stat")
	// The name in parentheses may hold anything; then: state, parent, group.
	f := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(f) < 3 {
		return process{}, false
	}
	return process{pid: pid, parent: atoi(f[1]), group: atoi(f[2]), zombie: f[0][0] == 'Z' || f[0][0] == 'X'}, true
}

// memory returns what pid occupies alone, from /proc/PID/status, in bytes; 0 if
// it is gone. Pages of shared memory count for each who maps them.
func (t *table) memory(pid int) (sum int64) {
	status := t.file(pid, "/status")
	for _, name := range []string{"\nRssAnon:", "\nRssShmem:", "\nVmSwap:"} {
		if i := bytes.Index(status, []byte(name)); i >= 0 {
			sum += int64(atoi(bytes.TrimLeft(status[i+len(name):], " \t"))) << 10
		}
	}
	return sum
}

// waited returns how long the threads of pid have waited for a processor, in all; 0
// if that is not known.
func (t *table) waited(pid int) time.Duration {
	_, waiting, _ := t.scheduled(pid)
	return waiting
}

// active returns how long the threads of pid have run or were ready to, in all; false
// if that is not known.
func (t *table) active(pid int) (time.Duration, bool) {
	running, waiting, ok := t.scheduled(pid)
	return running + waiting, ok
}

// scheduled adds up what the threads of pid were given (proc_pid_schedstat(5), which
// kernels may be built without); false if nothing was found.
func (t *table) scheduled(pid int) (running, waiting time.Duration, ok bool) {
	threads, err := os.ReadDir("/proc/" + strconv.Itoa(pid) + "/task")
	if err != nil {
		return 0, 0, false
	}
	for _, thread := range threads {
		f := bytes.Fields(t.file(pid, "/task/"+thread.Name()+"/schedstat"))
		if len(f) == 3 { // nanoseconds running, nanoseconds waiting, times it ran
			running += time.Duration(atoi(f[0]))
			waiting += time.Duration(atoi(f[1]))
			ok = true
		}
	}
	return running, waiting, ok
}

// lower gives pid the lowest priority, and its session too where the kernel
// shares processors among sessions first (sched(7), autogroup). The latter is
// refused to most users when it is done often.
func (t *table) lower(pid int) {
	_ = unix.Setpriority(unix.PRIO_PROCESS, pid, lowest)
	fd, err := unix.Open("/proc/"+strconv.Itoa(pid)+"/autogroup", unix.O_WRONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	_, _ = unix.Write(fd, []byte(strconv.Itoa(lowest)))
	_ = unix.Close(fd)
}

// file reads a file of /proc/PID into t.buf; nothing if there is none.
func (t *table) file(pid int, name string) []byte {
	t.path = append(strconv.AppendInt(append(t.path[:0], "/proc/"...), int64(pid), 10), name...)
	fd, err := unix.Open(string(t.path), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	n, _ := unix.Read(fd, t.space()) // fails if the process has just gone
	_ = unix.Close(fd)
	return t.buf[:max(n, 0)]
}

// atoi reads the digits with which b begins.
func atoi(b []byte) (n int) {
	for _, c := range b {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}
