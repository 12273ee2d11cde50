package agent

import (
	"sync/atomic"
	"syscall"
	"unsafe"
)

// counters is the file that all processes of a recording count in.
//
// Its layout follows from the order of registration alone: for each package a
// header word, three words a mutant, four words a function. The header is a hash of
// what was registered; a process that finds another one there is not a copy of
// the first binary and counts for itself, unheard.
var counters region

// regionSize bounds the file, which is sparse: 64 MiB hold 2.7 million
// mutants. Packages beyond it count for themselves.
const regionSize = 64 << 20

type region struct{ free []uint64 }

// open maps the file at path, made if need be. Without a path every process
// counts for itself.
func (r *region) open(path string) error {
	if path == "" {
		return nil
	}
	fd, err := retry(func() (int, error) {
		return syscall.Open(path, syscall.O_RDWR|syscall.O_CREAT|syscall.O_CLOEXEC, 0o600)
	})
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	_, err = retry(func() (int, error) { return 0, syscall.Ftruncate(fd, regionSize) })
	if err != nil {
		return err
	}
	data, err := syscall.Mmap(fd, 0, regionSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return err
	}
	r.free = unsafe.Slice((*uint64)(unsafe.Pointer(&data[0])), regionSize/8)
	return nil
}

// block takes the next package's counters.
func (r *region) block(path string, funcs, mutants int) (reach []reached, rounds []loops, sums []uint64) {
	size := 1 + 3*(mutants+1) + 4*(funcs+1)
	if size > len(r.free) {
		r.free = nil
		return noCounters(funcs, mutants)
	}
	words := r.free[:size:size]
	r.free = r.free[size:]
	id := hash(path, funcs, mutants)
	if !atomic.CompareAndSwapUint64(&words[0], 0, id) && atomic.LoadUint64(&words[0]) != id {
		r.free = nil
		return noCounters(funcs, mutants)
	}
	reach = unsafe.Slice((*reached)(unsafe.Pointer(&words[1])), mutants+1)
	words = words[1+3*(mutants+1):]
	rounds = unsafe.Slice((*loops)(unsafe.Pointer(&words[0])), funcs+1)
	return reach, rounds, words[3*(funcs+1):]
}

// noCounters are counters that only this process sees.
func noCounters(funcs, mutants int) (reach []reached, rounds []loops, sums []uint64) {
	return make([]reached, mutants+1), make([]loops, funcs+1), make([]uint64, funcs+1)
}

// hash is FNV-1a over what identifies a package's block; never 0.
func hash(path string, funcs, mutants int) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	mix := func(n uint64) { h = (h ^ n) * prime }
	for i := 0; i < len(path); i++ {
		mix(uint64(path[i]))
	}
	mix(uint64(funcs))
	mix(uint64(mutants))
	return h | 1
}

// takeReach returns and clears the counts of all mutants that were reached, as
// number, times reached, times infected. settled is taken first, so that a switch
// that runs meanwhile is rather infected than not.
func (p *Package) takeReach() (flat []uint64) {
	for n := range p.reach {
		c := &p.reach[n]
		if atomic.LoadUint64(&c.different)|atomic.LoadUint64(&c.equal) == 0 {
			continue
		}
		settled := atomic.SwapUint64(&c.settled, 0)
		different := atomic.SwapUint64(&c.different, 0)
		equal := atomic.SwapUint64(&c.equal, 0)
		flat = append(flat, uint64(n), equal+different, different-min(settled, different))
	}
	return flat
}

// loops counts the iterations of one function: those of the stretch that is open, of
// all that are closed, and of the longest of these. A stretch are the iterations
// between two calls of the function, whoever makes them: goroutines that execute it at
// the same time make stretches shorter, here as where they are limited.
type loops struct{ open, closed, longest uint64 }

// close ends the open stretch and counts more iterations that belong to none.
func (l *loops) close(more uint64) {
	n := atomic.SwapUint64(&l.open, 0)
	atomic.AddUint64(&l.closed, n+more)
	for {
		longest := atomic.LoadUint64(&l.longest)
		if n <= longest || atomic.CompareAndSwapUint64(&l.longest, longest, n) {
			return
		}
	}
}

// takeLoops returns and clears the counts of all functions, as number, ticks, and as
// number, longest stretch.
func (p *Package) takeLoops() (ticks, longest []uint64) {
	for f := range p.loops {
		l := &p.loops[f]
		l.close(0)
		if n := atomic.SwapUint64(&l.closed, 0); n > 0 {
			ticks = append(ticks, uint64(f), n)
		}
		if n := atomic.SwapUint64(&l.longest, 0); n > 0 {
			longest = append(longest, uint64(f), n)
		}
	}
	return ticks, longest
}

// takeSums returns and clears the sums of all functions, as number, sum.
func (p *Package) takeSums() (flat []uint64) {
	for f := range p.sums {
		if n := atomic.SwapUint64(&p.sums[f], 0); n > 0 {
			flat = append(flat, uint64(f), n)
		}
	}
	return flat
}
