package isolation

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// Rule 6: whatever is missing to start a child, the error says so and nothing is
// left behind once the root has been closed: without descriptors nothing can be
// removed either. One more is allowed each time.
func TestLifecycle6_TooFewDescriptors(t *testing.T) {
	parent := t.TempDir()
	root, err := sandbox.Open(parent)
	if err != nil {
		t.Fatal(err)
	}
	o := order(t, "pass")
	command := Command{Path: "/bin/true"}
	mustRun(t, root, o) // what is made once
	for name, start := range map[string]func() error{
		"Run": func() error {
			out, err := Run(t.Context(), root, o)
			if (err == nil) != (out.Verdict == Passed) {
				t.Errorf("%v, but %v", err, out.Verdict)
			}
			return err
		},
		"Exec": func() error {
			f, err := Exec(t.Context(), root, command)
			if err != nil && f.Wall != 0 {
				t.Errorf("%v, but %+v", err, f)
			}
			return err
		},
	} {
		fds, refused := countFDs(t)-1, 0
		for more := 0; ; more++ {
			err := withDescriptors(t, more, start)
			if now := countFDs(t) - 1; now != fds {
				t.Fatalf("%s: %d descriptors were %d", name, now, fds)
			}
			if err == nil {
				break
			}
			if !errors.Is(err, syscall.EMFILE) {
				t.Errorf("%s with %d descriptors more: %v", name, more, err)
			}
			refused++
		}
		if refused < 4 { // two pipes
			t.Errorf("%s: needed no more than %d descriptors", name, refused)
		}
	}
	if n := len(supervisor.Registry()); n > 0 {
		t.Errorf("%d children are registered", n)
	}
	if err := root.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// withDescriptors calls f where only so many more may be opened.
func withDescriptors(t *testing.T, more int, f func() error) error {
	t.Helper()
	next, err := unix.FcntlInt(os.Stdin.Fd(), unix.F_DUPFD_CLOEXEC, 0) // the lowest that is free
	if err != nil {
		t.Fatal(err)
	}
	_ = unix.Close(next)
	var held []int
	defer func() {
		for _, fd := range held {
			_ = unix.Close(fd)
		}
	}()
	var before unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	limited := before
	limited.Cur = uint64(next + more)
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limited); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Setrlimit(unix.RLIMIT_NOFILE, &before) }()
	return f()
}

// Without a session's directory there is no run.
func TestNoRoot(t *testing.T) {
	root, err := sandbox.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := root.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), root, order(t, "pass")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("run: %v", err)
	}
	if _, err := Exec(t.Context(), root, Command{Path: "/bin/true"}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("exec: %v", err)
	}
}

