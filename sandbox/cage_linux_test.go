package sandbox

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// caged starts a helper in a cage, under a watch. Where this machine allows no
// cage there is nothing to test, and the test ends.
func caged(t *testing.T, name string, l Limits, env ...string) (*Root, *Watch) {
	t.Helper()
	if err := subreaper(); err != nil {
		t.Fatal(err)
	}
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	cage := root.TakeCage(l)
	if cage == nil {
		t.Skip("this machine lets this user have no control group that bounds processes")
	}
	cmd := helper(t, name, env...)
	pid, err := cage.Fork(cmd.SysProcAttr, func() (int, error) {
		null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
		if err != nil {
			return 0, err
		}
		defer null.Close()
		fds := []uintptr{null.Fd(), 1, 2}
		return syscall.ForkExec(cmd.Path, cmd.Args, &syscall.ProcAttr{Env: cmd.Env, Files: fds, Sys: cmd.SysProcAttr})
	})
	if err != nil {
		t.Fatal(err)
	}
	w := root.NewWatch(pid, l, Control{Signal: kill, Cage: cage})
	t.Cleanup(func() {
		if err := w.Quell(15 * time.Second); err != nil {
			t.Error(err)
		}
		w.Close(root)
		_, _ = syscall.Wait4(pid, nil, 0, nil)
		reapOrphans()
		if err := root.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(cage.dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the control group: %v", err)
		}
	})
	return root, w
}

// Section 2, rule 4, and issue 3: in a cage no fork bomb ever has more than 512
// processes, however busy the machine is, one whose processes all leave their
// session neither. A process of this bomb stays when it may start no more, so those
// that are found in the end are all there ever were.
func TestLifecycle4_ForkBombInACage(t *testing.T) {
	for _, name := range []string{"fork", "fork sessions"} {
		t.Run(name, func(t *testing.T) {
			count := t.TempDir() + "/count"
			write(t, "/", count, "")
			_, w := caged(t, name, Limits{Processes: 256}, "COUNT="+count)
			if passed := until(t, w); passed != Processes {
				t.Fatalf("passed %q", passed)
			}
			if w.Refused() {
				t.Error("a bomb past its bound may not complain")
			}
			before := time.Now()
			if err := w.Quell(15 * time.Second); err != nil {
				t.Fatal(err)
			}
			took, most := time.Since(before), len(w.family.members)
			t.Logf("%d processes, gone after %v", most, took)
			if most > 512 || took > 3*time.Second {
				t.Errorf("%d processes, gone after %v", most, took)
			}
		})
	}
}

// A cage that is full refuses, and says so; a bound that was not passed is none.
func TestCageRefuses(t *testing.T) {
	root, w := caged(t, "forever", Limits{Processes: 256})
	c := w.family.Cage
	c.allow(c.threads())
	if _, err := c.Fork(&syscall.SysProcAttr{}, func() (int, error) {
		return syscall.ForkExec("/bin/true", []string{"true"}, nil)
	}); err != syscall.EAGAIN {
		t.Fatalf("fork: %v", err)
	}
	if !w.Refused() {
		t.Error("it says nothing of it")
	}
	if other := root.TakeCage(Limits{Processes: 1}); other != nil {
		t.Error("two children in one cage")
	}
}

// The cages of several sessions stand beside each other, though any thread of this
// process may be the one that is in a cage, its first one too.
func TestCagesStandSideBySide(t *testing.T) {
	places := map[string]bool{}
	for range 20 {
		root, err := Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		c := newCage(root.Dir)
		if c == nil {
			t.Skip("this machine lets this user have no control group that bounds processes")
		}
		places[filepath.Dir(c.dir)] = true
		t.Cleanup(func() {
			c.close()
			if err := root.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	if len(places) != 1 {
		t.Errorf("they are in %v", places)
	}
}

// Section 5, rule 27: what the death of all processes of a session leaves is swept.
func TestLifecycle27_SweepRemovesCages(t *testing.T) {
	parent := t.TempDir()
	root, err := Open(parent)
	if err != nil {
		t.Fatal(err)
	}
	c := newCage(root.Dir)
	if c == nil {
		t.Skip("this machine lets this user have no control group that bounds processes")
	}
	c.close()
	for _, below := range []string{"/a", "/a/b", "/c"} { // what its child made in it
		if err := os.Mkdir(c.dir+below, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := root.mark.Close(); err != nil { // as if this process had died
		t.Fatal(err)
	}
	dead := exec.Command("/bin/true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	o, err := identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	o.start += "0"
	write(t, "/", filepath.Join(root.Dir, markName), o.String())
	removed, err := Sweep(parent)
	if err != nil || len(removed) != 1 {
		t.Fatalf("swept %v, %v", removed, err)
	}
	if _, err := os.Stat(c.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the control group: %v", err)
	}
}

// No note makes anybody remove what is not the session's.
func TestLifecycle27_ForeignCageStays(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	for _, text := range []string{other, filepath.Base(other), filepath.Base(dir) + ".7", ""} {
		note := filepath.Join(dir, cageNote+"7")
		write(t, "/", note, text)
		if err := removeCage(note); err == nil {
			t.Errorf("%q is removed", text)
		}
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

func TestFindPids(t *testing.T) {
	const (
		one = "35 24 0:30 / /sys/fs/cgroup/pids rw,relatime shared:9 - cgroup cgroup rw,pids\n" +
			"36 24 0:31 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
		two    = "29 22 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
		inside = "29 22 0:26 /docker/7 /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids\n"
	)
	for _, c := range []struct{ groups, mounts, want string }{
		{"9:cpu,cpuacct:/\n8:pids:/\n0::/\n", one + two, "1 /sys/fs/cgroup/pids"},
		{"8:pids:/user.slice/a\n0::/\n", one, "1 /sys/fs/cgroup/pids/user.slice/a"},
		{"4:cpu,pids:/a\n", strings.Replace(one, "rw,pids", "rw,cpu,pids", 1), "1 /sys/fs/cgroup/pids/a"},
		{"0::/user.slice/u.service/app.slice/t.scope\n", two, "2 /sys/fs/cgroup/user.slice/u.service/app.slice"},
		{"0::/\n", two, "2 /sys/fs/cgroup"},
		{"8:pids:/docker/7/a\n", inside, "1 /sys/fs/cgroup/pids/a"},
		{"8:pids:/docker/8\n", inside, ""},
		{"0::/../other\n", two, ""},
		{"8:pids:/\n", two, ""},
		{"", two, ""},
		{"nonsense\n", "nonsense\n", ""},
	} {
		dir, unified, ok := findPids(c.groups, c.mounts)
		got := ""
		if ok {
			got = map[bool]string{false: "1 ", true: "2 "}[unified] + dir
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.groups, got, c.want)
		}
	}
}
