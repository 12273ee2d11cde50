package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// parentVariable makes this test binary the parent of a contained sleeper.
const parentVariable = "SELF_TEST_PARENT"

func TestMain(m *testing.M) {
	if argv, ok := asked(os.Args); ok {
		os.Exit(begin(argv))
	}
	if _, ok := os.LookupEnv(parentVariable); ok {
		holdSleeper()
		return
	}
	os.Exit(m.Run())
}

func mustBox(t *testing.T) box {
	t.Helper()
	b, err := newBox()
	if err != nil {
		t.Skipf("no PID namespace can be had here: %v", err)
	}
	return b
}

func TestContainedSeeOnlyEachOther(t *testing.T) {
	b := mustBox(t)
	var out bytes.Buffer
	cmd := exec.Command("/bin/sh", "-c", "cd /proc; echo [0-9]*; exit 7")
	cmd.Stdout = &out
	if err := b.contain(cmd); cmd.ProcessState.ExitCode() != 7 {
		t.Fatalf("ended with %v, want exit code 7", err)
	}
	if pids := strings.Fields(out.String()); len(pids) != 2 || pids[0] != "1" {
		t.Errorf("it sees the processes %v, want process 1 and itself", pids)
	}
}

// What it leaves behind dies when it has ended, in a session of its own or not.
func TestContainedLeaveNothingBehind(t *testing.T) {
	b := mustBox(t)
	r, w := pipe(t)
	cmd := exec.Command("/bin/sh", "-c", "setsid sleep 60 & sleep 60 & exit 0")
	cmd.Stdout = w
	if err := b.contain(cmd); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	allGone(t, r)
}

func TestContainedDieWithTheParent(t *testing.T) {
	mustBox(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r, w := pipe(t)
	parent := exec.Command(self)
	parent.Env = append(os.Environ(), parentVariable+"=1")
	parent.Stdout = w
	parent.Stderr = os.Stderr
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	_ = r.SetReadDeadline(time.Now().Add(10 * time.Second))
	line, err := bufio.NewReader(r).ReadString('\n')
	if line != "up\n" {
		t.Errorf("the sleeper says %q, %v", line, err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	allGone(t, r)
}

// holdSleeper contains a process that says that it is up.
func holdSleeper() {
	b, err := newBox()
	if err != nil {
		panic(err)
	}
	cmd := exec.Command("/bin/sh", "-c", "echo up; sleep 60")
	cmd.Stdout = os.Stdout
	_ = b.contain(cmd)
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// allGone waits until nobody has the other end of r any more.
func allGone(t *testing.T, r *os.File) {
	t.Helper()
	_ = r.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Errorf("somebody is alive: %v", err)
	}
}