// A binary that somebody still writes is tried again, for about a second.
func TestBusyBinary(t *testing.T) {
	root := open(t)
	o := order(t, "pass")
	text, err := os.ReadFile(o.Binary)
	if err != nil {
		t.Fatal(err)
	}
	o.Binary = filepath.Join(o.Dir, "busy.test")
	f, err := os.OpenFile(o.Binary, os.O_CREATE|os.O_WRONLY, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(text); err != nil {
		t.Fatal(err)
	}
	before := time.Now()
	if _, err := Run(t.Context(), root, o); !errors.Is(err, syscall.ETXTBSY) {
		t.Skipf("this system starts what is being written: %v", err)
	}
	if took := time.Since(before); took < time.Second || took > 1500*time.Millisecond+limit/2 {
		t.Errorf("gave up after %v", took)
	}
	time.AfterFunc(20*time.Millisecond, func() { f.Close() })
	if out := mustRun(t, root, o); out.Verdict != Passed {
		t.Errorf("%v: %s", out.Verdict, out.Detail)
	}
}

// What a child makes of threads that a cage refused proves nothing: it runs again
// without one. A pass, with or without a refusal, is a pass.
func TestRefusedThreads(t *testing.T) {
	for behaviour, tries := range map[string]int{"many threads": 2, "helper with many threads": 1} {
		root := open(t)
		o := order(t, behaviour)
		o.Limits.Processes = 100
		alive := newLife(t)
		o.Set["ALIVE"] = alive.path
		tried := 0
		o.Greeted = func(Hello) {
			if tried++; tried == 1 { // until it has ended, so that nobody counts meanwhile
				if err := os.WriteFile(alive.path+".go", nil, 0o600); err != nil {
					t.Error(err)
				}
				alive.mustHaveEnded(t, 1)
				return
			}
			cage := root.TakeCage(o.Limits)
			if root.GiveCage(cage); cage == nil {
				t.Errorf("%s: the second try has the cage", behaviour)
			}
		}
		if out := mustRun(t, root, o); out.Verdict != Passed {
			t.Errorf("%s: %v: %s\n%.500s", behaviour, out.Verdict, out.Detail, out.Output)
		}
		if !cages(t) {
			tries = 1
		}
		if tried != tries {
			t.Errorf("%s: tried %d times, want %d", behaviour, tried, tries)
		}
	}
}

// The child is heard of once, when it says hello.
func TestGreeted(t *testing.T) {
	o := order(t, "fail")
	var heard []Hello
	o.Greeted = func(h Hello) { heard = append(heard, h) }
	out := mustRun(t, open(t), o)
	if len(heard) != 1 || heard[0].PID != out.Hello.PID || heard[0].PID == 0 || len(heard[0].Tests) != 2 {
		t.Errorf("heard %+v", heard)
	}
	// A child that never says it, and nobody who wants to hear.
	o = order(t, "exit 0 unsaid")
	o.Greeted = func(h Hello) { t.Errorf("heard %+v", h) }
	mustRun(t, open(t), o)
	o.Set["FAKE"] = "done before hello"
	mustRun(t, open(t), o)
}

// A directory that cannot be removed is told of, and touches no verdict.
func TestUncleanRun(t *testing.T) {
	root := open(t)
	o := order(t, "pass")
	scratch, err := root.Scratch("c")
	if err != nil {
		t.Fatal(err)
	}
	talk, err := prepare(&o, scratch)
	if err != nil {
		t.Fatal(err)
	}
	stuck := true
	talk.options.Release = func() error {
		if stuck {
			return errors.New("it is stuck")
		}
		return scratch.Return()
	}
	out, err := talk.run(t.Context(), &child{root: root, limits: o.Limits}, &o)
	if err != nil || out.Verdict != Passed || !strings.Contains(out.Unclean, "it is stuck") {
		t.Errorf("%v: %v, unclean: %q", err, out.Verdict, out.Unclean)
	}
	stuck = false
	if err := supervisor.RetryReleases(); err != nil {
		t.Error(err)
	}
}

// The same for any program, where this user can make such a directory.
func TestUncleanExec(t *testing.T) {
	root := open(t)
	script := `chmod 500 "$TMPDIR/../.."`
	undo := func() error { return os.Chmod(root.Dir, 0o700) }
	if os.Geteuid() == 0 { // whom no mode keeps from anything
		script = `echo "$TMPDIR"; mount -t tmpfs none "$TMPDIR"`
	}
	f, err := Exec(t.Context(), root, Command{Path: "sh", Args: []string{"-c", script}})
	if err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		undo = func() error { return unix.Unmount(strings.TrimSpace(string(f.Stdout)), 0) }
	}
	if f.Exit.Code != 0 {
		t.Skipf("no directory is safe here: %s", f.Stderr)
	}
	if f.Unclean == "" {
		t.Error("it says nothing")
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if err := supervisor.RetryReleases(); err != nil {
		t.Error(err)
	}
}

// Frames that have come to their end cost nothing any more.
func TestNoSpinning(t *testing.T) {
	events := make(chan event)
	close(events)
	c := under(t, &child{}, "exec sleep 0.4")
	before := processorTime(t)
	if _, err := c.follow(t.Context(), noEar(events)); err != nil {
		t.Fatal(err)
	}
	if used := processorTime(t) - before; used > 100*time.Millisecond {
		t.Errorf("waiting took %v of a processor", used)
	}
}

// processorTime is what this process has used so far.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A cage serves one child after the other.
func TestCageIsGivenBack(t *testing.T) {
	root := open(t)
	limits := sandbox.Limits{Processes: 10}
	for range 2 {
		cage := root.TakeCage(limits)
		if (cage != nil) != cages(t) {
			t.Error("the cage is gone")
		}
		root.GiveCage(cage)
		if f, err := Exec(t.Context(), root, Command{Path: "/bin/true", Limits: limits}); err != nil || f.Exit.Code != 0 {
			t.Errorf("%+v, %v", f, err)
		}
	}
}

// The time for which a family is held to be counted is not its own.
func TestHeldFamily(t *testing.T) {
	c := &child{free: true, limits: sandbox.Limits{Processes: 40}}
	under(t, c, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do sleep 60 & done; wait")
	before := c.deadline
	for last := time.Duration(0); c.held <= last || last == 0; {
		if time.Since(c.woken) > limit {
			t.Fatalf("held for %v, and no more in %v", c.held, limit)
		}
		last = c.held
		if next := c.sample(); next > 0 {
			time.Sleep(next)
		}
		if c.deadline.Sub(before) != c.held || c.end != c.deadline {
			t.Fatalf("held for %v, moved by %v", c.held, c.deadline.Sub(before))
		}
	}
	if since := time.Since(c.started); c.held > since {
		t.Errorf("held for %v in %v", c.held, since)
	}
	if c.step != running {
		t.Errorf("at step %d", c.step)
	}
}

// The end of the caller's context ends any program.
func TestCancelExec(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	alive := newLife(t)
	go func() {
		for { // until it says that it runs
			if n, err := alive.file.Read(make([]byte, 1)); n > 0 || err != nil && err != io.EOF {
				cancel()
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	before := time.Now()
	f, err := Exec(ctx, open(t), Command{Path: "sh", Args: []string{"-c", "echo >" + alive.path + "; exec sleep 60"}})
	if !errors.Is(err, context.Canceled) || f.Wall != 0 || time.Since(before) > limit/2 {
		t.Errorf("%v after %v: %+v", err, time.Since(before), f)
	}
}

// A program that cannot be started is an error.
func TestExecFails(t *testing.T) {
	for begin, c := range map[string]Command{"spawn ": {Path: "/bin/true", Dir: "/none"}, "run program: ": {Path: "/none"}} {
		if f, err := Exec(t.Context(), open(t), c); !errors.Is(err, os.ErrNotExist) || f.Wall != 0 || !strings.HasPrefix(err.Error(), begin) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// A child that cannot be placed is an error that says why.
func TestRunFails(t *testing.T) {
	noMutant, noBinary := order(t, "pass"), order(t, "pass")
	noMutant.Mode, noBinary.Binary = Mutant, "/none"
	for begin, o := range map[string]Order{"write order: no mutant": noMutant, "place test binary: ": noBinary} {
		if _, err := Run(t.Context(), open(t), o); err == nil || !strings.HasPrefix(err.Error(), begin) {
			t.Errorf("%v, want %s", err, begin)
		}
	}
}

// What a program sees of its environment.
func TestExecEnvironment(t *testing.T) {
	root := open(t)
	show := func(c Command) []string {
		t.Helper()
		c.Path, c.Args = "/usr/bin/env", nil
		f, err := Exec(t.Context(), root, c)
		if err != nil || f.Exit.Code != 0 {
			t.Fatalf("%+v, %v", f, err)
		}
		return strings.Split(string(f.Stdout), "\n")
	}
	t.Setenv("MINE", "1")
	dir := t.TempDir()
	for _, c := range []struct {
		command          Command
		mine, given, pwd string
	}{
		{Command{}, "1", "", os.Getenv("PWD")},
		{Command{Env: []string{"GIVEN=2"}}, "", "2", ""},
		{Command{Env: []string{"GIVEN=2"}, Dir: dir, Set: map[string]string{"GIVEN": "3"}}, "", "3", dir},
		{Command{Dir: dir, Set: map[string]string{"PWD": "/mine"}}, "1", "", "/mine"},
	} {
		env := show(c.command)
		if value(env, "MINE=") != c.mine || value(env, "GIVEN=") != c.given || value(env, "PWD=") != c.pwd {
			t.Errorf("%+v: %q", c.command, env)
		}
	}
}
