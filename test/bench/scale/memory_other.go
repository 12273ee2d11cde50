//go:build !linux

package main

import (
	"os/exec"
	"strconv"
	"strings"
)

// memory is what the process has in memory now, in bytes; 0 if that cannot be
// told.
func memory(pid int) int64 {
	out, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return 0
	}
	kib, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	if err != nil {
		return 0
	}
	return kib << 10
}
