package isolation

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// Rule 12, case by case: what the child told, how it ended, what it means.
func TestLifecycle12_Table(t *testing.T) {
	passed, failed := TestRun{Test: "TestA"}, TestRun{Test: "TestB", Code: 1}
	exit := func(code int) supervisor.Exit { return supervisor.Exit{Code: code} }
	signalled := func(s syscall.Signal) supervisor.Exit { return supervisor.Exit{Code: -1, Signal: s} }
	panicked := []string{"panic: boom"}
	tornFrame := fmt.Errorf("read frame: %w", io.ErrUnexpectedEOF)
	for _, c := range []struct {
		name  string
		tests []TestRun
		done  bool
		code  int
		hang  bool
		mute  bool // not even hello
		wrong error
		exit  supervisor.Exit
		why   ending
		notes []string
		want  string
	}{
		{name: "all well", tests: []TestRun{passed}, done: true, want: "passed"},
		{name: "nothing said", want: "broken"},
		{name: "not even hello", mute: true, want: "empty"},
		{name: "not even hello, exit 1", mute: true, exit: exit(1), want: "crashed exit"},
		{name: "not done", tests: []TestRun{passed}, want: "broken"},
		{name: "done without the test", done: true, want: "broken"},
		{name: "another code", tests: []TestRun{passed}, done: true, code: 1, want: "broken"},
		{name: "failed", tests: []TestRun{passed, failed}, done: true, code: 1, exit: exit(1), want: "failed TestB"},
		{name: "failed, TestMain maps the code", tests: []TestRun{passed, failed}, done: true, code: 1, exit: exit(9), want: "failed TestB"},
		{name: "failed, then panicked", tests: []TestRun{failed}, exit: exit(2), notes: panicked, want: "failed TestB"},
		{name: "failed, then stuck", tests: []TestRun{failed}, exit: signalled(15), why: byTimeout, want: "failed TestB"},
		{name: "failed, exit 0", tests: []TestRun{passed, failed}, done: true, code: 1, want: "broken"},
		{name: "failed, killed from outside", tests: []TestRun{failed}, exit: signalled(9), want: "crashed signal again"},
		{name: "passed, exit 1", tests: []TestRun{passed}, done: true, exit: exit(1), want: "crashed exit"},
		{name: "passed, panicked after", tests: []TestRun{passed}, done: true, exit: exit(2), notes: panicked, want: "crashed panic"},
		{name: "failed, none named", tests: []TestRun{passed}, done: true, code: 1, exit: exit(1), want: "broken"},
		{name: "panic", exit: exit(2), notes: panicked, want: "crashed panic"},
		{name: "panic, core dump", exit: signalled(syscall.SIGABRT), notes: panicked, want: "crashed panic"},
		{name: "says panic, exits 1", exit: exit(1), notes: panicked, want: "crashed exit"},
		{name: "fatal", exit: exit(2), notes: []string{"fatal error: out of memory"}, want: "crashed fatal error"},
		{name: "says fatal error, exits 1", exit: exit(1), notes: []string{"fatal error: x"}, want: "crashed exit"},
		{name: "exit 2 without words", exit: exit(2), want: "crashed exit again"},
		{name: "quit from outside", exit: exit(2), notes: []string{"SIGQUIT: quit"}, want: "crashed signal again"},
		{name: "aborted from outside", exit: exit(2), notes: []string{"SIGABRT: abort"}, want: "crashed signal again"},
		{name: "says it was aborted, exits 1", exit: exit(1), notes: []string{"SIGABRT: abort"}, want: "crashed exit"},
		{name: "quit, then panicked", exit: exit(2), notes: []string{"SIGQUIT: quit", "panic: boom"}, want: "crashed panic"},
		{name: "signal", exit: signalled(9), want: "crashed signal again"},
		{name: "unknown exit", exit: exit(-1), want: "broken again"},
		{name: "hang", hang: true, exit: exit(86), want: "hang"},
		{name: "hang, killed by us", hang: true, exit: signalled(9), why: byTimeout, want: "hang"},
		{name: "hang, idle", hang: true, exit: signalled(9), why: byIdleness, want: "hang"},
		{name: "failed, then idle", tests: []TestRun{failed}, exit: signalled(9), why: byIdleness, want: "failed TestB"},
		{name: "hang, deadlock", hang: true, exit: signalled(9), why: byDeadlock, want: "hang"},
		{name: "failed, then deadlock", tests: []TestRun{failed}, exit: signalled(9), why: byDeadlock, want: "failed TestB"},
		{name: "hang, at rest", hang: true, exit: signalled(9), why: byRest, want: "hang"},
		{name: "failed, then at rest", tests: []TestRun{failed}, exit: signalled(9), why: byRest, want: "failed TestB"},
		{name: "idle", exit: signalled(9), why: byIdleness, want: "timeout"},
		{name: "hang, exit 2", hang: true, exit: exit(2), want: "broken"},
		{name: "86 without a word", exit: exit(86), want: "crashed exit"},
		{name: "87 with a word", exit: exit(87), notes: []string{agentLine + "no order"}, want: "broken"},
		{name: "a word, but not 87", exit: exit(3), notes: []string{agentLine + "no order"}, want: "crashed exit"},
		{name: "87 without a word", exit: exit(87), want: "crashed exit"},
		{name: "timeout", exit: signalled(15), why: byTimeout, want: "timeout"},
		{name: "timeout, but it exits with 0 on TERM", why: byTimeout, want: "timeout"},
		{name: "timeout after all passed", tests: []TestRun{passed}, done: true, exit: signalled(15), why: byTimeout, want: "timeout"},
		{name: "memory", exit: signalled(9), why: byMemory, want: "crashed memory"},
		{name: "processes", exit: signalled(9), why: byProcesses, want: "crashed processes"},
		{name: "foreign frame", wrong: errors.New("x"), exit: signalled(9), why: byFault, want: "broken"},
		{name: "foreign frame, then out of time", wrong: errors.New("x"), exit: signalled(9), why: byTimeout, want: "broken"},
		{name: "foreign frame and a failure", tests: []TestRun{failed}, wrong: errors.New("x"), exit: exit(1), why: byFault, want: "broken"},
		{name: "torn frame", tests: []TestRun{passed}, wrong: tornFrame, want: "broken"},
		{name: "torn frame and a failure", tests: []TestRun{failed}, wrong: tornFrame, exit: exit(1), want: "broken"},
		{name: "torn, and ended for it", wrong: tornFrame, exit: signalled(9), why: byFault, want: "broken"},
		{name: "torn by our deadline", wrong: tornFrame, exit: signalled(15), why: byTimeout, want: "timeout"},
		{name: "torn by our memory bound", wrong: tornFrame, exit: signalled(9), why: byMemory, want: "crashed memory"},
	} {
		out := Outcome{Hello: Hello{Tests: []string{"TestA"}}, Tests: c.tests, Done: c.done, Code: c.code, Exit: c.exit}
		s := story{out: &out, greeted: !c.mute}
		if c.hang {
			s.hang = &message{Kind: "hang", Test: "TestA", Ticks: 5}
		}
		if c.wrong != nil {
			s.take(event{err: c.wrong})
		}
		judge(&Order{}, &s, c.why, c.notes)
		got := out.Verdict.String()
		for _, word := range []string{out.Cause, map[bool]string{true: "again"}[out.Again]} {
			if word != "" {
				got += " " + word
			}
		}
		if out.Verdict == Failed {
			got += " " + out.Test
		}
		if got != c.want || strings.Contains(out.Detail, "%!") {
			t.Errorf("%s: %s, want %s (%s)", c.name, got, c.want, out.Detail)
		}
	}
}

