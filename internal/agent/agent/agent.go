package agent

// Package is one instrumented package of this binary. Its fields never change
// after Open, so that goroutines read them freely.
type Package struct {
	active int32 // the mutant that is active here; 0: none
	record bool
	on     bool // every function runs its instrumented copy

	path  string
	owner []int32
	reach []reached // by mutant; mode record
	loops []loops   // by function; mode record
	sums  []uint64  // of the values seen there, by function; mode record
}

// packages in the order of their registration, which is the order of package
// initialisation and therefore the same in every process of one binary.
var packages []*Package

// Open registers an instrumented package with functions 1 to funcs and mutants
// 1 to mutants. owner[m] is the function that holds mutant m; 0 means that it
// is in a place that belongs to no function and is always live. It is called
// from package initialisation only.
func Open(path string, funcs, mutants int, owner []int32) *Package {
	p := &Package{path: path, owner: owner}
	packages = append(packages, p)
	p.reach, p.loops, p.sums = noCounters(funcs, mutants)
	switch current.mode {
	case record:
		p.record, p.on = true, true
		p.reach, p.loops, p.sums = counters.block(path, funcs, mutants)
	case mutant:
		p.on = current.all
		if path == current.path {
			p.active = current.number
		}
	}
	return p
}

// On says whether function f (from 1) must run its instrumented copy.
func (p *Package) On(f int) bool {
	if p.on {
		return true
	}
	a := int(p.active)
	return a > 0 && a < len(p.owner) && p.owner[a] == int32(f)
}

// Switches fills on[f] for every function f; on[0] stays false.
func (p *Package) Switches(on []bool) {
	for f := 1; f < len(on); f++ {
		on[f] = p.On(f)
	}
}

// Spread sets on for every function that calls, at whatever depth, one that is on;
// calls are pairs of a caller and what it calls.
func Spread(on []bool, calls []int32) {
	for again := true; again; {
		again = false
		for i := 0; i < len(calls); i += 2 {
			if on[calls[i+1]] && !on[calls[i]] {
				on[calls[i]], again = true, true
			}
		}
	}
}

// has says whether mutant n is one of the package's.
func (p *Package) has(n int32) bool { return n > 0 && int(n) < len(p.reach) }
