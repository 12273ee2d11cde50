package sandbox

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// pidsGroup finds the control group in which this process may make groups that
// bound processes, and tells whether it is one of version 2.
//
// Version 1 (a hierarchy of its own for pids) allows groups within any group.
// Version 2 allows no limits within a group that has processes, so there it is
// the group that holds this process's own. It is this thread that is asked: the
// process's first one, which /proc/self is about, may be in a cage.
func pidsGroup() (dir string, unified, ok bool) {
	groups, err := os.ReadFile("/proc/thread-self/cgroup")
	if err != nil {
		return "", false, false
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return "", false, false
	}
	dir, unified, ok = findPids(string(groups), string(mounts))
	if unified {
		return dir, true, ok && delegates(dir)
	}
	return dir, false, ok
}

// delegates tells whether the groups within dir may bound processes.
func delegates(dir string) bool {
	text, err := os.ReadFile(dir + "/cgroup.subtree_control")
	return err == nil && slices.Contains(strings.Fields(string(text)), "pids")
}

// findPids reads the answer out of the texts of cgroups(7) and proc_pid_mountinfo(5).
func findPids(groups, mounts string) (dir string, unified, ok bool) {
	own := ""
	for line := range strings.Lines(groups) {
		f := strings.SplitN(strings.TrimSpace(line), ":", 3) // number, controllers, path
		if len(f) != 3 {
			continue
		}
		if slices.Contains(strings.Split(f[1], ","), "pids") {
			own, unified = f[2], false
			break
		}
		if f[0] == "0" {
			own, unified = f[2], true
		}
	}
	root, point := mountOf(mounts, unified)
	if own == "" || point == "" || strings.HasPrefix(own, "/..") { // the last is out of sight
		return "", unified, false
	}
	within, err := filepath.Rel(root, own)
	if err != nil || within == ".." || strings.HasPrefix(within, "../") {
		return "", unified, false
	}
	if unified && within != "." {
		within = filepath.Dir(within)
	}
	return filepath.Join(point, within), unified, true
}

// mountOf finds where the hierarchy is mounted, and which group of it is there.
func mountOf(mounts string, unified bool) (root, point string) {
	for line := range strings.Lines(mounts) {
		front, back, _ := strings.Cut(strings.TrimSpace(line), " - ")
		f, kind := strings.Fields(front), strings.Fields(back)
		if len(f) < 5 || len(kind) < 3 {
			continue
		}
		if unified && kind[0] == "cgroup2" ||
			!unified && kind[0] == "cgroup" && slices.Contains(strings.Split(kind[2], ","), "pids") {
			return f[3], f[4]
		}
	}
	return "", ""
}
