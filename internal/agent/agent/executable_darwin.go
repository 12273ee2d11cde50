package agent

import "os"

// executableDir is the directory of the running binary's file, "" if unknown.
// The path that the kernel hands to a process is known to package os only.
func executableDir() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	n := len(path)
	for n > 0 && path[n-1] != '/' {
		n--
	}
	return path[:n]
}
