package sandbox

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// MachineMemory is how many bytes of memory this process and its children may
// fill: the machine's, or less where a control group says so. 0 means unknown.
func MachineMemory() int64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0
	}
	total := int64(info.Totalram) * int64(info.Unit)
	for _, limit := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if n := readLimit(limit); n > 0 {
			total = min(total, n)
		}
	}
	return total
}

// MachineLoad is how many processes have wanted a processor in the last minute, on
// average; 0 means unknown.
func MachineLoad() float64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0
	}
	const one = 1 << 16 // in load averages, see sysinfo(2)
	return float64(info.Loads[0]) / one
}

// readLimit reads a number of bytes; 0 if there is none, or it is "max".
func readLimit(path string) int64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
