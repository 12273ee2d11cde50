package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestLifecycle24_InterruptedRun sends each signal while a session is busy, at
// several moments from its first directory on: the binary dies of that signal
// within 3 seconds, with a document that says that it is incomplete, and leaves no
// scratch directory. The example has a dozen mutants that are judged by a limit of
// time, so a session of it is busy for longer than any of the moments.
func TestLifecycle24_InterruptedRun(t *testing.T) {
	for i, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGINT, syscall.SIGTERM} {
		moment := time.Duration(i) * 150 * time.Millisecond
		t.Run(sig.String()+" after "+moment.String(), func(t *testing.T) {
			cmd, temp := prepared(t, "run", "-j", "2", "--format", "json", filepath.Join(root, "examples", "hang"))
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			waitForScratch(t, temp)
			time.Sleep(moment)
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			state := endsWithin(t, cmd, 3*time.Second)
			if !state.Signaled() || state.Signal() != sig {
				t.Errorf("ends by %v with exit code %d, want %v\n%s", state.Signal(), state.ExitStatus(), sig, &stderr)
			}
			var doc struct{ Complete *bool }
			if err := json.Unmarshal(stdout.Bytes(), &doc); err != nil || doc.Complete == nil || *doc.Complete {
				t.Errorf("complete is not false: %v\n%s", err, &stdout)
			}
			wantEmpty(t, temp)
		})
	}
}

// waitForScratch returns once the session has made its scratch directory.
func waitForScratch(t *testing.T, temp string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		entries, err := os.ReadDir(temp)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) > 0 {
			return
		}
	}
	t.Fatal("the session has not begun after 30 s")
}

// endsWithin waits for cmd's end, and kills it if that takes too long.
func endsWithin(t *testing.T, cmd *exec.Cmd, limit time.Duration) syscall.WaitStatus {
	t.Helper()
	late := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	err := cmd.Wait()
	if !late.Stop() {
		t.Errorf("not ended after %s", limit)
	}
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.Sys().(syscall.WaitStatus)
}
