package workqueue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/supervisor"
)

// lone is a worker without a queue: the test says what a Runner would.
type lone struct {
	t        *testing.T
	handle   *supervisor.Handle
	commands *life // the test writes
	results  *life // the test reads
	frames   *frame.Reader
	stderr   *life
	life     *life // of what it leaves
}

func newLone(t *testing.T, mode string, env ...string) *lone {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	l := &lone{t: t, commands: newLife(t), results: newLife(t), stderr: newLife(t), life: newLife(t)}
	l.handle, err = supervisor.Spawn(supervisor.Options{
		Path: self, Env: as(mode, env...), Stderr: l.stderr.w,
		ExtraFiles: []*os.File{l.commands.r, l.results.w, l.life.w},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = supervisor.Terminate(l.handle, 0) })
	for _, f := range []*os.File{l.commands.r, l.results.w, l.stderr.w} {
		_ = f.Close()
	}
	_ = l.results.r.SetReadDeadline(time.Now().Add(limit))
	l.frames = frame.NewReader(l.results.r, frame.Cap)
	return l
}

// say sends all at once: the worker may end of one while the next is on its way.
func (l *lone) say(all ...message) {
	l.t.Helper()
	var text bytes.Buffer
	for _, m := range all {
		if err := send(&text, m); err != nil {
			l.t.Fatal(err)
		}
	}
	if _, err := text.WriteTo(l.commands.w); err != nil {
		l.t.Fatal(err)
	}
}

// hears waits for the next message.
func (l *lone) hears(op string) message {
	l.t.Helper()
	raw, err := l.frames.Next()
	if err != nil {
		l.t.Fatalf("wait for %s: %v", op, err)
	}
	m, _, err := new(joiner).next(raw)
	if err != nil || m.Op != op {
		l.t.Fatalf("heard %+v, %v, want %s", m, err, op)
	}
	return m
}

// ends waits for the worker's end: its exit code, and a part of its complaint, which
// it returns as a whole.
func (l *lone) ends(code int, complaint string) (said string) {
	l.t.Helper()
	await(l.t, "the worker's exit", l.handle.Exited())
	exit, err := supervisor.Reap(l.handle)
	said = everything(l.t, l.stderr.r)
	if err != nil || exit.Code != code || !strings.Contains(said, complaint) || complaint == "" && said != "" {
		l.t.Errorf("%v, %v, %q; want code %d and %q", exit, err, said, code, complaint)
	}
	return said
}

func TestWorkerServesUntilItsCommandsEnd(t *testing.T) {
	l := newLone(t, "worker")
	l.say(message{Op: opGo}, message{Op: opRun, ID: 7, Kind: "echo", Body: []byte("x")})
	if m := l.hears(opHello); m.PID != l.handle.PID {
		t.Errorf("hello of process %d, want %d", m.PID, l.handle.PID)
	}
	if m := l.hears(opResult); m.ID != 7 || string(m.Body) != "x" || m.Error != "" || m.Last {
		t.Errorf("%+v", m)
	}
	_ = l.commands.w.Close()
	l.ends(0, "")
}

// What is no command ends the worker, and it says why.
func TestWorkerEndsOfNonsense(t *testing.T) {
	obey := message{Op: opRun, ID: 1, Kind: "obey"}
	for want, say := range map[string]func(l *lone){
		"too long":                 func(l *lone) { _, _ = l.commands.w.Write([]byte{0xff, 0xff, 0xff, 0xff}) },
		"decode message":           func(l *lone) { _, _ = l.commands.w.Write([]byte{0, 0, 0, 1, 0x05}) },
		`unknown command "dance"`:  func(l *lone) { l.say(message{Op: "dance"}) },
		"item 2 while item 1 runs": func(l *lone) { l.say(obey, message{Op: opRun, ID: 2, Kind: "echo"}) },
		"serve: runner is gone":    func(l *lone) { l.say(obey); l.hears(opHello); l.hears(opProgress); _ = l.commands.w.Close() },
		"broken pipe":              func(l *lone) { _ = l.results.r.Close(); l.say(message{Op: opGo}) },
		"write |1: broken pipe": func(l *lone) {
			l.hears(opHello)
			_ = l.results.r.Close()
			l.say(message{Op: opRun, ID: 1, Kind: "echo"})
		},
	} {
		t.Run(want, func(t *testing.T) {
			l := newLone(t, "worker")
			l.say(message{Op: opGo})
			say(l)
			if strings.Contains(want, "broken pipe") {
				want = "broken pipe"
			}
			l.ends(1, want)
		})
	}
}

