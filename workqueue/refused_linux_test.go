package workqueue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/supervisor"
)

// refusal says which system call the kernel refuses to a process, and how.
type refusal struct {
	call  int
	first int // only with this first argument; less than 0: with any
	errno syscall.Errno
}

var (
	_ = also("refused worker", refused(func(r refusal) (bool, error) {
		err := Serve(context.Background(), os.NewFile(3, "commands"), os.NewFile(4, "results"), handle)
		return errors.Is(err, r.errno), err
	}))
	_ = also("refused runner", refused(func(r refusal) (bool, error) {
		q, err := Start(context.Background(), Options{Command: func(int) supervisor.Options { return supervisor.Options{} }})
		return errors.Is(err, r.errno) && q == nil, err
	}))
)

const refusalEnv = "WORKQUEUE_TEST_REFUSAL"

func (r refusal) env() string {
	return fmt.Sprint(refusalEnv, "=", r.call, " ", r.first, " ", int(r.errno))
}

// refused is a mode that runs f when a call is refused to it, and tells the error and
// whether it is the kernel's.
func refused(f func(refusal) (bool, error)) func() int {
	return func() int {
		var r refusal
		var errno int
		if _, err := fmt.Sscan(os.Getenv(refusalEnv), &r.call, &r.first, &errno); err != nil {
			fmt.Fprintln(os.Stderr, "what is refused?", err)
			return 98
		}
		r.errno = syscall.Errno(errno)
		if err := r.refuse(); err != nil {
			fmt.Fprintln(os.Stderr, "refuse:", err)
			return 98
		}
		because, err := f(r)
		fmt.Fprintf(os.Stderr, "%v, because of that: %v\n", err, because)
		return 1
	}
}

// refuse has the kernel refuse the call to this process and to all its children to come.
func (r refusal) refuse() error {
	load := func(from uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: from}
	}
	unless := func(value, skip int) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: uint32(value), Jf: uint8(skip)}
	}
	end := func(how uint32) unix.SockFilter { return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: how} }
	const number, argument = 0, 16 // in struct seccomp_data
	filter := []unix.SockFilter{load(number), unless(r.call, 1)}
	if r.first >= 0 {
		filter = []unix.SockFilter{load(number), unless(r.call, 3), load(argument), unless(r.first, 1)}
	}
	filter = append(filter, end(unix.SECCOMP_RET_ERRNO|uint32(r.errno)), end(unix.SECCOMP_RET_ALLOW))
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program))) // for all threads
	if errno != 0 {
		return errno
	}
	return nil
}

// Where orphans cannot be adopted nothing runs; where the system has no such thing all
// goes on.
func TestOrphansCannotBeAdopted(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	subreaper := refusal{unix.SYS_PRCTL, unix.PR_SET_CHILD_SUBREAPER, unix.EPERM}
	const because = "become subreaper: operation not permitted, because of that: true\n"
	l := newLone(t, "refused worker", subreaper.env())
	_ = l.commands.w.Close()
	if said := l.ends(1, because); said != "serve: "+because {
		t.Errorf("the worker said %q", said)
	}
	runner := func() string {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = as("refused runner", subreaper.env())
		said, _ := cmd.CombinedOutput()
		return string(said)
	}
	if said := runner(); said != "start queue: "+because {
		t.Errorf("the Runner said %q", said)
	}
	subreaper.errno = unix.ENOTSUP
	l = newLone(t, "refused worker", subreaper.env())
	l.say(message{Op: opGo})
	l.hears(opHello)
	_ = l.commands.w.Close()
	l.ends(1, "<nil>, because of that: false")
	if said := runner(); said != "<nil>, because of that: false\n" {
		t.Errorf("the Runner said %q", said)
	}
}

// A worker that is not the leader of its group becomes that, or ends.
func TestWorkerLeadsItsGroup(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	in, out := newLife(t), newLife(t)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = as("refused worker", refusal{unix.SYS_SETPGID, -1, unix.EPERM}.env())
	cmd.ExtraFiles = []*os.File{in.r, out.w}
	if err := send(in.w, message{Op: opGo}); err != nil {
		t.Fatal(err)
	}
	_ = in.w.Close()
	if said, _ := cmd.CombinedOutput(); string(said) != "setpgid: operation not permitted, because of that: true\n" {
		t.Errorf("the worker said %q", said)
	}
	_ = out.w.Close()
	if said := everything(t, out.r); said != "" {
		t.Errorf("it has greeted: %q", said)
	}
}

// A worker that cannot end what an item has left says that this was its last result,
// and goes: its end is the end of the rest. At the end of its commands it tells, too.
func TestLifecycle04_WorkerGoesIfItCannotSweep(t *testing.T) {
	if err := supervisor.BecomeSubreaper(); err != nil {
		t.Fatal(err)
	}
	kill := refusal{unix.SYS_KILL, -1, unix.EPERM}
	leaves, obeys := newLone(t, "refused worker", kill.env()), newLone(t, "refused worker", kill.env())
	leaves.say(message{Op: opGo}, message{Op: opRun, ID: 1, Kind: "leave"})
	obeys.say(message{Op: opGo}, message{Op: opRun, ID: 1, Kind: "leave and obey"})
	obeys.hears(opHello)
	obeys.hears(opProgress)
	_ = obeys.commands.w.Close()
	leaves.hears(opHello)
	if m := leaves.hears(opResult); m.Error != "" || !m.Last {
		t.Errorf("%+v", m)
	}
	leaves.ends(1, "reap strays: ")
	if said := obeys.ends(1, "reap strays: "); !strings.HasPrefix(said, "serve: runner is gone\n") {
		t.Errorf("it said %q", said)
	}
	leaves.life.dead(t, limit)
	obeys.life.dead(t, limit)
}
