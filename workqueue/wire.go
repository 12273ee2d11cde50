package workqueue

import (
	"bytes"
	"fmt"
	"io"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/evilution-go/evilution-go/internal/frame"
)

// What a message says. The Runner sends the first three, the worker the rest;
// both may send parts.
const (
	opGo       = "go"       // you are registered: greet
	opRun      = "run"      // ID, Kind, Body: run this item
	opCancel   = "cancel"   // ID: nobody waits for this item any more
	opHello    = "hello"    // PID: ready for items
	opSpawned  = "spawned"  // PID: a child of the worker, leader of its own group
	opReleased = "released" // PID: that child is reaped
	opProgress = "progress" // ID, Body
	opResult   = "result"   // ID, and Body or Error
	opPart     = "part"     // ID, Body: the beginning of the next message's body
)

// message is one frame in either direction. ID is the number of the hand-over
// (two tries of one item have two numbers), so that nothing late is taken for
// something current.
type message struct {
	Op    string `msgpack:"op"`
	ID    uint64 `msgpack:"id,omitempty"`
	Kind  string `msgpack:"kind,omitempty"`
	Body  []byte `msgpack:"body,omitempty"`
	Error string `msgpack:"error,omitempty"`
	PID   int    `msgpack:"pid,omitempty"`
	Last  bool   `msgpack:"last,omitempty"` // with a result: the worker ends now
}

const (
	// partSize is how much of a body goes into one frame, far below frame.Cap.
	partSize = 4 << 20
	// frameHead is the length of a frame's prefix in bytes.
	frameHead = 4
	// maxBody bounds what one message may make the other side hold.
	maxBody = 1 << 30
)

// send writes one message: parts first where the body is long. Calls on the
// same writer must not overlap.
func send(w io.Writer, m message) error {
	if len(m.Body) > maxBody {
		return fmt.Errorf("send %s of %d bytes: over the limit of %d", m.Op, len(m.Body), maxBody)
	}
	for len(m.Body) > partSize {
		if err := frame.Write(w, message{Op: opPart, ID: m.ID, Body: m.Body[:partSize]}); err != nil {
			return err
		}
		m.Body = m.Body[partSize:]
	}
	return frame.Write(w, m)
}

// joiner puts bodies together again that were sent in parts.
type joiner struct{ parts []byte }

// next decodes one frame; whole is false for a part. The error is the frame's
// contents': the stream is of no use after it.
func (j *joiner) next(raw []byte) (m message, whole bool, err error) {
	if err := msgpack.Unmarshal(raw, &m); err != nil {
		return m, false, fmt.Errorf("decode message: %w", err)
	}
	if len(j.parts)+len(m.Body) > maxBody {
		return m, false, fmt.Errorf("receive %s: over the limit of %d bytes", m.Op, maxBody)
	}
	if m.Op == opPart {
		j.parts = append(j.parts, m.Body...)
		return message{}, false, nil
	}
	if j.parts != nil {
		m.Body, j.parts = append(j.parts, m.Body...), nil
	}
	return m, true, nil
}

// Encode is the encoding that callers share for bodies: msgpack, in which structs
// are arrays of their fields, since both sides are the same program.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := msgpack.GetEncoder()
	defer msgpack.PutEncoder(e)
	e.Reset(&b)
	e.UseArrayEncodedStructs(true)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return b.Bytes(), nil
}

// Decode reads what Encode wrote for a value of the same type.
func Decode[T any](body []byte) (T, error) {
	var v T
	if err := msgpack.Unmarshal(body, &v); err != nil {
		return v, fmt.Errorf("decode %T: %w", v, err)
	}
	return v, nil
}
