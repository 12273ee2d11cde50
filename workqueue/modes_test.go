package workqueue

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/vmihailenco/msgpack/v5"
	"golang.org/x/sys/unix"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/supervisor"
)

// modes are those that exist on this system only.
var modes = map[string]func() int{}

func also(name string, run func() int) bool {
	modes[name] = run
	return true
}

// mode is what this binary can be beside a test; nil: nothing.
func mode(name string) func() int {
	if run := modes[name]; run != nil {
		return run
	}
	return map[string]func() int{
		"worker": properWorker, "example": serveExample, "family": family, "sleeper": sleeper, "runner": runner,
		"broken": broken, "mute": sleeper, "deaf": deafWorker, "holder": holder,
		"half": func() int { return half(-1) }, "pause": func() int { return half(300 * time.Millisecond) },
		"stubborn": stubborn, "liar": liar, "last": last,
		"bad parent": badParent, "lingerer": lingerer, "prompt": prompt, "once": once, "brief": brief, "witness": witness,
	}[name]
}

// properWorker is a proper worker.
func properWorker() int {
	err := Serve(context.Background(), os.NewFile(3, "commands"), os.NewFile(4, "results"), handle)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// handle does what an item's kind says.
func handle(ctx context.Context, c *Call) ([]byte, error) {
	body := string(c.Body)
	switch c.Kind {
	case "echo":
		return c.Body, nil
	case "env":
		return []byte(os.Getenv(Env)), nil
	case "pid":
		return fmt.Append(nil, os.Getpid()), nil
	case "error":
		return nil, errors.New(body)
	case "silent":
		return nil, errors.New("")
	case "huge": // takes no memory
		return unix.Mmap(-1, 0, maxBody+1, unix.PROT_READ, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	case "panic":
		panic(body)
	case "goexit":
		runtime.Goexit()
	case "exit":
		fmt.Fprintln(os.Stderr, "these were my last words")
		os.Exit(3)
	case "die":
		return nil, errors.Join(supervisor.Kill(os.Getpid(), syscall.SIGKILL), wait(ctx, "/nowhere"))
	case "die once":
		if f, err := os.OpenFile(body, os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			_ = f.Close()
			_ = supervisor.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return fmt.Append(nil, os.Getpid()), nil
	case "big":
		n, err := strconv.Atoi(body)
		return bytes.Repeat([]byte("0123456789abcdef"), n/16), err
	case "progress":
		return nil, say(c, strings.Fields(body)...)
	case "hang": // heeds nothing
		_ = say(c, fmt.Sprint(os.Getpid()))
		forever()
	case "obey":
		_ = say(c, "running")
		<-ctx.Done()
		return nil, context.Cause(ctx)
	case "wait": // for a file
		_ = say(c, "running")
		return nil, wait(ctx, body)
	case "make": // that file
		return nil, os.WriteFile(body, nil, 0o600)
	case "meet": // until body says how many have come: "directory n"
		return meet(ctx, body)
	case "heap":
		if _, err := meet(ctx, body); err != nil {
			return nil, err
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return fmt.Append(nil, m.HeapAlloc), nil
	case "pipes":
		if _, err := meet(ctx, body); err != nil {
			return nil, err
		}
		return pipes()
	case "pause": // how long was the worker stopped?
		if err := errors.Join(say(c, fmt.Sprint(os.Getpid())), wait(ctx, body)); err != nil {
			return nil, err
		}
		for begin := time.Now(); c.Paused() == 0 && time.Since(begin) < limit; {
			time.Sleep(time.Millisecond) // it is told a moment after the worker goes on
		}
		return fmt.Append(nil, c.Paused() > 0), nil
	case "family": // a child, its child, and one that escaped
		return parent(ctx, c)
	case "alone", "together":
		return nil, company(c.Kind, body)
	case "leave":
		return nil, leave()
	case "leave and obey":
		if err := errors.Join(leave(), say(c, "running")); err != nil {
			return nil, err
		}
		<-ctx.Done()
		return nil, nil
	}
	return nil, fmt.Errorf("unknown kind %q", c.Kind)
}

func say(c *Call, words ...string) error {
	for _, w := range words {
		if err := c.Progress([]byte(w)); err != nil {
			return err
		}
	}
	return nil
}

// wait returns when the file is there.
func wait(ctx context.Context, file string) error {
	for {
		if _, err := os.Stat(file); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}

// meet returns when n workers are in it at the same time, and says who it is.
func meet(ctx context.Context, body string) ([]byte, error) {
	var dir string
	var n int
	if _, err := fmt.Sscan(body, &dir, &n); err != nil {
		return nil, err
	}
	me := os.Getenv(Env)
	if err := os.WriteFile(filepath.Join(dir, me), nil, 0o600); err != nil {
		return nil, err
	}
	for i := range n {
		if err := wait(ctx, filepath.Join(dir, fmt.Sprint(i+1))); err != nil {
			return nil, err
		}
	}
	return []byte(me), nil
}

// company checks that items of kind alone have none: each item leaves a file
// while it runs.
func company(kind, dir string) error {
	f, err := os.CreateTemp(dir, kind)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	for range 20 {
		others, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.Name() != filepath.Base(f.Name()) && (kind == "alone" || strings.HasPrefix(o.Name(), "alone")) {
				return fmt.Errorf("%s is not alone: %s", filepath.Base(f.Name()), o.Name())
			}
		}
	}
	return f.Close()
}

// pipes lists the pipes that this process has open, apart from the null device
// and the runtime's own.
func pipes() ([]byte, error) {
	names, err := filepath.Glob("/proc/self/fd/*")
	var list []string
	for _, n := range names {
		if to, err := os.Readlink(n); err == nil && strings.HasPrefix(to, "pipe:") {
			list = append(list, to)
		}
	}
	return []byte(strings.Join(list, " ")), err
}

// parent starts a family through supervisor and waits for its end. Descriptor 5
// is the life pipe.
func parent(ctx context.Context, c *Call) ([]byte, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	h, err := supervisor.Spawn(supervisor.Options{
		Path: self, Env: as("family"),
		ExtraFiles: []*os.File{os.NewFile(5, "life")}, IsolateInChild: true,
	})
	if err != nil {
		return nil, err
	}
	_ = say(c, fmt.Sprintf("%d %d", os.Getpid(), h.PID))
	if string(c.Body) == "hang" {
		forever()
	}
	if string(c.Body) == "return" {
		return nil, wait(ctx, "/nowhere")
	}
	<-ctx.Done()
	_, err = supervisor.Terminate(h, 10*time.Millisecond)
	return nil, errors.Join(err, ctx.Err())
}

// badParent ignores TERM, announces a family, and never answers.
func badParent() int {
	signal.Ignore(syscall.SIGTERM)
	_, out, item := raw()
	self, err := os.Executable()
	if err != nil {
		return 1
	}
	h, err := supervisor.Spawn(supervisor.Options{
		Path: self, Env: as("family"), ExtraFiles: []*os.File{os.NewFile(5, "life")}, IsolateInChild: true,
	})
	if err != nil {
		return 1
	}
	tell(out, message{Op: opSpawned, PID: h.PID})
	tell(out, message{Op: opProgress, ID: item.ID, Body: fmt.Append(nil, os.Getpid(), h.PID)})
	forever()
	return 0
}

// family ignores TERM, has a child of its own group and one that called setsid.
func family() int {
	signal.Ignore(syscall.SIGTERM)
	for _, setsid := range []bool{false, true} {
		if err := start("sleeper", setsid, os.NewFile(3, "life")); err != nil {
			return 1
		}
	}
	return sleeper()
}

// leave starts a process by itself, unannounced, and leaves it there.
func leave() error { return start("sleeper", true, os.NewFile(5, "life")) }

func start(mode string, setsid bool, extra ...*os.File) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(self)
	c.Env = as(mode)
	c.ExtraFiles = extra
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: setsid}
	return c.Start()
}

// sleeper shows on descriptor 3 that it lives, and stays until it is killed.
func sleeper() int {
	signal.Ignore(syscall.SIGTERM)
	_, _ = os.NewFile(3, "life").Write([]byte{'u'})
	forever()
	return 0
}

// forever ends with the process. An empty select would be a deadlock, which
// the runtime notices.
func forever() {
	for {
		time.Sleep(time.Hour)
	}
}

// broken is a worker that does not come up.
func broken() int {
	fmt.Fprintln(os.Stderr, "no such luck")
	return 7
}

// runner is a Runner with one worker that has a family; its descriptor 3 is the
// life pipe.
func runner() int {
	life := os.NewFile(3, "life")
	self, err := os.Executable()
	if err != nil {
		return 1
	}
	q, err := Start(context.Background(), Options{Workers: 1, Command: func(int) supervisor.Options {
		return supervisor.Options{Path: self, Env: as("worker"), ExtraFiles: []*os.File{life}}
	}})
	if err != nil {
		return 1
	}
	<-q.Submit(Item{Kind: "family", Body: []byte(os.Getenv("FAMILY"))})
	return 0
}

// raw is a worker that speaks the protocol by hand: it greets and returns the
// first item.
func raw() (in *frame.Reader, out *os.File, item message) {
	in, out = frame.NewReader(os.NewFile(3, "commands"), 0), os.NewFile(4, "results")
	if hear(in).Op != opGo {
		os.Exit(1)
	}
	tell(out, message{Op: opHello})
	return in, out, hear(in)
}

func hear(in *frame.Reader) (m message) {
	b, err := in.Next()
	if errors.Is(err, io.EOF) {
		os.Exit(0)
	}
	if err = errors.Join(err, msgpack.Unmarshal(b, &m)); err != nil {
		os.Exit(1)
	}
	return m
}

func tell(out *os.File, m message) {
	if err := frame.Write(out, m); err != nil {
		os.Exit(1)
	}
}

// deafWorker closes its command pipe right after its hello, once; the next one
// is a proper worker.
func deafWorker() int {
	f, err := os.OpenFile(os.Getenv("ONCE"), os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return properWorker()
	}
	_ = f.Close()
	in := os.NewFile(3, "commands")
	hear(frame.NewReader(in, 0))
	_ = in.Close()
	tell(os.NewFile(4, "results"), message{Op: opHello})
	forever()
	return 0
}

// holder dies of its item and leaves a process that holds all of its pipes
// and escaped from its group.
func holder() int {
	_, out, _ := raw()
	if err := start("sleeper", true, os.NewFile(5, "life"), os.NewFile(3, "commands"), out, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for _, err := os.Stat(os.Getenv("GO")); err != nil; _, err = os.Stat(os.Getenv("GO")) {
		time.Sleep(time.Millisecond)
	}
	return 5
}

// half sends half of a result and the rest after a pause, negative: never.
func half(pause time.Duration) int {
	in, out, item := raw()
	for {
		if item.Kind == "half" {
			whole, err := msgpack.Marshal(message{Op: opResult, ID: item.ID, Body: []byte("slow")})
			if err != nil {
				return 1
			}
			whole = append(binary.BigEndian.AppendUint32(nil, uint32(len(whole))), whole...)
			_, _ = out.Write(whole[:len(whole)/2])
			if pause < 0 {
				forever()
			}
			time.Sleep(pause)
			_, _ = out.Write(whole[len(whole)/2:])
		} else {
			tell(out, message{Op: opResult, ID: item.ID, Body: item.Body})
		}
		item = hear(in)
	}
}

// stubborn ignores TERM and never answers "hang".
func stubborn() int {
	signal.Ignore(syscall.SIGTERM)
	in, out, item := raw()
	for ; item.Kind != "hang"; item = hear(in) {
		tell(out, message{Op: opResult, ID: item.ID, Body: item.Body})
	}
	tell(out, message{Op: opProgress, ID: item.ID})
	forever()
	return 0
}

// lingerer does not go when its commands end.
func lingerer() int {
	signal.Ignore(syscall.SIGTERM)
	_, out, item := raw()
	tell(out, message{Op: opResult, ID: item.ID, Body: item.Body})
	forever()
	return 0
}

// prompt shows by a file that its first answer is in the pipe.
func prompt() int {
	in, out, item := raw()
	tell(out, message{Op: opProgress, ID: item.ID})
	for {
		tell(out, message{Op: opResult, ID: item.ID, Body: item.Body})
		if err := os.WriteFile(os.Getenv("READY"), nil, 0o600); err != nil {
			return 1
		}
		item = hear(in)
	}
}

// once says that its first answer is its last one.
func once() int {
	_, out, item := raw()
	tell(out, message{Op: opResult, ID: item.ID, Body: item.Body, Last: true})
	return 1
}

// last answers and dies.
func last() int {
	_, out, item := raw()
	tell(out, message{Op: opProgress, ID: item.ID})
	tell(out, message{Op: opResult, ID: item.ID, Body: item.Body})
	return 9
}

// liar answers with what its item says, which is no answer.
func liar() int {
	_, out, item := raw()
	switch string(item.Body) {
	case "wrong id":
		tell(out, message{Op: opResult, ID: item.ID + 1})
	case "unknown":
		tell(out, message{Op: "gossip"})
	case "garbage":
		_, _ = out.WriteString("HTTP/1.1 400 Bad Request")
	case "too long":
		_, _ = out.Write([]byte{0xff, 0xff, 0xff, 0xff})
	case "close":
		_ = out.Close()
	}
	forever()
	return 0
}
