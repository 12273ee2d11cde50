package job

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// Verdict is what one mutant's children said.
type Verdict struct {
	Status mutant.Status
	Cause  string
	Reason string
	// KilledBy and Ran name tests as plan.TestRef does.
	KilledBy *plan.TestRef
	Ran      []plan.TestRef
	// List is the deciding process when there was one: its tests up to the killer.
	List *plan.Process
	// Unsteady is a test that failed in the same list without the mutant, too.
	Unsteady *plan.TestRef
	// Loop is what went round and round, if that is known.
	Loop isolation.LoopPlace
	// Start is what the deciding process took beside its tests; 0 if that is unknown.
	Start    time.Duration
	Output   []byte
	Duration time.Duration
	votes    int // detections less passes, where chance has a part in them
	// Suspect asks for the same job once more with nothing else running: the wall
	// clock is believed only then.
	Suspect bool
	// Idle tells that a suspect used next to no processor time: it waits for
	// something, and no lack of time explains that.
	Idle bool
}

// idle is the part of its time that a process uses at most that does nothing.
const idle = 0.05

// decide sets the verdict that an outcome means.
func (v *Verdict) decide(p plan.Process, out isolation.Outcome) {
	switch out.Verdict {
	case isolation.Passed:
		return
	case isolation.Empty:
		v.Reason = "the process ends with " + out.Detail + ", which go test takes for a pass"
		return
	case isolation.Failed:
		v.Status, v.Cause, v.Start = mutant.Killed, "test", out.Beside()
		v.Reason = fmt.Sprintf("%s failed", out.Test)
	case isolation.Crashed:
		v.Status, v.Cause = mutant.Killed, out.Cause
		v.Reason = sentence(out)
	case isolation.Hang:
		v.Status, v.Cause, v.Reason, v.Loop = mutant.Timeout, "iterations", sentence(out), out.Loop
	case isolation.Timeout:
		v.Status, v.Cause, v.Reason, v.Suspect = mutant.Timeout, cmp.Or(out.Cause, "wall clock"), sentence(out), !out.Certain
		v.Idle = out.Exit.CPU.Seconds() < idle*out.Wall.Seconds()
	default:
		v.Status, v.Reason = mutant.Error, out.Detail
	}
	v.Output = out.Output
	if out.Test != "" {
		v.KilledBy = &plan.TestRef{Package: p.Package, Test: out.Test}
	}
	list := p
	list.Tests = upTo(p.Tests, out.Test)
	v.List = &list
}

// sentence says where a crash or a hang happened.
func sentence(out isolation.Outcome) string {
	if out.Test == "" {
		return out.Detail
	}
	return fmt.Sprintf("%s in %s", out.Detail, out.Test)
}

// note remembers which tests ran, the one that was running at the end included.
func (v *Verdict) note(p plan.Process, out isolation.Outcome) {
	add := func(test string) {
		ref := plan.TestRef{Package: p.Package, Test: test}
		if test != "" && !slices.Contains(v.Ran, ref) {
			v.Ran = append(v.Ran, ref)
		}
	}
	for _, t := range out.Tests {
		add(t.Test)
	}
	add(out.Test)
}
