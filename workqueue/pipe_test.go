package workqueue

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func ends(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// A flushed pipe gives all there is, then asks, and ends or goes on as it is told.
func TestFlushedPipe(t *testing.T) {
	r, w := ends(t)
	var asked []bool
	more := true
	p := pipe{f: r, dry: func(partial bool) bool { asked = append(asked, partial); return more }}
	buffer := make([]byte, 10)
	_, _ = w.WriteString("abc")
	if err := p.flush(); err != nil {
		t.Fatal(err)
	}
	if n, err := p.Read(buffer); n != 3 || err != nil || len(asked) > 0 {
		t.Fatalf("read = %d, %v, asked %v", n, err, asked)
	}
	p.dry = func(partial bool) bool {
		asked = append(asked, partial)
		_, _ = w.WriteString("de")
		return true
	}
	if n, err := p.Read(buffer); n != 2 || err != nil || len(asked) != 1 || !asked[0] {
		t.Fatalf("read = %d, %v, asked %v", n, err, asked)
	}
	p.taken = p.got
	p.dry = func(partial bool) bool { asked = append(asked, partial); return false }
	if err := p.flush(); err != nil {
		t.Fatal(err)
	}
	if n, err := p.Read(buffer); n != 0 || err != io.EOF || len(asked) != 2 || asked[1] {
		t.Fatalf("read = %d, %v, asked %v", n, err, asked)
	}
}

// Who never stops writing does not keep a flush from its end.
func TestFlushHasALimit(t *testing.T) {
	r, w := ends(t)
	asked := 0
	p := pipe{f: r, draining: true, dry: func(bool) bool { asked++; return false }}
	_, _ = w.WriteString("abcdef")
	if n, err := p.Read(make([]byte, 2)); n != 2 || err != nil || p.drained != 2 || asked > 0 {
		t.Fatalf("read = %d, %v, %d drained", n, err, p.drained)
	}
	p.drained = drainLimit - 1
	if n, err := p.Read(make([]byte, 2)); n != 2 || err != nil || asked > 0 {
		t.Fatalf("read = %d, %v", n, err)
	}
	p.drained = drainLimit
	if n, err := p.Read(make([]byte, 2)); n != 0 || err != io.EOF || asked != 1 {
		t.Fatalf("read = %d, %v, asked %d times", n, err, asked)
	}
	_, _ = p.drained, p.flush()
	p.dry = func(bool) bool { asked++; return false }
	if n, err := p.Read(make([]byte, 2)); n != 2 || err != nil || p.drained != 2 {
		t.Fatalf("read = %d, %v, %d drained", n, err, p.drained)
	}
}

func TestEndsOfAPipe(t *testing.T) {
	r, w := ends(t)
	p := pipe{f: r, draining: true}
	if n, err := readNow(r, make([]byte, 1)); n != 0 || !errors.Is(err, unix.EAGAIN) {
		t.Errorf("of an empty one: %d, %v", n, err)
	}
	_ = w.Close()
	for range 2 {
		if n, err := p.Read(make([]byte, 1)); n != 0 || err != io.EOF {
			t.Errorf("read = %d, %v, want EOF", n, err)
		}
		p.draining = false
	}
	_ = r.Close()
	if n, err := p.Read(make([]byte, 1)); n != 0 || !errors.Is(err, os.ErrClosed) {
		t.Errorf("of a closed one: %d, %v", n, err)
	}
	if err := p.flush(); err == nil {
		t.Errorf("flush a closed one: %v", err)
	}
	if n, err := readNow(r, make([]byte, 1)); n != 0 || err == nil || errors.Is(err, unix.EAGAIN) {
		t.Errorf("of a closed one: %d, %v", n, err)
	}
	if n, err := readNow(nil, make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("of none: %d, %v", n, err)
	}
}

func TestTailKeepsTheEnd(t *testing.T) {
	r, w := ends(t)
	tail := tail{pipe: pipe{f: r, dry: func(bool) bool { return false }}}
	text := strings.Repeat("0123456789", tailSize/10*3) + "the end"
	go func() { _, _ = w.WriteString(text); _ = w.Close() }()
	if err := tail.read(); err != nil {
		t.Error(err)
	}
	if got, want := tail.String(), text[len(text)-tailSize:]; got != want {
		t.Errorf("%d bytes, ending in %q, want %d", len(got), got[max(0, len(got)-20):], len(want))
	}
	if err := tail.read(); err != nil {
		t.Errorf("at its end: %v", err)
	}
	_ = r.Close()
	if err := tail.read(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("of a closed one: %v", err)
	}
}

// After a flush the tail does not wait for those who still hold the pipe.
func TestTailEndsAfterAFlush(t *testing.T) {
	r, w := ends(t)
	tail := tail{pipe: pipe{f: r, dry: func(bool) bool { return false }}}
	_, _ = w.WriteString(" last words\n")
	tail.flush()
	ended := make(chan error)
	go func() { ended <- tail.read() }()
	if err := await(t, "the tail's end", ended); err != nil || tail.String() != "last words" {
		t.Errorf("%q, %v", tail.String(), err)
	}
}

// Who takes a descriptor over closes the one that came, and does not block in it.
func TestOwn(t *testing.T) {
	r, w := ends(t)
	f, err := own(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the one that came is open: %v", err)
	}
	read := make(chan error)
	go func() {
		_, err := f.Read(make([]byte, 1))
		read <- err
	}()
	_ = f.Close()
	if err := await(t, "the end of a read", read); err == nil {
		t.Error("read from a closed file")
	}
	if _, err := own(r); err == nil {
		t.Errorf("of a closed one: %v", err)
	}
	if err := Serve(t.Context(), nil, w, nil); !errors.Is(err, os.ErrInvalid) || !strings.HasPrefix(err.Error(), "serve: ") {
		t.Errorf("serve without a file: %v", err)
	}
	if err := Serve(t.Context(), r, w, nil); err == nil || !strings.HasPrefix(err.Error(), "serve: take over ") {
		t.Errorf("serve without commands: %v", err)
	}
	in, _ := ends(t)
	if err := Serve(t.Context(), in, r, nil); err == nil || !strings.HasPrefix(err.Error(), "serve: take over ") {
		t.Errorf("serve without results: %v", err)
	}
}

func TestMouthIsShut(t *testing.T) {
	r, w := ends(t)
	m := mouth{out: w}
	if err := m.say(message{Op: opHello}); err != nil {
		t.Error(err)
	}
	_ = r.Close()
	if err := m.say(message{Op: opHello}); !errors.Is(err, unix.EPIPE) {
		t.Errorf("to nobody: %v", err)
	}
	c := Call{server: &server{mouth: mouth{out: w}}}
	if err := c.Progress(nil); !errors.Is(err, unix.EPIPE) {
		t.Errorf("progress to nobody: %v", err)
	}
	m.shut()
	if err := m.say(message{Op: opHello}); !errors.Is(err, errSilent) {
		t.Errorf("when shut: %v", err)
	}
}