// A cancel is for the item that it names.
func TestCancelOfAnotherItem(t *testing.T) {
	l := newLone(t, "worker")
	door := filepath.Join(t.TempDir(), "door")
	l.say(message{Op: opGo}, message{Op: opRun, ID: 3, Kind: "wait", Body: []byte(door)})
	l.hears(opHello)
	l.hears(opProgress)
	l.say(message{Op: opCancel, ID: 2}, message{Op: opGo})
	l.hears(opHello) // it has obeyed the cancel
	if err := os.WriteFile(door, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if m := l.hears(opResult); m.Error != "" {
		t.Errorf("%+v", m)
	}
}

// The end of Serve's context is the worker's, while its commands go on.
func TestServeEndsWithItsContext(t *testing.T) {
	l := newLone(t, "brief")
	l.say(message{Op: opGo}, message{Op: opRun, ID: 1, Kind: "obey"})
	if said := l.ends(1, "time is up"); said != "time is up\n" {
		t.Errorf("it said more: %q", said)
	}
}

// What comes behind a fault is not looked at.
func TestWorkerTellsItsFault(t *testing.T) {
	l := newLone(t, "worker")
	l.say(message{Op: opGo}, message{Op: opRun, ID: 1, Kind: "obey"}, message{Op: opRun, ID: 2}, message{Op: "dance"})
	const want = "item 2 while item 1 runs"
	if said := l.ends(1, want); said != want+"\n" {
		t.Errorf("it said more: %q", said)
	}
}

func TestPausedIsSinceTheCallBegan(t *testing.T) {
	c := Call{server: new(server), paused: 5}
	c.server.paused.Store(12)
	if d := c.Paused(); d != 7 {
		t.Errorf("paused for %v, want 7ns", d)
	}
}

// Children that are started when nobody announces them any more are nobody's news.
func TestAnnouncementsEnd(t *testing.T) {
	r, w := ends(t)
	s := &server{mouth: mouth{out: w}}
	s.announce()()
	h, err := supervisor.Spawn(supervisor.Options{Path: "/bin/false"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := supervisor.Reap(h); err != nil {
		t.Error(err)
	}
	_ = w.Close()
	if said := everything(t, r); said != "" {
		t.Errorf("announced: %q", said)
	}
}

// brief is a worker whose context ends when its first item runs.
func brief() int {
	ctx, cancel := context.WithCancelCause(context.Background())
	err := Serve(ctx, os.NewFile(3, "commands"), os.NewFile(4, "results"), func(ctx context.Context, _ *Call) ([]byte, error) {
		cancel(errors.New("time is up"))
		<-ctx.Done()
		return nil, nil
	})
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// An error without a text is an error, and so is a result that is too long.
func TestResultsThatCannotBeSent(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	for kind, want := range map[string]string{"silent": "*errors.errorString", "huge": "over the limit"} {
		r := do(t, q, Item{Kind: kind})[0]
		if e := new(WorkerError); !errors.As(r.Err, &e) || !strings.Contains(e.Text, want) || r.Attempts != 1 {
			t.Errorf("%s: %+v", kind, r)
		}
	}
}

func TestLifecycle21_ChildrenAreAnnounced(t *testing.T) {
	life := newLife(t)
	q := open(t, plan{Options: Options{Workers: 1}, extra: []*os.File{life.w}})
	tell, heard := told()
	q.Submit(Item{Kind: "family", Body: []byte("hang"), Progress: tell})
	var pid, child int
	if _, err := fmt.Sscan(await(t, "the family", heard), &pid, &child); err != nil {
		t.Fatal(err)
	}
	q.until(t, "the announcement", func(w *worker) bool { return w.announced[child] })
}

// The caller's own files: what Command gives is used, and closed or left as it says.
func TestCommandsFiles(t *testing.T) {
	r, w := ends(t)
	theirs, _ := ends(t)
	fail := errors.New("busy")
	p := plan{mode: "broken", Options: Options{Workers: 1, Respawns: -1}}
	plain := p.options(t).Command
	p.Command = func(i int) supervisor.Options {
		o := plain(i)
		o.Stderr, o.Files, o.IsolateInChild = w, []*os.File{theirs}, true
		o.Release = func() error { return fail }
		return o
	}
	q := open(t, p)
	_, err := q.Do(t.Context(), make([]Item, 1))
	if e := new(StartError); !errors.As(err, &e) || strings.Contains(err.Error(), "no such luck") {
		t.Errorf("%v", err)
	}
	if err := q.Close(); !errors.Is(err, fail) {
		t.Errorf("Close = %v, want what could not be released, too", err)
	}
	fail = nil
	_ = supervisor.RetryReleases()
	if err := theirs.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the worker's file is open: %v", err)
	}
	_ = w.Close()
	if said := everything(t, r); !strings.Contains(said, "no such luck") {
		t.Errorf("standard error has %q", said)
	}
}

// Workers are held until they are registered, whatever Command says.
func TestWorkersAreOuterChildren(t *testing.T) {
	held := make(chan bool, 10)
	supervisor.OnSpawn(func(h *supervisor.Handle) {
		exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", h.PID))
		self, _ := os.Executable()
		held <- exe == self
	})
	t.Cleanup(func() { supervisor.OnSpawn(nil) })
	q := open(t, plan{Options: Options{Workers: 1, Respawns: -1, Command: func(int) supervisor.Options {
		return supervisor.Options{Path: "/bin/false", IsolateInChild: true}
	}}})
	_, _ = q.Do(t.Context(), make([]Item, 1))
	if !await(t, "the start", held) {
		t.Error("it ran before its parent let it")
	}
}

// An item that answers for itself after its cancel is no failure of Do.
func TestCancelledItemMayAnswer(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	ctx, cancel := context.WithCancelCause(context.Background())
	results, err := q.Do(ctx, []Item{{Kind: "obey", Progress: func([]byte) { cancel(errFirst) }}})
	if e := new(WorkerError); err != nil || !errors.As(results[0].Err, &e) {
		t.Errorf("%v, %+v", err, results)
	}
}

// A queue that has ended has no timer.
func TestEndedQueueHasNoTimer(t *testing.T) {
	clock := newFakeClock()
	q := open(t, plan{Options: Options{Workers: 1, Clock: clock}})
	good(t, do(t, q, Item{Kind: "echo", Timeout: time.Hour})[0], "")
	if err := q.Close(); err != nil || len(clock.timers) > 0 {
		t.Errorf("%v, %d timers", err, len(clock.timers))
	}
}
