package runner

import "slices"

// flow lets the mutants of a package go on as soon as every test binary that
// holds the package is recorded, while other binaries are still in their dry
// runs: one whose tests sleep keeps nobody else waiting.
//
// Which packages a binary holds it says itself, when its first recording begins.
// Until then it may hold any, so nothing goes on before every binary has begun.
// The session's lock guards it.
type flow struct {
	silent   map[string]bool     // binaries that have not said what they hold
	open     map[string][]string // by binary that is not recorded yet: what it holds
	packages []string            // whose mutants have not gone on, in source order
}

// newFlow is the flow of a session whose binaries are built.
func (s *session) newFlow() *flow {
	f := &flow{silent: make(map[string]bool), open: make(map[string][]string)}
	for pkg := range s.binaries {
		f.silent[pkg], f.open[pkg] = true, nil
	}
	for _, m := range s.subjects {
		if !slices.Contains(f.packages, m.Package) {
			f.packages = append(f.packages, m.Package)
		}
	}
	return f
}

// holds notes what a binary said.
func (f *flow) holds(binary string, packages []string) {
	delete(f.silent, binary)
	if _, running := f.open[binary]; running {
		f.open[binary] = packages
	}
}

// done notes that a binary is recorded, or that it cannot judge.
func (f *flow) done(binary string) {
	delete(f.silent, binary)
	delete(f.open, binary)
}

// ready takes the packages whose mutants can go on now.
func (f *flow) ready() (packages []string) {
	if len(f.silent) > 0 {
		return nil
	}
	waiting := make(map[string]bool)
	for _, held := range f.open {
		for _, pkg := range held {
			waiting[pkg] = true
		}
	}
	f.packages = slices.DeleteFunc(f.packages, func(pkg string) bool {
		if !waiting[pkg] {
			packages = append(packages, pkg)
		}
		return !waiting[pkg]
	})
	return packages
}
