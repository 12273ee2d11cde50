package isolation

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/supervisor"
)

// This test binary is also the child of its tests: with FAKE in its environment
// it behaves as the word says, well or badly, through a small agent of its own. It
// is started through a script, which gives our variables other names: where this
// binary is instrumented itself, the real agent in it would take them.
const script = `#!/bin/sh
export FAKE_PIPE="$EVILUTION_PIPE" FAKE_TOKEN="$EVILUTION_TOKEN" FAKE_ORDER="$EVILUTION_ORDER"
unset EVILUTION_PIPE EVILUTION_TOKEN EVILUTION_ORDER
exec '%s' "$@"
`

func TestMain(m *testing.M) {
	if name := os.Getenv("FAKE"); name != "" {
		behaviour, ok := behaviours[name]
		if !ok {
			fmt.Println("no behaviour", name)
			os.Exit(120)
		}
		behaviour(connect())
		os.Exit(0)
	}
	if err := supervisor.BecomeSubreaper(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if err := share(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(shared)
	os.Exit(code)
}

// shared is a directory for what several tests use.
var shared string

// share makes it, with the script that starts the fake.
func share() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if shared, err = os.MkdirTemp("", "isolation"); err != nil {
		return err
	}
	fake := filepath.Join(shared, "fake.test")
	if err := os.Setenv("FAKE_BINARY", fake); err != nil { // for the example
		return err
	}
	return os.WriteFile(fake, fmt.Appendf(nil, script, self), 0o700)
}

// fake is the child's side of the protocol.
type fake struct {
	pipe  *os.File
	token string
}

func connect() *fake {
	fd, err := strconv.Atoi(os.Getenv("FAKE_PIPE"))
	if err != nil {
		return &fake{} // a child of the child
	}
	unix.CloseOnExec(fd)
	f := &fake{os.NewFile(uintptr(fd), "pipe"), os.Getenv("FAKE_TOKEN")}
	os.Unsetenv("FAKE_PIPE")
	os.Unsetenv("FAKE_TOKEN")
	return f
}

func (f *fake) send(kind string, fields map[string]any) {
	f.write(f.encode(kind, fields))
}

func (f *fake) encode(kind string, fields map[string]any) []byte {
	m := map[string]any{"token": f.token, "kind": kind}
	for k, v := range fields {
		m[k] = v
	}
	var b strings.Builder
	if err := frame.Write(&b, m); err != nil {
		panic(err)
	}
	return []byte(b.String())
}

func (f *fake) write(b []byte) {
	if _, err := f.pipe.Write(b); err != nil {
		fmt.Println("write:", err)
		os.Exit(121)
	}
}

func (f *fake) hello(tests ...string) {
	f.send("hello", map[string]any{"pid": os.Getpid(), "tests": tests, "packages": []Package{{"example.com/p", 3, 7}}})
}

// begin tells that the only test is running now.
func (f *fake) begin() {
	f.hello("TestA")
	f.start("TestA")
}

func (f *fake) start(test string) { f.send("start", map[string]any{"test": test}) }

func (f *fake) end(test string, code int) {
	f.send("end", map[string]any{"test": test, "code": code, "us": 1500})
}

func (f *fake) done(code int) { f.send("done", map[string]any{"code": code}) }

// pass is what a good child does.
func (f *fake) pass() {
	f.hello("TestA", "TestB")
	for _, t := range []string{"TestA", "TestB"} {
		f.start(t)
		f.end(t, 0)
	}
	f.done(0)
}

// itself is this binary.
func itself() string {
	self, err := os.Executable()
	if err != nil {
		os.Exit(122)
	}
	return self
}

// threads makes n threads, which all exist at the same time.
func threads(n int) {
	var all sync.WaitGroup
	all.Add(n)
	for range n {
		go func() {
			runtime.LockOSThread()
			all.Done()
			all.Wait()
		}()
	}
	all.Wait()
}

// again starts this binary once more, as the behaviour named, in a session of
// its own if asked.
func again(name string, setsid bool) {
	cmd := exec.Command(itself())
	cmd.Env = append(os.Environ(), "FAKE="+name)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: setsid}
	if err := cmd.Start(); err != nil {
		fmt.Println(err)
		os.Exit(122)
	}
}

// alive opens the pipe that tells the test who still lives, and says so. It is
// closed by the end of this process and by nothing else.
func alive() {
	fd, err := unix.Open(os.Getenv("ALIVE"), unix.O_WRONLY, 0)
	if err != nil {
		fmt.Println("alive:", err)
		os.Exit(123)
	}
	_, _ = unix.Write(fd, []byte{'+'})
	count, err := unix.Open(os.Getenv("ALIVE")+".count", unix.O_WRONLY|unix.O_CREAT|unix.O_APPEND, 0o600)
	if err != nil {
		fmt.Println("alive:", err)
		os.Exit(123)
	}
	_, _ = unix.Write(count, []byte{'+'})
	_ = unix.Close(count)
}

// deaf makes this process one that does not obey.
func deaf() { signal.Ignore(syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT) }

// forever is a process that neither ends nor listens.
func forever(*fake) {
	deaf()
	alive()
	await()
}

// await waits for what might come from outside, as far as anybody can tell.
func await() {
	r, w, err := os.Pipe()
	if err == nil {
		_, _ = r.Read(make([]byte, 1))
	}
	runtime.KeepAlive(w)
}

// hoard keeps what a bomb allocates.
var hoard [][]byte

// unmade returns a map that cannot be written to.
func unmade() map[string]int { return nil }

// held waits until somebody has opened the alive pipe n times, so that the
// child does not end before its children run.
func (f *fake) held(n int) {
	for try := 0; try < 2000; try++ {
		if got, err := os.ReadFile(os.Getenv("ALIVE") + ".count"); err == nil && len(got) >= n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	os.Exit(124)
}

// released waits until the test lets it go on.
func (f *fake) released() {
	for try := 0; try < 20_000; try++ {
		if _, err := os.Stat(os.Getenv("ALIVE") + ".go"); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
	os.Exit(125)
}

// mostForks is where a bomb stops by itself. A bomb that is not stopped takes
// the whole machine, so it must not depend on what is being tested.
const mostForks = 600

// bomb starts processes that do the same, as fast as it can. Before each a byte
// goes to the file COUNT; when there are mostForks no more are started, and
// every process ends by itself after a minute.
func bomb(name string, setsid bool) {
	time.AfterFunc(time.Minute, func() { os.Exit(0) })
	fd, err := unix.Open(os.Getenv("COUNT"), unix.O_WRONLY|unix.O_APPEND, 0)
	if err != nil {
		return // the test is over
	}
	for {
		var st unix.Stat_t
		_, err := unix.Write(fd, []byte{'+'})
		if err != nil || unix.Fstat(fd, &st) != nil || st.Size >= mostForks || st.Nlink == 0 {
			time.Sleep(time.Hour)
		}
		again(name, setsid)
	}
}
