package sandbox

import (
	"time"
)

// Watch samples what a child and all its descendants use, those too that left
// its process group (by setsid) as long as they can be traced: by their
// parents, or by having been adopted by this process, which must be their
// subreaper for that and must run one child at a time.
//
// A sample is two short reads: the leader's memory, and the number of the last
// process that the system made. Only if one of these stirs, and every 40 ms, the
// whole family is looked at; processes seen before that are not of the family
// are not looked at again. So a family whose memory grows by 1.5 GiB/s in its
// leader is caught within some 20 MiB, elsewhere within 100 MiB, and one that
// forks within some 100 processes, for about 1 % of one processor.
//
// A Watch belongs to one goroutine, which calls Sample when it is due.
type Watch struct {
	limits Limits
	family family
	peak   Usage

	counted time.Time     // when the family was last looked at
	cost    time.Duration // what that took
	checked time.Time     // when everything was last looked at
	forks   int           // the system's last pid then
}

// NewWatch watches the child with the given pid, which is the leader of its
// process group. The caller must not reap it before Close. isRegistered tells
// which other children of this process have an owner; nil: none has.
func (r *Root) NewWatch(leader int, l Limits, isRegistered func(pid int) bool) *Watch {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := &Watch{limits: l, family: newFamily(leader, isRegistered, r.known)}
	r.known = nil
	return w
}

// Close gives what the Watch learned of the system to the next one.
func (w *Watch) Close(r *Root) {
	w.family.table.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = w.family.others
}

// Sample looks whether a bound is passed and says when to look again. Its first
// call is due FirstSample after the child's start.
func (w *Watch) Sample() (passed Bound, next time.Duration) {
	now := time.Now()
	resident, forks := w.family.table.peek(w.family.leader)
	if w.due(now, resident, forks) {
		w.count(now, forks)
	}
	return w.passed(), peekEvery
}

// Peak returns the most that any sample saw.
func (w *Watch) Peak() Usage { return w.peak }

// due tells whether the family has to be looked at now.
func (w *Watch) due(now time.Time, resident int64, forks int) bool {
	since := now.Sub(w.counted)
	if since >= min(max(countEvery, dutyCycle*w.cost), countMost) {
		return true
	}
	stirs := w.limits.Memory > 0 && resident > w.limits.Memory/4*3 ||
		w.limits.Processes > 0 && (forks < w.forks || forks-w.forks >= manyForks)
	return stirs && since >= 2*w.cost
}

// count looks at the family.
func (w *Watch) count(now time.Time, forks int) {
	if all := now.Sub(w.checked) >= recheck; all || forks != w.forks || forks == 0 {
		w.family.refresh(all && !w.checked.IsZero())
		if all {
			w.checked = now
		}
	}
	used := Usage{Processes: len(w.family.members)}
	for pid := range w.family.members {
		used.Memory += w.family.table.memory(pid)
	}
	w.peak.Memory = max(w.peak.Memory, used.Memory)
	w.peak.Processes = max(w.peak.Processes, used.Processes)
	w.counted, w.forks, w.cost = now, forks, time.Since(now)
}

// passed judges by the peak: what passed a bound once stays past it.
func (w *Watch) passed() Bound {
	switch {
	case w.limits.Processes > 0 && w.peak.Processes > w.limits.Processes:
		return Processes
	case w.limits.Memory > 0 && w.peak.Memory > w.limits.Memory:
		return Memory
	}
	return ""
}
