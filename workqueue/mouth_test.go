package workqueue

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/evilution-go/evilution-go/internal/frame"
)

// What is held comes with the next message, before it and in one piece with a short one.
func TestMouthHolds(t *testing.T) {
	for _, body := range []string{"", "short", strings.Repeat("x", shortBody+1)} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		m := mouth{out: w}
		m.hold(message{Op: opReleased, PID: 7})
		m.hold(message{Op: opReleased, PID: 8})
		said := make(chan error, 1)
		go func() { said <- m.say(message{Op: opResult, ID: 9, Body: []byte(body)}); w.Close() }()
		frames := frame.NewReader(r, frame.Cap)
		for _, want := range []message{{Op: opReleased, PID: 7}, {Op: opReleased, PID: 8}, {Op: opResult, ID: 9, Body: []byte(body)}} {
			var j joiner
			raw, err := frames.Next()
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := j.next(raw)
			if err != nil || got.Op != want.Op || got.PID != want.PID || got.ID != want.ID || !bytes.Equal(got.Body, want.Body) {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
		}
		if err := <-said; err != nil || m.held.Len() != 0 {
			t.Errorf("%v, %d bytes held", err, m.held.Len())
		}
	}
}

// A worker that ends says nothing more, what is held neither.
func TestMouthDropsWhatItHolds(t *testing.T) {
	m := mouth{}
	m.hold(message{Op: opReleased, PID: 7})
	m.shut()
	if err := m.say(message{Op: opResult}); err != errSilent {
		t.Errorf("%v, want %v", err, errSilent)
	}
}
