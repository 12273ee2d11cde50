package chaos

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// markVar is the variable by which a round's processes are known.
const markVar = "CHAOS_MARK"

// process is what /proc tells of one.
type process struct {
	pid, parent, session int
	state                byte
	start                string // with the pid, this is one process for ever
	role                 role
}

// role is a process's place in the tree.
type role string

const (
	runner     role = "runner"
	worker     role = "worker"
	mutant     role = "mutant child" // a test binary with an active mutant
	otherChild role = "other child"  // of a worker: a dry run, the go command
	grandchild role = "grandchild"
)

func (p process) String() string {
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", p.pid))
	return fmt.Sprintf("%s %d (parent %d, session %d, state %c) %s", p.role, p.pid, p.parent, p.session, p.state, bytes.ReplaceAll(line, []byte{0}, []byte{' '}))
}

// tree finds the processes of one run: descendants of this process, which is a
// subreaper and starts one run at a time; and whoever has the run's session or mark.
type tree struct {
	runner int // 0 once it has been waited for
	leader int // its pid, and so its session, even then
	mark   string
}

// members lists the tree's processes with their roles; the Runner is not among
// them when it has been waited for.
func (r *tree) members() []process {
	all := table()
	in := make(map[int]process)
	for pid, p := range all {
		if pid == r.runner || p.parent == os.Getpid() || p.session == r.leader || marked(pid, r.mark) {
			in[pid] = p
		}
	}
	for found := true; found; {
		found = false
		for pid, p := range all {
			_, known := in[pid]
			if _, ok := in[p.parent]; ok && !known {
				in[pid] = p
				found = true
			}
		}
	}
	delete(in, os.Getpid())
	list := make([]process, 0, len(in))
	for _, p := range in {
		p.role = r.role(p, in)
		list = append(list, p)
	}
	return list
}

// role places p.
func (r *tree) role(p process, in map[int]process) role {
	switch {
	case p.pid == r.runner:
		return runner
	case r.runner != 0 && p.parent == r.runner:
		return worker
	case r.runner != 0 && in[p.parent].parent == r.runner && withMutant(p.pid):
		return mutant
	case r.runner != 0 && in[p.parent].parent == r.runner:
		return otherChild
	}
	return grandchild
}

// serves tells whether p is a worker that runs its own program already.
func serves(p process) bool {
	words, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", p.pid))
	return err == nil && p.role == worker && bytes.Contains(words, []byte("\x00worker\x00"))
}

// withMutant tells whether the order beside a process's program names a mutant.
func withMutant(pid int) bool {
	program, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	if err != nil {
		return false
	}
	order, err := os.ReadFile(filepath.Join(filepath.Dir(program), "order"))
	return err == nil && strings.Contains(string(order), "mode mutant\n")
}

// table is all processes of the system.
func table() map[int]process {
	all := make(map[int]process)
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			if p, ok := look(pid); ok {
				all[pid] = p
			}
		}
	}
	return all
}

// look reads one process; it may be gone.
func look(pid int) (process, bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	end := bytes.LastIndexByte(text, ')') // a program's name may hold anything
	if err != nil || end < 0 {
		return process{}, false
	}
	f := strings.Fields(string(text[end+1:]))
	if len(f) < 20 {
		return process{}, false
	}
	parent, _ := strconv.Atoi(f[1])
	session, _ := strconv.Atoi(f[3])
	return process{pid: pid, parent: parent, session: session, state: f[0][0], start: f[19]}, true
}

// marked tells whether a process began with the mark.
func marked(pid int, mark string) bool {
	env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	return err == nil && bytes.Contains(env, []byte(markVar+"="+mark+"\x00"))
}

// signal signals a member, if it still is the one that was seen.
func (p process) signal(sig syscall.Signal) bool {
	now, ok := look(p.pid)
	if !ok || p.pid <= 1 || now.start != p.start || now.state == 'Z' {
		return false
	}
	return syscall.Kill(p.pid, sig) == nil
}

// wantNobody waits until nobody is left, reaping what has become this process's
// own, and fails the test when somebody is there after limit. Those are killed.
func (r *tree) wantNobody(t *testing.T, limit time.Duration) {
	t.Helper()
	start := time.Now()
	for {
		left := r.reap()
		if len(left) == 0 {
			return
		}
		if time.Since(start) > limit {
			for _, p := range left {
				t.Errorf("%v after the Runner's end there is %v", limit, p)
			}
			r.clear(t)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// reap reaps this process's adopted children and returns who is left. Only after
// the Runner has been waited for may it be called.
func (r *tree) reap() []process {
	var left []process
	for _, p := range r.members() {
		if p.state == 'Z' && p.parent == os.Getpid() {
			if got, err := syscall.Wait4(p.pid, nil, syscall.WNOHANG, nil); got == p.pid || err == syscall.ECHILD {
				continue
			}
		}
		left = append(left, p)
	}
	return left
}

// clear kills whoever is left, so that one broken round leaves the others alone.
func (r *tree) clear(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		left := r.reap()
		if len(left) == 0 {
			return
		}
		for _, p := range left {
			p.signal(syscall.SIGKILL)
		}
	}
	t.Fatal("cannot end what is left")
}
