package sandbox

import "os"

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
	leader       int
	isRegistered func(pid int) bool
	table        table

	round   uint
	members map[int]process
	others  seen
	maybe   map[int]bool // children of ours without an owner, seen once
}

// newFamily starts with the leader alone, and with others that an earlier
// family of this process found.
func newFamily(leader int, isRegistered func(int) bool, others seen) family {
	if isRegistered == nil {
		isRegistered = func(int) bool { return false }
	}
	if others == nil {
		others = seen{}
	}
	delete(others, leader)
	return family{
		leader: leader, isRegistered: isRegistered, others: others, table: newTable(),
		members: map[int]process{leader: {pid: leader, parent: os.Getpid(), group: leader}},
		maybe:   map[int]bool{},
	}
}

// refresh looks at the members and at every process that is new since the last
// time or, if all is set, at every process (numbers are used again). What is
// not there any more is forgotten, the leader excepted.
func (f *family) refresh(all bool) {
	f.round++
	var fresh []process
	now := make(map[int]process, len(f.members))
	f.table.each(func(pid int) {
		_, known := f.others[pid]
		if _, member := f.members[pid]; known && !member && !all {
			f.others[pid] = f.round
			return
		}
		p, ok := f.table.read(pid)
		if !ok {
			return
		}
		if _, member := f.members[pid]; member {
			now[pid] = p
			return
		}
		fresh = append(fresh, p)
	})
	if _, ok := now[f.leader]; !ok {
		now[f.leader] = process{pid: f.leader, group: f.leader, zombie: true}
	}
	f.members = now
	f.sort(fresh)
	for pid, round := range f.others {
		if round != f.round {
			delete(f.others, pid)
		}
	}
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
	return p.parent == os.Getpid() && !f.isRegistered(p.pid)
}
