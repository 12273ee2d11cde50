package workqueue

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/evilution-go/evilution-go/internal/frame"
)

// deafEar counts what is written and answers with an error, if it has one.
type deafEar struct {
	err    error
	writes int
}

func (e *deafEar) Write(b []byte) (int, error) {
	e.writes++
	return len(b), e.err
}

// A body of exactly one part needs no second frame; each frame is one write.
func TestPartsOfABody(t *testing.T) {
	for size, want := range map[int]int{0: 1, partSize - 1: 1, partSize: 1, partSize + 1: 2, 2*partSize + 1: 3} {
		ear := new(deafEar)
		if err := send(ear, message{Op: opRun, Body: huge(t, size+1)[:size]}); err != nil || ear.writes != want {
			t.Errorf("%d bytes: %d frames, %v, want %d", size, ear.writes, err, want)
		}
	}
	var pipe bytes.Buffer
	body := bytes.Repeat([]byte("0123456789"), 2*partSize/10+1)
	if err := send(&pipe, message{Op: opRun, ID: 5, Kind: "k", Body: body}); err != nil {
		t.Fatal(err)
	}
	frames := frame.NewReader(&pipe, 0)
	var j joiner
	for i := range 3 {
		raw, err := frames.Next()
		if err != nil {
			t.Fatal(err)
		}
		m, whole, err := j.next(raw)
		if err != nil || whole != (i == 2) || whole && (m.Op != opRun || m.ID != 5 || m.Kind != "k" || !bytes.Equal(m.Body, body)) {
			t.Errorf("frame %d: %d bytes of %q, %v, %v", i, len(m.Body), m.Op, whole, err)
		}
	}
	ear := &deafEar{err: errFirst}
	if err := send(ear, message{Op: opRun, Body: huge(t, 3*partSize)}); !errors.Is(err, errFirst) || ear.writes != 1 {
		t.Errorf("to nobody: %d frames, %v", ear.writes, err)
	}
}

// mute does not let itself be encoded.
type mute struct{}

func (mute) EncodeMsgpack(*msgpack.Encoder) error { return errFirst }

// Errors of the encoding say what they are.
func TestCodingErrorsAreWrapped(t *testing.T) {
	if _, err := Encode(mute{}); !errors.Is(err, errFirst) {
		t.Errorf("encode: %v", err)
	}
	if _, err := Decode[string](nil); !errors.Is(err, io.EOF) {
		t.Errorf("decode: %v", err)
	}
	if _, whole, err := new(joiner).next(nil); whole || !errors.Is(err, io.EOF) {
		t.Errorf("join: %v, %v", whole, err)
	}
}

func TestStructsAreArrays(t *testing.T) {
	const arrayOfOne = 0x91
	if b, err := Encode(struct{ Name string }{"a"}); err != nil || b[0] != arrayOfOne {
		t.Errorf("%x, %v", b, err)
	}
}
