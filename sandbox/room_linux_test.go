package sandbox

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// walled opens a room, in a session of its own. Where this user may have none there is
// nothing to test.
func walled(t testing.TB, w Walls) *Room {
	t.Helper()
	if err := Allowed(w); err != nil {
		t.Skipf("this machine lets this user have no such room: %v", err)
	}
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r, err := root.Room(w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// born starts a shell in the room, in dir, and returns its pid and what it prints.
func born(t testing.TB, r *Room, c *Cage, dir, script string) (pid int, said *os.File) {
	t.Helper()
	said, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	attr := &syscall.ProcAttr{
		Dir: dir, Env: os.Environ(), Files: []uintptr{null.Fd(), out.Fd(), out.Fd()},
		Sys: &syscall.SysProcAttr{Setpgid: true},
	}
	pid, err = r.Forker(c)(attr.Sys, func() (int, error) {
		return syscall.ForkExec("/bin/sh", []string{"sh", "-c", script}, attr)
	})
	if err != nil {
		t.Fatal(err)
	}
	return pid, said
}

// says is what a shell in the room prints until it ends.
func says(t testing.TB, r *Room, dir, script string) string {
	t.Helper()
	pid, said := born(t, r, nil, dir, script)
	defer said.Close()
	text, err := io.ReadAll(said)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := syscall.Wait4(pid, nil, 0, nil); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The kernel would take the commas and colons of a path for its own.
const awkward = `a,b:c\d "e"`

func TestOverlayIsSeenAtItsOwnPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), awkward)
	write(t, dir, "a", "old", "sub/b", "old", "sub/deep/c", "old")
	before, err := Fingerprint(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := walled(t, Walls{Overlay: dir})
	here := "pwd; find . | sort; cat a sub/b; stat -c '%a %Y' . sub a"
	first := says(t, r, dir, here)
	if !strings.Contains(first, dir+"\n") || !strings.Contains(first, "oldold") {
		t.Fatalf("in the room: %s", first)
	}
	for _, script := range []string{
		"echo new >a", "echo x >new; rm new", "echo x >$PWD/sub/new", "rm -r sub", "rm -r sub; mkdir sub; echo x >sub/z",
		"chmod 700 .", "mv a z", "mkdir -p p/q; touch p/q/r; rm -r p", "touch -d @1 . sub", "ln -sf /nowhere a",
	} {
		if says(t, r, dir, script+" || echo failed") != "" {
			t.Errorf("%s does not work in there", script)
		}
		if changed, err := before.Changed(); err != nil || len(changed) > 0 {
			t.Fatalf("%s has changed %v, %v", script, changed, err)
		}
		if err := r.Reset(); err != nil {
			t.Fatalf("after %s: %v", script, err)
		}
		if again := says(t, r, dir, here); again != first {
			t.Errorf("after %s: %s\nat first: %s", script, again, first)
		}
	}
}

// What has escaped from a child keeps its overlay, and the next child has another one.
func TestOverlayInSpiteOfAStray(t *testing.T) {
	dir := t.TempDir()
	r := walled(t, Walls{Overlay: dir})
	pid, said := born(t, r, nil, dir, "echo x >mine; echo up; exec sleep 60")
	if line, err := bufio.NewReader(said).ReadString('\n'); line != "up\n" {
		t.Fatal(line, err)
	}
	if err := r.Reset(); err != nil {
		t.Fatal(err)
	}
	if left := says(t, r, dir, "ls -A"); left != "" {
		t.Errorf("the next child sees %s", left)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	_, _ = syscall.Wait4(pid, nil, 0, nil)
	if left, err := list(dir); err != nil || len(left) > 0 {
		t.Errorf("left in the user's directory: %v, %v", left, err)
	}
}

// Where the scratch directory is on an overlay, as in many containers, the upper layer
// cannot be in it.
func TestOverlayWithoutADiskForIt(t *testing.T) {
	base := t.TempDir()
	outer := walled(t, Walls{Overlay: base})
	dir := filepath.Join(t.TempDir(), "m")
	write(t, dir, "a", "old")
	err := outer.Do(func() error {
		var l layer
		if err := os.Mkdir(base+"/scratch", 0o700); err != nil {
			return err
		}
		if err := l.mount(dir, base+"/scratch"); err != nil {
			return err
		}
		for range 2 {
			if err := os.WriteFile(dir+"/b", nil, 0o600); err != nil {
				return err
			}
			if err := l.reset(); err != nil {
				return err
			}
			if left, err := list(dir); err != nil || fmt.Sprint(left) != "[a]" {
				return fmt.Errorf("left: %v, %v", left, err)
			}
		}
		return l.unmount()
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRoomsHaveTheirOwnNetwork(t *testing.T) {
	outside, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer outside.Close()
	// What Go's net does may run on any thread, so by hand.
	_, port, _ := net.SplitHostPort(outside.Addr().String())
	var number int
	_, _ = fmt.Sscan(port, &number)
	self := &unix.SockaddrInet4{Port: number, Addr: [4]byte{127, 0, 0, 1}}
	for range 2 {
		r := walled(t, Walls{Net: true})
		err := r.Do(func() error {
			l, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
			if err != nil {
				return err
			}
			t.Cleanup(func() { _ = unix.Close(l) }) // the two are open at the same time
			c, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
			if err != nil {
				return err
			}
			defer unix.Close(c)
			if err := unix.Connect(c, self); err != unix.ECONNREFUSED {
				return fmt.Errorf("connect to the outside: %v", err)
			}
			if err := unix.Bind(l, self); err != nil {
				return err
			}
			if err := unix.Listen(l, 1); err != nil {
				return err
			}
			return unix.Connect(c, self)
		})
		if err != nil {
			t.Error(err)
		}
		if routes := says(t, r, "/", "cat /proc/self/net/route | tail -n +2"); routes != "" {
			t.Errorf("there is a way out: %s", routes)
		}
	}
}

// A child is born in the room and in the cage at the same time, and the process itself
// is in neither.
func TestRoomWithACage(t *testing.T) {
	dir := t.TempDir()
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := walled(t, Walls{Overlay: dir})
	cage := root.TakeCage(Limits{Processes: 256})
	if cage == nil {
		t.Skip("this machine lets this user have no control group that bounds processes")
	}
	for _, c := range []*Cage{cage, nil, cage} {
		pid, said := born(t, r, c, dir, "cat /proc/self/cgroup; echo x >caught")
		text, _ := io.ReadAll(said)
		_, _ = syscall.Wait4(pid, nil, 0, nil)
		if in := strings.Contains(string(text), filepath.Base(cage.dir)); in != (c != nil) {
			t.Errorf("in the cage: %v, want %v\n%s", in, c != nil, text)
		}
		if _, err := os.Stat(dir + "/caught"); err == nil {
			t.Fatal("not born in the room")
		}
	}
	if err := r.Reset(); err != nil {
		t.Error(err)
	}
	_ = r.Do(func() error { // else the group could not be removed before the room is closed
		r.join("")
		return nil
	})
	root.GiveCage(cage)
	if err := root.Close(); err != nil {
		t.Error(err)
	}
}

// Rules 26 and 27: nothing is mounted for anybody else, even where all mounts are
// shared, and when everything was killed the namespaces are gone and so are the mounts.
func TestLifecycle26_27_NamespacesEndWithTheirProcesses(t *testing.T) {
	walled(t, Walls{Overlay: t.TempDir(), Net: true}) // or skip
	dir, parent := t.TempDir(), t.TempDir()
	before := mounts(t)
	cmd := helper(t, "share mounts and open a room", "PARENT="+parent, "MODULE="+dir)
	cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWNS
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	var child int
	var mnt, network, leaks string
	if _, err := fmt.Fscanf(bufio.NewReader(out), "%d %s %s %s\n", &child, &mnt, &network, &leaks); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Kill(-child, syscall.SIGKILL) }()
	if leaks != "none" {
		t.Errorf("seen outside of the room: %s", leaks)
	}
	if users(t, mnt) == 0 || users(t, network) == 0 {
		t.Errorf("nobody is in %s and %s", mnt, network)
	}
	_ = cmd.Process.Kill()
	_ = syscall.Kill(-child, syscall.SIGKILL)
	_ = cmd.Wait()
	for begin := time.Now(); users(t, mnt)+users(t, network) > 0; time.Sleep(5 * time.Millisecond) {
		if time.Since(begin) > 3*time.Second {
			t.Fatalf("%d and %d processes are left in %s and %s", users(t, mnt), users(t, network), mnt, network)
		}
	}
	if after := mounts(t); after != before {
		t.Errorf("mounts:\n%s\nbefore:\n%s", after, before)
	}
	if err := removeAll(parent); err != nil { // nothing is mounted in there any more
		t.Error(err)
	}
}

func mounts(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// users counts the threads of all processes that are in a namespace, such as mnt:[123].
func users(t *testing.T, namespace string) (n int) {
	t.Helper()
	kind, _, _ := strings.Cut(namespace, ":")
	links, err := filepath.Glob("/proc/[0-9]*/task/[0-9]*/ns/" + kind)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && to == namespace {
			n++
		}
	}
	return n
}

// openShared is a helper that has namespaces of its own, in which all mounts are
// shared. It opens a room, starts a child there, and tells of both.
func openShared() {
	fail := func(err error) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_SHARED, ""); err != nil {
		fail(err)
	}
	root, err := Open(os.Getenv("PARENT"))
	if err != nil {
		fail(err)
	}
	r, err := root.Room(Walls{Overlay: os.Getenv("MODULE"), Net: true})
	if err != nil {
		fail(err)
	}
	var mnt, network string
	attr := &syscall.ProcAttr{Dir: os.Getenv("MODULE"), Env: os.Environ(), Files: []uintptr{0, 2, 2}, Sys: &syscall.SysProcAttr{Setpgid: true}}
	pid, err := r.Forker(nil)(attr.Sys, func() (int, error) {
		return syscall.ForkExec("/bin/sh", []string{"sh", "-c", "echo x >here; sleep 60"}, attr)
	})
	if err != nil {
		fail(err)
	}
	mnt, _ = os.Readlink(fmt.Sprintf("/proc/%d/ns/mnt", pid))
	network, _ = os.Readlink(fmt.Sprintf("/proc/%d/ns/net", pid))
	leaks := "none"
	if text, err := os.ReadFile("/proc/self/mountinfo"); err != nil || strings.Contains(string(text), os.Getenv("MODULE")) {
		leaks = "the-overlay"
	}
	fmt.Println(pid, mnt, network, leaks)
	forever()
}

func BenchmarkRoomReset(b *testing.B) {
	for name, script := range map[string]string{"nothing written": "true", "written": "echo x >new"} {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			r := walled(b, Walls{Overlay: dir})
			for b.Loop() {
				b.StopTimer()
				says(b, r, dir, script)
				b.StartTimer()
				if err := r.Reset(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
