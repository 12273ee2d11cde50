package chaos

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// group is the control group of this test, "" if it has none: where the tool makes
// groups of its own, they lie in it.
var group string

// mostProcesses is what all rounds together may never have: should everything fail,
// the machine is to survive it.
const mostProcesses = "6000"

// enterGroup moves this process into a group of its own, where that is allowed. The
// returned function undoes it.
func enterGroup() (leave func()) {
	const mount = "/sys/fs/cgroup/pids"
	text, err := os.ReadFile("/proc/self/cgroup")
	_, own, ok := strings.Cut(string(text), ":pids:")
	if err != nil || !ok {
		return func() {}
	}
	own, _, _ = strings.Cut(own, "\n")
	parent := filepath.Join(mount, own)
	dir, err := os.MkdirTemp(parent, "chaos-")
	if err != nil {
		return func() {}
	}
	if os.WriteFile(dir+"/pids.max", []byte(mostProcesses), 0) != nil || enter(dir) != nil {
		_ = os.Remove(dir)
		return func() {}
	}
	group = dir
	return func() {
		if enter(parent) == nil {
			_ = os.Remove(dir)
		}
	}
}

func enter(dir string) error {
	return os.WriteFile(dir+"/cgroup.procs", []byte(strconv.Itoa(os.Getpid())), 0)
}

// wantNoGroups fails the test when the tool has left a control group.
func wantNoGroups(t *testing.T) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(group, "evilution-go-*"))
	if group == "" || err != nil {
		return
	}
	for _, dir := range left {
		t.Errorf("the control group %s is left", dir)
		_ = os.Remove(dir)
	}
}
