package chaos

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// Every danger has an end of its own, should whoever runs it have none for it.
const (
	mostForks  = 600             // processes of one bomb, over its whole life
	bombTime   = 8 * time.Second // from its start, for all of them
	mostMemory = 4 << 30         // bytes of the allocation bomb
	stayTime   = 20 * time.Second
)

// What a started process is told.
const (
	roleVar  = "CHAOS_ROLE"
	countVar = "CHAOS_COUNT" // the bomb's file, which has a byte for each process
	untilVar = "CHAOS_UNTIL" // when the bomb is over, in Unix milliseconds
	awayVar  = "CHAOS_AWAY"  // the bomb's processes get sessions of their own
)

// play is what a started process does.
func play(role string) {
	switch role {
	case "fork":
		fork()
	case "stay":
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT)
		time.Sleep(stayTime)
	}
}

// start starts this binary once more in a role.
func start(t *testing.T, role string, away bool, env ...string) *exec.Cmd {
	cmd := again(role, away, env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func again(role string, away bool, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), roleVar+"="+role), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: away}
	return cmd
}

// bomb lights a fork bomb and waits for its end.
func bomb(t *testing.T, away bool) {
	count := filepath.Join(t.TempDir(), "count")
	if err := os.WriteFile(count, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	until := time.Now().Add(bombTime)
	env := []string{countVar + "=" + count, untilVar + "=" + strconv.FormatInt(until.UnixMilli(), 10)}
	if away {
		env = append(env, awayVar+"=1")
	}
	start(t, "fork", away, env...)
	time.Sleep(time.Until(until))
}

// fork is one process of the bomb: it starts more of its kind until there are
// enough, and ends with the bomb's time.
func fork() {
	until, err := strconv.ParseInt(os.Getenv(untilVar), 10, 64)
	left := time.Until(time.UnixMilli(until))
	if err != nil || left <= 0 || left > bombTime {
		return
	}
	time.AfterFunc(left, func() { os.Exit(0) })
	for reserve() {
		if err := again("fork", os.Getenv(awayVar) != "").Start(); err != nil {
			break
		}
	}
	time.Sleep(left)
}

// reserve counts one more process before it is started, and tells whether it may
// be. A file that is gone allows none.
func reserve() bool {
	f, err := os.OpenFile(os.Getenv(countVar), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	if _, err := f.Write([]byte{'x'}); err != nil {
		return false
	}
	// Where an appending write has ended is a number that no other gets.
	n, err := f.Seek(0, 1)
	return err == nil && n <= mostForks
}

// allocate takes and touches memory up to its own limit, keeps it for a moment,
// and gives it back.
func allocate() {
	var all [][]byte
	for taken := 0; taken < mostMemory; taken += 16 << 20 {
		block := make([]byte, 16<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		all = append(all, block)
	}
	time.Sleep(time.Second)
	clear(all)
}

// scribble writes junk to all descriptors that are not its own business. One that
// would make it wait is left alone.
func scribble() {
	junk := []byte("\x00\x00\x00\x04junk")
	for fd := 3; fd < 4096; fd++ {
		if syscall.SetNonblock(fd, true) == nil {
			syscall.Write(fd, junk)
		}
	}
}

// strike kills the own group, if it is one of its own.
func strike() {
	if syscall.Getpgrp() == syscall.Getpid() {
		syscall.Kill(0, syscall.SIGKILL)
	}
}
