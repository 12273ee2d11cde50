package supervisor

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// lifeline is descriptor 3 of every helper, the liveness pipe.
func lifeline() *os.File { return os.NewFile(3, "liveness") }

// spawnHelper starts a program from inside a helper and waits until it is
// ready, that is until it has written a line.
func spawnHelper(o Options) (*Handle, string) {
	r, w := must2(os.Pipe())
	o.Stdout, o.ExtraFiles = w, []*os.File{lifeline()}
	h := must(Spawn(o))
	_ = w.Close()
	return h, strings.TrimSpace(must(bufio.NewReader(r).ReadString('\n')))
}

// parentThatDies kills itself while its child is held at the gate.
func parentThatDies([]string) {
	OnSpawn(func(*Handle) { _ = Kill(os.Getpid(), syscall.SIGKILL) })
	o := shell("echo ran")
	o.Stdout, o.ExtraFiles = os.Stdout, []*os.File{lifeline()}
	must(Spawn(o))
}

// left counts the children, dead or alive, that nobody knows of.
func left() int {
	startLock.Lock()
	defer startLock.Unlock()
	return len(must(strays()))
}

// end ends a family in the way that fits its finale.
func end(h *Handle, finale string) (Exit, error) {
	if finale == "wait" || finale == "stubborn" {
		return Terminate(h, 200*time.Millisecond)
	}
	return Reap(h)
}

// reaper is a subreaper that runs one family to its end, args[0] times, and
// says each time how it ended, how many children are left and whether the sandbox is gone.
func reaper(args []string) {
	must(0, BecomeSubreaper())
	for range must(strconv.Atoi(args[0])) {
		dir := must(os.MkdirTemp("", "supervisor"))
		kids := strings.ReplaceAll(strings.Join(args[2:], " "), "DIR", dir)
		o := inner(helper("family", append([]string{args[1]}, strings.Fields(kids)...)...))
		o.SandboxDir = dir
		h, _ := spawnHelper(o)
		exit, err := end(h, args[1])
		_, statErr := os.Stat(dir)
		say("%v error=%v children=%d removed=%v", exit, err, left(), os.IsNotExist(statErr))
	}
}

// runner is the top of a small tree: a subreaper with one worker. On a line
// of input it does what the line says to the worker and tells what is left.
func runner(args []string) {
	must(0, BecomeSubreaper())
	h, child := spawnHelper(helper("worker", args...))
	childPID := must(strconv.Atoi(child))
	say("%d %d", h.PID, childPID)
	must(bufio.NewReader(os.Stdin).ReadString('\n'))
	_, err := Terminate(h, 0)
	adopted := AdoptGroup(childPID)
	say("error=%v adopt=%v children=%d", err, adopted, left())
}

// worker has one inner child with a family of its own, says its pid, and
// never ends by itself.
func worker(args []string) {
	must(0, BecomeSubreaper())
	h, _ := spawnHelper(inner(helper("family", args...)))
	say("%d", h.PID)
	finale("wait")
}

// trapper traps signals the way a worker does; with "slow", its handler never
// comes to an end. It has one stubborn child with kids.
func trapper(args []string) {
	must(0, BecomeSubreaper())
	Trap(func(sig syscall.Signal) {
		Shutdown()
		if args[0] == "slow" {
			say("slow")
			finale("wait")
		}
		KillAndReapAll()
		say("%v children=%d registered=%d", sig, left(), len(Registry()))
		DieOf(sig)
	})
	spawnHelper(inner(helper("family", "stubborn", "group+ignore", "setsid+ignore")))
	say("ready")
	if args[0] == "short" {
		time.Sleep(300 * time.Millisecond)
		say("not disturbed")
		os.Exit(0)
	}
	finale("wait")
}

// pauser traps TSTP. With a number above 0 it has an outer child that is a
// pauser with one less; with 0 an inner child. It says all pids from the
// innermost one.
func pauser(args []string) {
	TrapStop(func(paused time.Duration) { say("%d", paused.Milliseconds()) })
	depth := must(strconv.Atoi(args[0]))
	o := inner(shell("echo $$; read nothing <&3; sleep 30"))
	if depth > 0 {
		o = helper("pauser", strconv.Itoa(depth-1))
	}
	_, pids := spawnHelper(o)
	say("%s %d", pids, os.Getpid())
	finale("wait")
}

// alone says whether it leads its group, before OwnGroup and after.
func alone([]string) {
	before := syscall.Getpgrp() == os.Getpid()
	must(0, OwnGroup())
	say("leader=%v then=%v", before, syscall.Getpgrp() == os.Getpid())
}

// coreless says how large a core file may be once DieOf has prepared itself.
func coreless([]string) {
	var limit syscall.Rlimit
	must(0, syscall.Getrlimit(syscall.RLIMIT_CORE, &limit))
	must(0, syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: limit.Max, Max: limit.Max}))
	ok := setDefault(syscall.SIGUSR1)
	must(0, syscall.Getrlimit(syscall.RLIMIT_CORE, &limit))
	say("%v %d", ok, limit.Cur)
}
