// Package frame carries values between our processes: each frame is a length
// of four bytes, big-endian, and then one msgpack value of that many bytes.
//
// Both pipes of the tool speak it: mutant child to worker (where the other end
// runs code that we do not trust), and worker to Runner. So the reader takes
// nothing on faith: a length above the cap is refused before anything is
// allocated for it, memory grows only as bytes arrive, and what Next returns is
// one well-formed value of bounded depth, which no decoder can be made to
// recurse or allocate on. A frame may arrive in any number of pieces with any
// pauses between them; how long to wait is the caller's question.
//
// The package owns no goroutine and no descriptor. A Reader belongs to one
// goroutine at a time; Write makes exactly one call of w.Write per frame, and
// callers that share a writer must serialise their calls.
package frame

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/vmihailenco/msgpack/v5"
)

// Cap is the greatest length of one frame's value in bytes, without its prefix.
const Cap = 16 << 20

// prefix is the length of a frame's length in bytes.
const prefix = 4

// kept is the size of a buffer that is kept for later frames, and of a body for
// which room is made before it has come, in bytes.
const kept = 64 << 10

var (
	// ErrTooLong tells that a frame is, or claims to be, longer than the cap.
	ErrTooLong = errors.New("frame is too long")
	// ErrMalformed tells that a frame's bytes are not exactly one msgpack value.
	ErrMalformed = errors.New("frame is malformed")
	// ErrForeign tells that a frame does not bear the token it has to bear.
	ErrForeign = errors.New("frame is foreign")
)

// Write sends v as one frame by one call of w.Write. The error is ErrTooLong,
// and nothing is written, if the value takes more than Cap bytes; otherwise it
// is the encoder's or the writer's.
func Write(w io.Writer, v any) error {
	b := buffers.Get().(*bytes.Buffer)
	defer release(b)
	b.Write(make([]byte, prefix))
	e := msgpack.GetEncoder()
	defer msgpack.PutEncoder(e)
	e.Reset(b)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	whole := b.Bytes()
	if n := len(whole) - prefix; n > Cap {
		return fmt.Errorf("write frame of %d bytes: %w", n, ErrTooLong)
	}
	binary.BigEndian.PutUint32(whole, uint32(len(whole)-prefix))
	if _, err := w.Write(whole); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	return nil
}

// buffers are used again by later frames: there are several for each mutant.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// release gives a buffer back, unless it is large.
func release(b *bytes.Buffer) {
	if b.Cap() <= kept {
		b.Reset()
		buffers.Put(b)
	}
}
