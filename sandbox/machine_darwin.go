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

// MachineLoad is how many processes have wanted a processor in the last minute, on
// average; 0 means unknown, as always here.
func MachineLoad() float64 { return 0 }
