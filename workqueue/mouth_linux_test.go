package workqueue

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// What is held comes with the next message, before it, and in one piece with a short
// one.
func TestMouthHolds(t *testing.T) {
	released := []message{{Op: opReleased, PID: 7}, {Op: opReleased, PID: 8}}
	for _, test := range []struct{ body, pieces int }{{0, 1}, {5, 1}, {shortBody, 1}, {shortBody + 1, 2}} {
		result := message{Op: opResult, ID: 9, Body: []byte(strings.Repeat("x", test.body))}
		m, pieces := mouthInPieces(t)
		for _, r := range released {
			m.hold(r)
		}
		if err := m.say(result); err != nil || m.held.Len() != 0 {
			t.Errorf("%v, %d bytes are held", err, m.held.Len())
		}
		if err := m.out.Close(); err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		for _, w := range append(released, result) {
			if err := send(&want, w); err != nil {
				t.Fatal(err)
			}
		}
		got := pieces()
		if len(got) != test.pieces || !bytes.Equal(bytes.Join(got, nil), want.Bytes()) {
			t.Errorf("body of %d bytes: %d pieces, want %d, and all that was said", test.body, len(got), test.pieces)
		}
	}
}

// mouthInPieces is a mouth and what tells, once it is closed, which pieces came out of
// it.
func mouthInPieces(t *testing.T) (m *mouth, pieces func() [][]byte) {
	t.Helper()
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET, 0)
	if err != nil {
		t.Fatal(err)
	}
	in := os.NewFile(uintptr(pair[0]), "in")
	t.Cleanup(func() { _ = in.Close() })
	return &mouth{out: os.NewFile(uintptr(pair[1]), "out")}, func() (list [][]byte) {
		for {
			b := make([]byte, 4*shortBody)
			n, err := in.Read(b)
			if err != nil {
				return list
			}
			list = append(list, b[:n])
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
