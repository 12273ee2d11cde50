package plan

import (
	"slices"
	"time"
)

// Policy bounds what a plan may cost. The zero value is not valid; see Default.
type Policy struct {
	// TimeoutFactor multiplies what the tests took without a mutant.
	TimeoutFactor float64
	// TimeoutFloor is added to every wall-clock limit.
	TimeoutFloor time.Duration
	// Confirm tells when a survivor is confirmed by a whole in-order run.
	Confirm Confirm
	// IgnoreInfection runs every test that executes a mutant, even where the
	// recordings prove that the mutant made no difference.
	IgnoreInfection bool
	// Memory is what the machine has, in bytes, and Jobs how many processes share
	// it; 0 if unknown.
	Memory int64
	Jobs   int
}

// Confirm is a policy for survivors.
type Confirm string

const (
	ConfirmAuto   Confirm = "auto" // when the whole run is cheap against the selected tests, or below a second
	ConfirmAlways Confirm = "always"
	ConfirmNever  Confirm = "never"
)

// Default is the policy of a run without flags.
func Default() Policy {
	return Policy{TimeoutFactor: 10, TimeoutFloor: time.Second, Confirm: ConfirmAuto}
}

// confirmBelow is a whole run that is always cheap enough to confirm a survivor.
const confirmBelow = time.Second

// Process is one child to start for a mutant.
type Process struct {
	Package string   // whose test binary
	Tests   []string // in this order
	// Times[i] is how often Tests[i] is run at its turn, until it fails; 0 is once, and
	// nil each once.
	Times []int
	// Whole is true for all judging tests of the binary in their order.
	Whole bool
	// Control is true when a failure counts only if the same list passes without
	// a mutant.
	Control bool
	// Otherwise judges where the control fails: the list leaves out or reorders
	// what its tests depend on. It is a whole run; nil if this is one.
	Otherwise *Process
	Limits    Limits
}

// Limits bound one process.
type Limits struct {
	Wall   time.Duration // of the whole process
	Memory int64         // bytes, of the process and all its descendants
	// Processes are the process and all its descendants.
	Processes int
	// Tests bound the iterations of each test, Outside those before the first one.
	Tests   []Loop
	Outside uint64
}

// Loop bounds the iterations of the mutant's function in one test: a hang has
// done more than Ticks of them and lasted Floor, or more than Stretch of them in one
// call that lasted Floor.
type Loop struct {
	Ticks   uint64
	Stretch uint64
	Floor   time.Duration
	Wall    time.Duration // and it may not last longer than this anyway
	Idle    time.Duration // nor do nothing for so long; 0: that is within Wall
}

// Loop is the bound of one of the process's tests; the zero value if it is not
// one of them.
func (p Process) Loop(test string) Loop {
	if i := slices.Index(p.Tests, test); i >= 0 {
		return p.Limits.Tests[i]
	}
	return Loop{}
}

// Plan is what one mutant deserves.
type Plan struct {
	// Reaching are the tests that execute the mutant, as binary and name.
	Reaching []TestRef
	// Aside are tests that execute it and may not judge.
	Aside []TestRef
	// Outside is true when it runs outside of any test, in initialisation or
	// TestMain.
	Outside bool
	// Judge are the processes that can notice the mutant. None means that no test
	// executes it or, if some are Reaching, that it made no difference in any.
	Judge []Process
	// Confirm are the processes that a survivor must pass as well.
	Confirm []Process
	// Repeat are those that it must pass several times, since chance decides what the
	// mutant does in them.
	Repeat []Process
	// Single are some of their tests, each in a process that it must pass once more.
	Single []Process
}

// TestRef names a test of a binary.
type TestRef struct {
	Package string
	Test    string
}

// For plans the mutant k, which lies in the function f, over all binaries. The
// tests that are most likely to notice soonest come first: the one that did so
// last time, if killer names one, then those of the own package, then cheap ones.
func (p Policy) For(k Key, f int, killer TestRef, binaries []*Binary) Plan {
	var plan Plan
	rank := func(b *Binary) int {
		switch b.Package {
		case killer.Package:
			return 0
		case k.Package:
			return 1
		}
		return 2
	}
	binaries = slices.SortedStableFunc(slices.Values(binaries), func(a, b *Binary) int { return rank(a) - rank(b) })
	for _, b := range binaries {
		p.add(&plan, b, k, FuncKey{Package: k.Package, Func: f}, killer)
	}
	return plan
}

// add plans for one binary.
func (p Policy) add(plan *Plan, b *Binary, k Key, f FuncKey, killer TestRef) {
	for _, t := range b.aside {
		if _, ok := t.trace.Hits[k]; ok {
			plan.Aside = append(plan.Aside, TestRef{Package: b.Package, Test: t.name})
		}
	}
	if len(b.tests) == 0 {
		return // a process without a list would run what is set aside
	}
	reaching, infected, coupled := b.reaching(k, f)
	_, outside := b.outside.Hits[k]
	if len(reaching) == 0 && !outside {
		return
	}
	if p.IgnoreInfection {
		infected = reaching
	}
	for _, t := range reaching {
		plan.Reaching = append(plan.Reaching, TestRef{Package: b.Package, Test: t.name})
	}
	plan.Outside = plan.Outside || outside
	whole := p.process(b, b.tests, f)
	whole.Whole, whole.Control = true, b.Trimmed
	if batch, ok := p.batch(b, reaching, f); ok {
		plan.Repeat = append(plan.Repeat, batch)
		plan.Single = append(plan.Single, p.singly(b, batch, reaching, f)...)
	}
	if outside || coupled || b.Whole {
		plan.Judge = append(plan.Judge, whole)
		return
	}
	if len(infected) == 0 {
		return
	}
	selected := p.process(b, b.order(infected, killer), f)
	if selected.Control = len(infected) > 1; selected.Control {
		selected.Otherwise = &whole
	}
	plan.Judge = append(plan.Judge, selected)
	if b.Package == k.Package && len(infected) < len(b.tests) && p.confirms(b.Duration(), sum(infected)) {
		plan.Confirm = append(plan.Confirm, whole)
	}
}

// reaching lists the tests that execute k in f, those of them in which it may have
// made a difference, and tells whether one depends on what ran before it.
func (b *Binary) reaching(k Key, f FuncKey) (tests, infected []*test, coupled bool) {
	for _, t := range b.tests {
		if _, ok := t.trace.Hits[k]; !ok {
			continue
		}
		tests = append(tests, t)
		coupled = coupled || t.coupled
		if t.infected(k) || t.chancy[f] {
			infected = append(infected, t)
		}
	}
	return tests, infected, coupled
}

// confirms tells whether a survivor of the selected tests is confirmed by the
// whole run.
func (p Policy) confirms(whole, selected time.Duration) bool {
	switch p.Confirm {
	case ConfirmAlways:
		return true
	case ConfirmNever:
		return false
	}
	return whole < confirmBelow || whole < 2*selected
}
