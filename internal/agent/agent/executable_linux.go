package agent

import "syscall"

// executableDir is the directory of the running binary's file, "" if unknown.
func executableDir() string {
	buf := make([]byte, 4096)
	n, err := syscall.Readlink("/proc/self/exe", buf)
	if err != nil {
		return ""
	}
	for n > 0 && buf[n-1] != '/' {
		n--
	}
	return string(buf[:n])
}
