package workqueue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// witness is a worker whose handlers speak when it is too late, and that tells at its
// end whether its handler has returned and whether supervisor still starts anything.
func witness() int {
	var returned atomic.Bool
	err := Serve(context.Background(), os.NewFile(3, "commands"), os.NewFile(4, "results"), func(ctx context.Context, c *Call) ([]byte, error) {
		_ = say(c, "running")
		switch c.Kind {
		case "obey":
			<-ctx.Done()
		case "mourn":
			mourn(c)
		case "linger":
			linger(c)
		case "hang":
			forever()
		}
		_ = say(c, "too late")
		returned.Store(true)
		return nil, nil
	})
	h, spawn := supervisor.Spawn(supervisor.Options{Path: "/bin/false"})
	if spawn == nil {
		_, _ = supervisor.Reap(h)
	}
	fmt.Fprintf(os.Stderr, "%v, returned %v, refused %v\n", err, returned.Load(), errors.Is(spawn, supervisor.ErrShuttingDown))
	return 1
}

// mourn returns when its child has died. The release of the child, and with it the
// end of whoever has killed it, comes after the last attempt to speak and to start
// another one.
func mourn(c *Call) {
	self, err := os.Executable()
	if err != nil {
		return
	}
	spoken := make(chan struct{})
	child := supervisor.Options{Path: self, Env: as("sleeper"), IsolateInChild: true}
	child.Release = func() error {
		<-spoken
		time.Sleep(50 * time.Millisecond) // for what must not come of the handler's return
		return nil
	}
	h, err := supervisor.Spawn(child)
	if err != nil {
		return
	}
	_ = say(c, "child")
	<-h.Exited()
	if _, err := supervisor.Spawn(supervisor.Options{Path: "/bin/false"}); !errors.Is(err, supervisor.ErrShuttingDown) {
		fmt.Fprintln(os.Stderr, "started another one:", err)
	}
	_ = say(c, "too late")
	close(spoken)
}

// linger returns a little after its child has died.
func linger(c *Call) {
	self, err := os.Executable()
	if err != nil {
		return
	}
	h, err := supervisor.Spawn(supervisor.Options{Path: self, Env: as("sleeper"), IsolateInChild: true})
	if err != nil {
		return
	}
	_ = say(c, "child")
	<-h.Exited()
	time.Sleep(50 * time.Millisecond) // who does not wait for the handler is faster
}

// silent fails the test if the worker says anything more.
func (l *lone) silent() {
	l.t.Helper()
	if raw, err := l.frames.Next(); !errors.Is(err, io.EOF) {
		l.t.Errorf("it said %q, %v", raw, err)
	}
}

// A handler has a second to return when the commands end. Then its children are
// killed, nothing can be started any more, and it has half a second more. What it
// says in all that time is not heard.
func TestLifecycle26_WhatTheHandlerDoesAtTheEnd(t *testing.T) {
	begin := time.Now()
	want := map[string]string{
		"obey":   "serve: runner is gone, returned true, refused false\n",
		"mourn":  "serve: runner is gone, returned true, refused true\n",
		"linger": "serve: runner is gone, returned true, refused true\n",
		"hang":   "serve: runner is gone, returned false, refused true\n",
	}
	workers := map[string]*lone{}
	for kind := range want {
		l := newLone(t, "witness")
		l.say(message{Op: opGo}, message{Op: opRun, ID: 1, Kind: kind})
		l.hears(opHello)
		l.hears(opProgress)
		if kind == "mourn" || kind == "linger" {
			l.hears(opSpawned)
			l.hears(opProgress)
		}
		_ = l.commands.w.Close()
		workers[kind] = l
	}
	for kind, l := range workers {
		if said := l.ends(1, want[kind]); said != want[kind] {
			t.Errorf("%s: it said %q", kind, said)
		}
		l.silent()
	}
	if d := time.Since(begin); d < patience+patienceAfter {
		t.Errorf("ended after %v", d)
	}
}

// A handler that returns when nobody waits for its result any more ends all the same.
func TestHandlerWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, _ := ends(t)
		_, out := ends(t)
		s, err := newServer(in, out, func(context.Context, *Call) ([]byte, error) { return nil, nil })
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _, _ = s.in.Close(), s.out.Close() }()
		s.begin(t.Context(), message{ID: 1})
		synctest.Wait()
		if len(s.results) != 1 {
			t.Error("its result waits for somebody")
			<-s.results
		}
	})
}

// A worker that dies of a signal kills the children first, and then it is dead: what a
// handler makes of that, and that Serve could return, is too late.
func TestLifecycle25_HandlerOutlivesItsChildren(t *testing.T) {
	l := newLone(t, "witness")
	l.say(message{Op: opGo}, message{Op: opRun, ID: 1, Kind: "mourn"})
	for _, op := range []string{opHello, opProgress, opSpawned, opProgress} {
		l.hears(op)
	}
	if err := supervisor.Kill(l.handle.PID, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	l.ends(-1, "")
	if exit, _ := l.handle.Exit(); exit.Signal != syscall.SIGTERM {
		t.Errorf("it ended with %v", exit)
	}
	l.silent()
}
