package isolation

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/evilution-go/evilution-go/sandbox"
)

// Exit codes by which the agent ends its process.
const (
	exitHang   = 86 // after a hang frame
	exitBroken = 87 // it cannot carry out the order, or report; stderr says why
)

// agentLine begins what the agent prints when it gives up.
const agentLine = "evilution agent: "

// crashLines begin what the Go runtime prints when it gives up, with exit code
// 2. Each is noted wherever it stands in the output: fatal errors print all
// goroutines, which may be far more than any buffer keeps.
var crashLines = []string{"panic: ", "fatal error: ", quitLine, abortLine, agentLine}

// What the Go runtime prints, before it exits with code 2 too, when a signal that
// nobody in the process has sent by a fault ends it.
const (
	quitLine  = "SIGQUIT: "
	abortLine = "SIGABRT: "
)

// judge brings together why we ended the child (if we did), how it exited, and
// what it told; notes are lines of its output. It sets Verdict, Cause, Test,
// Detail and Again.
//
// What came first decides: that we ended it, then whether its story can be
// believed at all, then how it ended. A verdict needs both sides to agree;
// whatever the table does not name is Broken.
func judge(o *Order, s *story, why ending, notes []string) {
	out := s.out
	if s.wrong != nil && !(s.cut && why != "" && why != byFault) {
		out.broken("%v", s.wrong)
		return
	}
	failed, hasFailed := s.failed()
	switch {
	case why == byMemory:
		out.crashed(CauseMemory, "used %d MiB, bound %d MiB", out.Peak.Memory>>20, o.Limits.Memory>>20)
	case why == byProcesses:
		out.crashed(CauseProcesses, "%d processes, bound %d", out.Peak.Processes, o.Limits.Processes)
	case s.hang != nil && (out.Exit.Code == exitHang || why.overTime()):
		out.Verdict, out.Test = Hang, s.hang.Test
		out.Detail = fmt.Sprintf("%d iterations", s.hang.Ticks)
		if s.hang.Once != 0 {
			out.Detail += " in one call"
		}
		out.Loop = LoopPlace{File: s.hang.File, Line: s.hang.Line, Call: s.hang.Call != 0}
	case s.hang != nil:
		out.broken("a hang, but %v", out.Exit)
	case why.overTime() && hasFailed:
		out.fail(failed)
	case why == byDeadlock:
		out.Verdict, out.Cause, out.Certain, out.Again = Timeout, CauseDeadlock, true, true
		out.Detail = "its threads wait for each other"
	case why == byRest:
		out.Verdict, out.Certain, out.Again = Timeout, true, true
		out.Detail = fmt.Sprintf("nothing can wake it within %v", o.Limits.Wall)
	case why == byIdleness:
		out.Verdict = Timeout
		out.Detail = fmt.Sprintf("nothing done for %v", o.loop(out.Test).Idle)
	case why == byTimeout:
		out.Verdict = Timeout
		out.Detail = fmt.Sprintf("not finished after %v", o.Limits.Wall)
	case out.Exit.Code == 0:
		judgePass(o, s)
	case out.Exit.Code == exitBroken && note(notes, agentLine) != "":
		out.broken("%s", note(notes, agentLine))
	case out.Exit.Code > 0 && hasFailed:
		out.fail(failed)
	default:
		judgeCrash(s, notes)
	}
}

// judgePass is about exit code 0.
func judgePass(o *Order, s *story) {
	missing, isMissing := s.missing(o)
	failed, hasFailed := s.failed()
	switch {
	case !s.greeted:
		s.out.Verdict, s.out.Detail = Empty, "exit status 0 before any test ran"
	case !s.out.Done:
		s.out.broken("exit status 0 before the end of the tests")
	case hasFailed:
		s.out.broken("%s failed, but exit status 0 (does TestMain drop the code of m.Run?)", failed)
	case s.out.Code != 0:
		s.out.broken("said to exit with %d, but exit status 0", s.out.Code)
	case isMissing:
		s.out.broken("%s did not run", missing)
	default:
		s.out.Verdict = Passed
	}
}

// judgeCrash is about every other end without a failed test.
func judgeCrash(s *story, notes []string) {
	out := s.out
	reported := out.Exit.Code == 2 || out.Exit.Signal != 0 // GOTRACEBACK=crash ends by a signal
	panicked, fatal := note(notes, "panic: "), note(notes, "fatal error: ")
	signalled := cmp.Or(note(notes, quitLine), note(notes, abortLine))
	switch {
	case reported && panicked != "":
		out.crashed(CausePanic, "%s", panicked)
	case reported && fatal != "":
		out.crashed(CauseFatal, "%s", fatal)
	case reported && signalled != "":
		out.crashed(CauseSignal, "%s", signalled)
		out.Again = true
	case out.Exit.Signal != 0:
		out.crashed(CauseSignal, "%v", out.Exit)
		out.Again = true
	case out.Exit.Code < 0:
		out.broken("its exit is not known")
		out.Again = true
	case out.Done && out.Code != 0:
		out.broken("said to exit with %d, but no test failed", out.Code)
	default:
		out.crashed(CauseExit, "%v", out.Exit)
		// What the runtime says of a signal may be lost in what the tests print.
		out.Again = out.Exit.Code == 2
	}
}

// note returns the first of lines that begins with prefix.
func note(lines []string, prefix string) string {
	for _, l := range lines {
		if strings.HasPrefix(l, prefix) {
			return l
		}
	}
	return ""
}

func (out *Outcome) broken(format string, args ...any) {
	out.Verdict, out.Detail = Broken, fmt.Sprintf(format, args...)
}

func (out *Outcome) crashed(cause, format string, args ...any) {
	out.Verdict, out.Cause, out.Detail = Crashed, cause, fmt.Sprintf(format, args...)
}

func (out *Outcome) fail(test string) { out.Verdict, out.Test = Failed, test }

// ending says why we ended a child; "" if it ended by itself.
type ending string

const (
	byTimeout   ending = "timeout"
	byIdleness  ending = "idleness"
	byDeadlock  ending = "deadlock"
	byRest      ending = "rest"
	byMemory           = ending(sandbox.Memory)
	byProcesses        = ending(sandbox.Processes)
	byCancel    ending = "cancel"
	byFault     ending = "fault" // its frames are wrong
)

// overTime tells whether we ended it because it would not come to an end.
func (e ending) overTime() bool {
	switch e {
	case byTimeout, byIdleness, byDeadlock, byRest:
		return true
	}
	return false
}
