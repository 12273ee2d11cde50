package sandbox

import (
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// process is what a family needs to know of one.
type process struct {
	pid, parent, group int
	zombie             bool
}

// seen holds pids that are known not to belong to a family, each with the round
// in which it was last there.
type seen map[int]uint

// family is a child and its descendants, as far as they can be traced.
type family struct {
	leader int
	Control
	table table

	round   uint
	members map[int]process
	others  seen
	maybe   map[int]bool // children of ours without an owner, seen once
	frozen  map[int]bool // members outside the group that we stopped
}

// newFamily starts with the leader alone, and with others that an earlier
// family of this process found.
func newFamily(leader int, c Control, others seen) family {
	if others == nil {
		others = seen{}
	}
	delete(others, leader)
	return family{
		leader: leader, Control: c, others: others, table: newTable(),
		members: map[int]process{leader: {pid: leader, group: leader}}, maybe: map[int]bool{}, frozen: map[int]bool{},
	}
}

// refresh looks at every process that is new since the last time or, if all is
// set, at every process (numbers are used again), and forgets what is not there
// any more, the leader excepted. It reads what is new and nothing else: beside a
// fork bomb there is little time.
func (f *family) refresh(all bool) {
	f.round++
	var fresh []process
	now := make(map[int]process, len(f.members))
	f.Cage.each(func(pid int) {
		f.members[pid] = process{pid: pid}
		delete(f.others, pid)
	})
	f.table.each(func(pid int) {
		p, member := f.members[pid]
		_, other := f.others[pid]
		switch {
		case member && !all:
			now[pid] = p
			return
		case other && !all:
			f.others[pid] = f.round
			return
		}
		if p, ok := f.look(pid); ok && member {
			now[pid] = p
		} else if ok {
			fresh = append(fresh, p)
		}
	})
	now[f.leader] = process{pid: f.leader, group: f.leader}
	f.members = now
	f.sort(fresh)
	for pid, round := range f.others {
		if round != f.round {
			delete(f.others, pid)
		}
	}
}

// look reads about pid what is needed: for those in the group, one short system
// call tells enough.
func (f *family) look(pid int) (process, bool) {
	if group, err := unix.Getpgid(pid); err == nil && group == f.leader {
		return process{pid: pid, group: group}, true
	}
	return f.table.read(pid)
}

// outside returns the members that are not in the group now; many leave it only
// some time after they were made.
func (f *family) outside() (pids []int) {
	for pid := range f.members {
		if group, err := unix.Getpgid(pid); err == nil && group != f.leader {
			pids = append(pids, pid)
		}
	}
	return pids
}

// living counts the members that are no zombies.
func (f *family) living() (n int) {
	for pid := range f.members {
		if p, ok := f.table.read(pid); ok && !p.zombie {
			n++
		}
	}
	return n
}

// sort tells members from others among fresh. A child may be listed before its
// parent, so it goes on as long as somebody is found.
func (f *family) sort(fresh []process) {
	for found := true; found; {
		found = false
		rest := fresh[:0]
		for _, p := range fresh {
			if f.belongs(p) {
				f.members[p.pid] = p
				delete(f.others, p.pid)
				found = true
				continue
			}
			rest = append(rest, p)
		}
		fresh = rest
	}
	orphans := map[int]bool{}
	for _, p := range fresh {
		if f.orphan(p) {
			orphans[p.pid] = true
			continue
		}
		f.others[p.pid] = f.round
	}
	f.maybe = orphans
}

// belongs tells whether p is of the family: in its group, a child of a member,
// or for the second time an orphan. The first time it may be a child of this
// process that is just being started.
func (f *family) belongs(p process) bool {
	if _, ok := f.members[p.parent]; ok || p.group == f.leader {
		return true
	}
	return f.orphan(p) && f.maybe[p.pid]
}

// orphan tells whether p was adopted by this process.
func (f *family) orphan(p process) bool {
	return p.parent == os.Getpid() && (f.IsRegistered == nil || !f.IsRegistered(p.pid))
}

// stop stops the family: the group at once, so that nobody in it forks any more,
// and everyone else until nobody new is found in two rounds (an orphan counts
// only the second time it is seen).
func (f *family) stop(deadline time.Time) {
	for quiet := 0; quiet < 2 && time.Now().Before(deadline); quiet++ {
		// A member that has gone since it was seen is what we want.
		_ = f.Signal(-f.leader, syscall.SIGSTOP)
		for _, pid := range f.outside() {
			if !f.frozen[pid] {
				_ = f.Signal(pid, syscall.SIGSTOP)
				f.frozen[pid] = true
				quiet = 0
			}
		}
		f.refresh(false)
	}
}

// thaw lets a family go on that was stopped: the group, and at most n of the
// others, any n (the next time it will be others).
func (f *family) thaw(n int) {
	_ = f.Signal(-f.leader, syscall.SIGCONT)
	for pid := range f.frozen {
		if _, ok := f.members[pid]; ok && n > 0 {
			_ = f.Signal(pid, syscall.SIGCONT)
			n--
		} else if ok {
			continue
		}
		delete(f.frozen, pid)
	}
}

// kill kills the family as far as it is known.
func (f *family) kill() {
	_ = f.Signal(-f.leader, syscall.SIGKILL)
	for _, pid := range f.outside() {
		_ = f.Signal(pid, syscall.SIGKILL)
	}
}
