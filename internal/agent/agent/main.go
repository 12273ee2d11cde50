package agent

import "syscall"

// Suite is what a test binary offers: the names of its tests, fuzz targets and
// examples in their order, and a function that runs those with the given names
// in one call of the testing package's Run, all of them for nil, and returns
// its exit code. Hidden are tests that run only where an order names them.
type Suite struct {
	Tests  []string
	Hidden []string
	Run    func(tests []string) int
}

// greeted and stopped outlive one call of Main: a TestMain may run its tests
// again. They belong to the goroutine that calls it.
var greeted, stopped bool

// Main runs the tests that the order of this process asks for and returns the
// exit code of the last that failed, or 0. The testing package calls it for
// m.Run.
func Main(s Suite) int {
	if !first {
		return s.Run(nil)
	}
	tasks := plan(s.Tests)
	if !greeted {
		greet(s)
	}
	code := 0
	for _, t := range tasks {
		if stopped {
			code = 1
			break
		}
		if c := runTask(s, t); c != 0 {
			code = c
			stopped = current.stop
		}
	}
	sendDone(code)
	return code
}

// plan is the list of runs to do: one a test, or one with the empty name for
// all of them.
func plan(all []string) []task {
	if current.whole {
		return []task{{name: "", limit: current.last}}
	}
	if len(current.tests) > 0 {
		return current.tests
	}
	tasks := make([]task, 0, len(all))
	for _, name := range all {
		tasks = append(tasks, task{name: name, limit: current.last})
	}
	return tasks
}

// greet sends what comes before the first test, after making sure that the
// order fits this binary: a test that is not there would pass, and a mutant
// that is not there would survive.
func greet(s Suite) {
	greeted = true
	if name, ok := unknown(s); ok {
		broken("no test " + name + " in this binary")
	}
	if current.mode == mutant && !mutantKnown() {
		broken("the mutant's package " + current.path + " is not in this binary")
	}
	names := s.Tests
	if len(current.tests) > 0 {
		names = nil // whoever named them knows them
	}
	sendHello(syscall.Getpid(), names)
	if current.mode == record {
		sendInit()
	}
}

// unknown returns a test that the order names and the binary does not have.
func unknown(s Suite) (name string, ok bool) {
	wanted := make(map[string]bool, len(current.tests))
	for _, t := range current.tests {
		wanted[t.name] = true
	}
	for _, names := range [][]string{s.Tests, s.Hidden} {
		for _, name := range names {
			delete(wanted, name)
		}
	}
	for _, t := range current.tests {
		if wanted[t.name] {
			return t.name, true
		}
	}
	return "", false
}

func mutantKnown() bool {
	for _, p := range packages {
		if p.path == current.path {
			return p.has(current.number)
		}
	}
	return false
}

// runTask runs one task between its start and end frame, until it fails.
func runTask(s Suite, t task) (code int) {
	sendStart(t.name)
	before := nanotime()
	for i := 0; i < max(t.times, 1) && code == 0; i++ {
		code = t.run(s)
	}
	sendEnd(t.name, code, nanotime()-before)
	return code
}

// run runs the task once.
func (t task) run(s Suite) int {
	if current.mode != record {
		begin(t.name, t.limit)
		defer begin("", limit{})
	}
	code := s.Run(t.names())
	tellHang()
	return code
}

// names are the tests that a task stands for; nil: all of the binary's.
func (t task) names() []string {
	if t.name != "" {
		return []string{t.name}
	}
	var names []string
	for _, listed := range current.tests {
		names = append(names, listed.name)
	}
	return names
}
