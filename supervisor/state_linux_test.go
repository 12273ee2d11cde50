package supervisor

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// stat returns a field of /proc/PID/stat, counted from 1 as in proc(5), from
// the third on; "" if there is no such process.
func stat(pid, field int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	return fields[field-3]
}

// state is one letter: R, S, D alive, T stopped, Z zombie; "" no process.
func state(pid int) string { return stat(pid, 3) }

// group is the process group, as a number in decimal.
func group(pid int) string { return stat(pid, 5) }

// isZombie fails the test unless pid is dead and unreaped.
func isZombie(t testing.TB, pid int) {
	t.Helper()
	if s := state(pid); s != "Z" {
		t.Errorf("state of %d = %q, want a zombie", pid, s)
	}
}

// isGone fails the test unless pid has been reaped.
func isGone(t testing.TB, pid int) {
	t.Helper()
	if s := state(pid); s != "" {
		t.Errorf("state of %d = %q, want no such process", pid, s)
	}
}
