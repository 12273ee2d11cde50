package sandbox

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
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
// leader is caught within some 20 MiB, elsewhere within 100 MiB, for about 1 % of
// one processor.
//
// Whoever counts a few hundred processes that fork with all their might gets no
// time to do it. In a [Cage] that does not matter: the kernel refuses more than
// twice the bound. Without one, a family of 16 gets the lowest priority, and one
// with half of the processes it may have, or with 16 outside its group (which may
// have a share of the processors of their own), is stopped while it is counted; of
// those outside only a few at a time go on.
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
	threads int           // of the cage, then
	lowered map[int]bool  // who got the lowest priority, apart from the group; nil: not even that
	swarm   bool          // count it at a standstill
	stopped time.Time     // since when some of it stand still; zero: none
	held    time.Duration // how long some did, in all, before that
}

// Control is how a Watch reaches and tells apart processes.
type Control struct {
	// Signal sends one signal, with a negative pid to a group. It is only
	// called for the watched child's group and for processes outside it that
	// belong to its family.
	Signal func(pid int, sig syscall.Signal) error
	// IsRegistered tells which children of this process have an owner; the
	// others were adopted. nil: none has.
	IsRegistered func(pid int) bool
	// Cage is where the child was started, if it was; see Root.TakeCage.
	Cage *Cage
}

// NewWatch watches the child with the given pid, which is the leader of its
// process group and must not be reaped before Close.
func (r *Root) NewWatch(leader int, l Limits, c Control) *Watch {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := &Watch{limits: l, family: newFamily(leader, c, r.known)}
	r.known = nil
	return w
}

// Close gives what the Watch learned of the system, and the cage, to the next one.
func (w *Watch) Close(r *Root) {
	w.family.table.close()
	r.GiveCage(w.family.Cage)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = w.family.others
}

// Sample looks whether a bound is passed and says when to look again. Its first
// call is due FirstSample after the child's start. A family past its bound may
// be left stopped: it has to be ended, see Quell.
func (w *Watch) Sample() (passed Bound, next time.Duration) {
	now := time.Now()
	resident, forks := w.family.table.peek(w.family.leader)
	threads := w.family.Cage.threads()
	if w.due(now, resident, forks) || threads-w.threads >= manyForks {
		w.count(now, forks, threads)
	}
	return w.passed(), peekEvery
}

// Refused tells whether the cage refused the child a process or a thread although
// no bound was passed. Call it before Close.
func (w *Watch) Refused() bool { return w.passed() == "" && w.family.Cage.refused() }

// Held returns how long the family, or a part of it, was stopped to be counted. What
// a child is given in time does not include it.
func (w *Watch) Held() time.Duration {
	if w.stopped.IsZero() {
		return w.held
	}
	return w.held + time.Since(w.stopped)
}

// Waited returns how long the child's own threads have been ready to run without a
// processor, in all.
func (w *Watch) Waited() time.Duration { return w.family.table.waited(w.family.leader) }

// Active returns how long the threads of the family have run or have been ready to,
// those that are known and alive; less than 0 if the platform does not tell.
func (w *Watch) Active() time.Duration {
	sum := time.Duration(0)
	for pid := range w.family.members {
		active, ok := w.family.table.active(pid)
		if !ok && pid == w.family.leader {
			return -1
		}
		sum += active
	}
	return sum
}

// Stuck tells whether the child is the only one of its family and all its threads wait
// for each other, or for a time that was further off than within when they began: nobody
// else will end that before. It proves something only if Active said the same before and
// after; false if the platform does not tell.
func (w *Watch) Stuck(within time.Duration) bool {
	w.family.refresh(false)
	return len(w.family.members) == 1 && w.family.table.stuck(w.family.leader, within)
}

// Peak returns the most that any sample saw.
func (w *Watch) Peak() Usage { return w.peak }

// due tells whether the family has to be looked at now.
func (w *Watch) due(now time.Time, resident int64, forks int) bool {
	since := now.Sub(w.counted)
	if w.swarm || since >= min(max(countEvery, dutyCycle*w.cost), countMost) {
		return true
	}
	stirs := w.limits.Memory > 0 && resident > w.limits.Memory/4*3 ||
		w.limits.Processes > 0 && (forks < w.forks || forks-w.forks >= manyForks)
	return stirs && since >= min(2*w.cost, peekMost)
}

// count looks at the family.
func (w *Watch) count(now time.Time, forks, threads int) {
	if w.swarm {
		if w.stopped.IsZero() {
			w.stopped = now
		}
		w.family.stop(now.Add(standstill))
	}
	if all := now.Sub(w.checked) >= recheck; all || forks != w.forks || forks == 0 {
		w.family.refresh(all && !w.checked.IsZero())
		if all {
			w.checked = now
		}
	}
	w.peak.Processes = max(w.peak.Processes, len(w.family.members))
	if w.passed() == "" {
		w.family.Cage.allow(threads + room(w.limits.Processes) - len(w.family.members))
		w.brake()
		w.weigh()
	}
	if w.passed() == "" && !w.stopped.IsZero() {
		w.thaw(now)
	}
	w.counted, w.forks, w.threads, w.cost = time.Now(), forks, threads, time.Since(now)
}

// thaw lets a family go on that was stopped since the given time. How long it
// took to stop it tells how hard it was to get a processor, and so how many of
// it can be held next time.
func (w *Watch) thaw(since time.Time) {
	n := mostThawed
	if time.Since(since) > slowStop {
		n = fewThawed
	}
	w.family.thaw(n)
	if len(w.family.frozen) == 0 {
		w.held += time.Since(w.stopped)
		w.stopped = time.Time{}
	}
}

// weigh adds up the family's memory.
func (w *Watch) weigh() {
	used := int64(0)
	for pid := range w.family.members {
		used += w.family.table.memory(pid)
	}
	w.peak.Memory = max(w.peak.Memory, used)
}

// brake sees to it that there is time to count. Descendants inherit priorities,
// but where sessions share processors evenly, each new one starts as high as any.
func (w *Watch) brake() {
	f, most := &w.family, w.limits.Processes
	if most == 0 || len(f.members) < manyMembers || f.Cage.works() {
		return
	}
	outside := f.outside()
	if w.lowered == nil {
		w.lowered = map[int]bool{}
		// Who has gone meanwhile need not wait any more.
		_ = unix.Setpriority(unix.PRIO_PGRP, f.leader, lowest)
	}
	for _, pid := range outside {
		if !w.lowered[pid] {
			w.lowered[pid] = true
			f.table.lower(pid)
		}
	}
	w.swarm = f.Signal != nil && (len(f.members) >= most/2 || len(outside) >= manyOutside)
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