// What is said about a verdict, with its numbers.
func TestDetails(t *testing.T) {
	o := &Order{Limits: sandbox.Limits{Memory: 64 << 20, Processes: 20, Wall: 3 * time.Second}}
	o.Tests, o.Loops = []string{"TestA", "TestB"}, []Loop{{Idle: time.Second}, {Idle: 2 * time.Second}}
	for _, c := range []struct {
		why   ending
		out   Outcome
		hang  *message
		notes []string
		want  string
	}{
		{why: byMemory, out: Outcome{Peak: sandbox.Usage{Memory: 96 << 20}}, want: "used 96 MiB, bound 64 MiB"},
		{why: byProcesses, out: Outcome{Peak: sandbox.Usage{Processes: 21}}, want: "21 processes, bound 20"},
		{why: byTimeout, want: "not finished after 3s"},
		{why: byIdleness, out: Outcome{Test: "TestB"}, want: "nothing done for 2s"},
		{why: byTimeout, hang: &message{Test: "TestA", Ticks: 5}, want: "5 iterations"},
		{why: byTimeout, hang: &message{Test: "TestA", Ticks: 5, Once: 1}, want: "5 iterations in one call"},
		{hang: &message{}, out: Outcome{Exit: supervisor.Exit{Code: 3}}, want: "a hang, but exit status 3"},
		{out: Outcome{Exit: supervisor.Exit{Code: 3}}, want: "exit status 3"},
		{out: Outcome{Exit: supervisor.Exit{Code: 2}}, notes: []string{"other", "panic: a", "panic: b"}, want: "panic: a"},
		{out: Outcome{Exit: supervisor.Exit{Code: 2}}, notes: []string{"fatal error: a"}, want: "fatal error: a"},
		{out: Outcome{Exit: supervisor.Exit{Code: 2}}, notes: []string{"SIGQUIT: quit"}, want: "SIGQUIT: quit"},
		{out: Outcome{Exit: supervisor.Exit{Code: 87}}, notes: []string{agentLine + "no order"}, want: "evilution agent: no order"},
		{out: Outcome{Exit: supervisor.Exit{Code: -1}}, want: "its exit is not known"},
		{out: Outcome{Exit: supervisor.Exit{Code: 1}, Done: true, Code: 4}, want: "said to exit with 4, but no test failed"},
		{out: Outcome{Done: true, Code: 4}, want: "said to exit with 4, but exit status 0"},
		{out: Outcome{}, want: "exit status 0 before the end of the tests"},
	} {
		judge(o, &story{out: &c.out, greeted: true, hang: c.hang}, c.why, c.notes)
		if c.out.Detail != c.want {
			t.Errorf("%q, want %q", c.out.Detail, c.want)
		}
	}
}

// A hang says where it is.
func TestHangPlace(t *testing.T) {
	for call, want := range map[int]bool{0: false, 1: true} {
		out := Outcome{Exit: supervisor.Exit{Code: exitHang}}
		hang := &message{Test: "TestA", File: "a.go", Line: 3}
		if want {
			hang.Call = 1
		}
		judge(&Order{}, &story{out: &out, greeted: true, hang: hang}, "", nil)
		if want := (LoopPlace{File: "a.go", Line: 3, Call: want}); out.Loop != want || out.Test != "TestA" {
			t.Errorf("call %d: %+v in %q, want %+v", call, out.Loop, out.Test, want)
		}
	}
}
