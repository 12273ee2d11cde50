package sandbox

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// This test binary is also the helper of its tests: with HELPER in its
// environment it does what the word says.

func TestMain(m *testing.M) {
	if name := os.Getenv("HELPER"); name != "" {
		helpers[name]()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var helpers = map[string]func(){
	"own a session": func() {
		root, err := Open(os.Getenv("PARENT"))
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		if _, err := root.Scratch("c"); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(root.Dir)
		forever()
	},
	"join a session": func() {
		root, err := OpenExisting(os.Getenv("PARENT"))
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(root.Dir)
		forever()
	},
	"remove as nobody": func() {
		if err := removeAll(os.Getenv("PARENT") + "/x"); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	},
	"copy as nobody": func() {
		src := os.Getenv("PARENT")
		t, err := CopyTree(src+"/src", src+"/dst")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Print(strings.Join(t.Skipped, "\n"))
	},
	"hold output": func() {
		fmt.Println("head")
		again("forever", false)
	},
	"forever":                      forever,
	"share mounts and open a room": openShared,
	"spin on one processor": func() {
		time.AfterFunc(45*time.Second, func() { os.Exit(0) })
		runtime.LockOSThread()
		onFirstProcessor()
		for {
			runtime.Gosched()
		}
	},
	"child in a session": func() {
		again("forever", true)
		again("forever", false)
		fmt.Println("ready")
		forever()
	},
	"allocate": func() {
		step := 32 << 20
		for {
			b, err := unix.Mmap(-1, 0, step, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
			if err != nil {
				forever()
			}
			for i := 0; i < step; i += 4096 {
				b[i] = 1
			}
		}
	},
	"fork":          func() { bomb("fork", false) },
	"fork sessions": func() { bomb("fork sessions", true) },
}

// mostForks is where a bomb stops by itself. A bomb that is not stopped takes
// the whole machine, so it must not depend on what is being tested.
const mostForks = 600

// bomb starts processes that do the same, as fast as it can. Before each a byte
// goes to the file COUNT; when there are mostForks no more are started, and
// every process ends by itself after less than a minute.
func bomb(name string, setsid bool) {
	time.AfterFunc(45*time.Second, func() { os.Exit(0) })
	fd, err := unix.Open(os.Getenv("COUNT"), unix.O_WRONLY|unix.O_APPEND, 0)
	if err != nil {
		return // the test is over
	}
	for {
		var st unix.Stat_t
		_, err := unix.Write(fd, []byte{'+'})
		if err != nil || unix.Fstat(fd, &st) != nil || st.Size >= mostForks || st.Nlink == 0 {
			forever()
		}
		if launch(name, setsid) != nil {
			forever() // no more are allowed; stay, to be counted
		}
	}
}

// forever neither ends nor listens.
func forever() {
	signal.Ignore(syscall.SIGTERM, syscall.SIGHUP)
	for {
		time.Sleep(time.Hour)
	}
}

// again starts another helper that shares our output.
func again(name string, setsid bool) {
	if launch(name, setsid) != nil {
		os.Exit(1)
	}
}

func launch(name string, setsid bool) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "HELPER="+name)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: setsid}
	return cmd.Start()
}

// helper prepares a helper in a group of its own.
func helper(t testing.TB, name string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(append(os.Environ(), "HELPER="+name, "GORACE=atexit_sleep_ms=0"), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// asNobody runs a helper as a user to whom modes mean something, and returns
// what it printed. Everything below parent belongs to that user.
func asNobody(t *testing.T, name, parent string) string {
	t.Helper()
	cmd := helper(t, name, "PARENT="+parent)
	if os.Geteuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody, NoSetGroups: true}
		copied := filepath.Join(t.TempDir(), "helper") // the build's directory may be closed to others
		if err := copyFile(cmd.Path, copied, stamp{mode: 0o755}); err != nil {
			t.Fatal(err)
		}
		cmd.Path = copied
		for dir := filepath.Dir(copied); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		for dir := filepath.Dir(parent); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		own := func(path string, e os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Lchown(path, nobody, nobody)
		}
		if err := filepath.WalkDir(parent, own); err != nil {
			t.Fatal(err)
		}
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	return string(out)
}

// write makes files with their directories: path, content, path, content …
func write(t testing.TB, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// closeParent forbids changes to the directory that holds dir.
func closeParent(t *testing.T, dir string) (undo func()) {
	t.Helper()
	set := func(mode os.FileMode) {
		if err := os.Chmod(filepath.Dir(dir), mode); err != nil {
			t.Fatal(err)
		}
	}
	set(0o500)
	return func() { set(0o700) }
}
