package chaos

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"
	"time"
)

// then is what follows a STOP.
type then string

const (
	nothing then = ""
	goOn    then = "continued"       // CONT, after a while
	strike  then = "the Runner gets" // a signal, after a while
	forGood then = "never to go on by us"
)

// attack is what one round does.
type attack struct {
	victim role
	signal syscall.Signal
	then   then
	second syscall.Signal // to the Runner
}

func (a attack) String() string {
	s := fmt.Sprintf("%v to %s", name(a.signal), a.victim)
	switch a.then {
	case nothing:
	case strike:
		s += fmt.Sprintf(", then %v to runner", name(a.second))
	default:
		s += ", " + string(a.then)
	}
	return s
}

// toRunner is the signal that the Runner gets, 0 if none.
func (a attack) toRunner() syscall.Signal {
	if a.victim == runner {
		return a.signal
	}
	return a.second
}

// harmless tells whether the verdicts have to equal those of a run in peace.
func (a attack) harmless() bool {
	return a.toRunner() == 0 && (a.victim == worker || a.victim == mutant)
}

// latest is the part of a run in peace by which the attack has to begin: while
// there is such a victim.
func (a attack) latest() float64 {
	if a.victim == otherChild {
		return 0.2
	}
	return 0.7
}

var deadly = []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT}

func name(sig syscall.Signal) string {
	return map[syscall.Signal]string{
		syscall.SIGKILL: "KILL", syscall.SIGTERM: "TERM", syscall.SIGINT: "INT", syscall.SIGHUP: "HUP", syscall.SIGQUIT: "QUIT", syscall.SIGSTOP: "STOP",
	}[sig]
}

// deckSize is how many rounds show everything once.
const deckSize = 20

// deck is the attacks of deckSize rounds, in random order: every signal to the
// Runner, a worker and a mutant's child, and the others.
func deck(rng *rand.Rand) []attack {
	any := func() syscall.Signal { return deadly[rng.IntN(len(deadly))] }
	list := []attack{
		{victim: otherChild, signal: any()},
		{victim: grandchild, signal: any()},
		{victim: mutant, signal: syscall.SIGSTOP, then: forGood},
		{victim: worker, signal: syscall.SIGSTOP, then: goOn},
		{victim: worker, signal: syscall.SIGSTOP, then: strike, second: any()},
	}
	for _, sig := range deadly {
		for _, who := range []role{runner, worker, mutant} {
			list = append(list, attack{victim: who, signal: sig})
		}
	}
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// launch carries the attack out, at the moment after the run's begin when it is
// time, as soon as there is such a victim. It says what it hit, "" for nothing.
func (a attack) launch(t *testing.T, r *run, rng *rand.Rand, moment time.Duration) string {
	t.Helper()
	pause := time.Duration(100+rng.IntN(1400)) * time.Millisecond
	time.Sleep(moment)
	for !r.over() {
		members := r.tree.members()
		p, ok := choose(members, a.victim, rng)
		// A busy machine may take a second to start the Runner: before it has a worker
		// it may not even hear signals yet. (The process that it makes before, to see
		// which signals are ignored, is none.)
		if a.victim == runner && !slices.ContainsFunc(members, serves) {
			ok = false
		}
		if !ok || !p.signal(a.signal) {
			time.Sleep(2 * time.Millisecond)
			continue
		}
		hit := fmt.Sprintf("%s %d after %v", p.role, p.pid, time.Since(r.began).Round(time.Millisecond))
		switch a.then {
		case goOn:
			time.Sleep(pause)
			p.signal(syscall.SIGCONT)
			hit += fmt.Sprintf(", continued after %v", pause)
		case strike:
			time.Sleep(pause)
			if q, ok := choose(r.tree.members(), runner, rng); ok {
				q.signal(a.second)
			}
			hit += fmt.Sprintf(", the Runner after %v more", pause)
		}
		return hit
	}
	return ""
}

// choose picks one of the living members of a role.
func choose(members []process, who role, rng *rand.Rand) (process, bool) {
	var list []process
	for _, p := range members {
		if p.role == who && p.state != 'Z' {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return process{}, false
	}
	return list[rng.IntN(len(list))], true
}
