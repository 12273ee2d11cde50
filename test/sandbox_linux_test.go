package test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// needWalls ends a test where this user may make no namespaces.
func needWalls(t *testing.T) {
	t.Helper()
	allowed, why, err := walls()
	if err != nil {
		t.Fatal(err)
	}
	if !allowed {
		t.Skipf("this machine allows this user no namespaces: %s", why)
	}
}

// TestExamplesBetweenWalls runs the examples whose tests cannot run beside themselves
// where they can: the verdicts are the same, nothing is exclusive, and nothing was ever
// written into the module.
func TestExamplesBetweenWalls(t *testing.T) {
	needWalls(t)
	for name, walls := range map[string]string{"port": "net", "writes-cwd": "overlay", "order": "overlay,net", "children": "net,overlay"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(root, "examples", name)
			touched := timesOf(t, dir)
			want := expected(t, filepath.Join(dir, "expected.txt"))
			got := verdicts(t, dir, "run", "-j", "2", "--sandbox", walls, "--format", "json", dir)
			for _, line := range append(missing(want, got), missing(got, want)...) {
				t.Errorf("not as expected: %s", line)
			}
			if out := command(t, "run", "-j", "2", "--sandbox", walls, dir); bytes.Contains(out, []byte("one process at a time")) {
				t.Errorf("tests do not run beside themselves:\n%s", out)
			}
			if after := timesOf(t, dir); after != touched {
				t.Errorf("somebody wrote into the module: %s, before %s", after, touched)
			}
		})
	}
}

// timesOf is when files were last made or removed in the directories below dir.
func timesOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			all.WriteString(path + " " + info.ModTime().Format(time.RFC3339Nano) + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestSandboxIsRefused asks for walls without the right to put them up.
func TestSandboxIsRefused(t *testing.T) {
	for _, args := range [][]string{
		{"run", "--sandbox", "overlay", "examples/calc"}, {"run", "--sandbox", "net", "examples/calc"},
		{"verify", "--sandbox", "net,overlay", "examples/calc"},
	} {
		cmd, temp := prepared(t, args...)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := withoutRights(cmd, (*exec.Cmd).Run); err == nil || cmd.ProcessState.ExitCode() != 2 {
			t.Errorf("%v: %v", args, err)
		}
		if !strings.Contains(stderr.String(), args[2]+": this machine does not allow it: ") || !strings.Contains(stderr.String(), "operation not permitted") {
			t.Errorf("%v: %s", args, &stderr)
		}
		if stdout.Len() > 0 {
			t.Errorf("%v: %s", args, &stdout)
		}
		wantEmpty(t, temp)
	}
	cmd, _ := prepared(t, "env", "--format", "json")
	var out []byte
	err := withoutRights(cmd, func(cmd *exec.Cmd) (err error) {
		out, err = cmd.Output()
		return err
	})
	var doc struct{ Sandbox map[string]string }
	if err := json.Unmarshal(out, &doc); err != nil || len(doc.Sandbox) != 2 || doc.Sandbox["net"] == "" || doc.Sandbox["overlay"] == "" {
		t.Errorf("env: %v, %v", doc, err)
	}
	if err != nil {
		t.Error(err)
	}
}

// withoutRights starts cmd so that it has no right to make namespaces.
func withoutRights(cmd *exec.Cmd, run func(*exec.Cmd) error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with its rights
		if os.Geteuid() == 0 {
			if err := unix.Prctl(unix.PR_CAPBSET_DROP, unix.CAP_SYS_ADMIN, 0, 0, 0); err != nil {
				done <- err
				return
			}
		}
		done <- run(cmd)
	}()
	return <-done
}

// TestLifecycle26_KillBetweenWalls kills the Runner, and then everything at once, while
// children are in namespaces: nothing is in any of them 3 seconds later, and nothing is
// mounted.
func TestLifecycle26_KillBetweenWalls(t *testing.T) {
	needWalls(t)
	for _, everything := range []bool{false, true} {
		cmd, temp := prepared(t, "run", "-j", "2", "--sandbox", "overlay,net", filepath.Join(root, "examples", "hang"))
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer cmd.Process.Kill()
		inside := waitForInhabitants(t, temp)
		_ = cmd.Process.Kill()
		if everything {
			for _, pid := range of(t, temp) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		_ = cmd.Wait()
		for begin := time.Now(); len(of(t, temp))+inhabitants(t, inside) > 0; time.Sleep(10 * time.Millisecond) {
			if time.Since(begin) > 3*time.Second {
				t.Fatalf("alive after 3 s: %v, in %v: %d", of(t, temp), inside, inhabitants(t, inside))
			}
		}
		if mounts, err := os.ReadFile("/proc/self/mountinfo"); err != nil || bytes.Contains(mounts, []byte(temp)) {
			t.Errorf("mounted: %s, %v", mounts, err)
		}
		cmd, _ = prepared(t, "run", "--operators", "arithmetic", filepath.Join(root, "examples", "calc"))
		for i, entry := range cmd.Env {
			if strings.HasPrefix(entry, "TMPDIR=") {
				cmd.Env[i] = "TMPDIR=" + temp // the next run sweeps
			}
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
		wantEmpty(t, temp)
	}
}

// waitForInhabitants waits until a child of the run that keeps its temporary files in
// temp is in a mount namespace of its own, and returns those namespaces.
func waitForInhabitants(t *testing.T, temp string) map[string]bool {
	t.Helper()
	mine, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		t.Fatal(err)
	}
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(5 * time.Millisecond) {
		found := map[string]bool{}
		for _, pid := range of(t, temp) {
			if at, err := os.Readlink(filepath.Join("/proc", strconv.Itoa(pid), "ns/mnt")); err == nil && at != mine {
				found[at] = true
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	t.Fatal("no child is in a namespace of its own")
	return nil
}

// of lists the processes that have temp in their environment.
func of(t *testing.T, temp string) (pids []int) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil && bytes.Contains(text, []byte(temp)) {
			pid, _ := strconv.Atoi(strings.Split(file, "/")[2])
			pids = append(pids, pid)
		}
	}
	return pids
}

// inhabitants counts the threads that are in one of the mount namespaces.
func inhabitants(t *testing.T, namespaces map[string]bool) (n int) {
	t.Helper()
	links, err := filepath.Glob("/proc/[0-9]*/task/[0-9]*/ns/mnt")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && namespaces[to] {
			n++
		}
	}
	return n
}
