package sandbox

import "golang.org/x/sys/unix"

// MachineMemory is how many bytes of memory the machine has; 0 means unknown.
func MachineMemory() int64 {
	n, err := unix.SysctlUint64("hw.memsize")
	if err != nil {
		return 0
	}
	return int64(n)
}
