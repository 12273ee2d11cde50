package isolation

import (
	"errors"
	"fmt"
	"io"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/evilution-go/evilution-go/internal/frame"
	"github.com/evilution-go/evilution-go/sandbox"
)

// message is any frame of a child; Kind says which fields mean something.
type message struct {
	Kind     string    `msgpack:"kind"`
	PID      int       `msgpack:"pid"`
	Tests    []string  `msgpack:"tests"`
	Packages []Package `msgpack:"packages"`
	Test     string    `msgpack:"test"`
	Code     int       `msgpack:"code"`
	Micros   int64     `msgpack:"us"`
	Ticks    uint64    `msgpack:"ticks"`
	File     string    `msgpack:"file"`
	Line     int       `msgpack:"line"`
	Call     int       `msgpack:"call"`
	Reach    []Reach   `msgpack:"reach"`
}

// event is a frame, or what is wrong with one.
type event struct {
	message *message
	err     error
}

// results reads a child's frames.
type results struct {
	pipe   *sandbox.Pipe
	events chan event // closed at the end, after at most one error
}

// receive reads frames that bear token from pipe until it ends or a frame is
// wrong. The caller must finish it.
func receive(pipe *sandbox.Pipe, token string) *results {
	r := &results{pipe: pipe, events: make(chan event, 16)}
	go r.read(token)
	return r
}

// read is the one goroutine of results; it ends with the pipe, or at the first
// frame that is wrong: nothing behind it can be trusted.
func (r *results) read(token string) {
	defer close(r.events)
	frames := frame.NewReader(r.pipe, frame.Cap)
	for {
		m, err := next(frames, token)
		if err == io.EOF {
			return
		}
		r.events <- event{m, err}
		if err != nil {
			return
		}
	}
}

// next takes one frame.
func next(frames *frame.Reader, token string) (*message, error) {
	body, err := frames.Next()
	if err != nil {
		return nil, err
	}
	if err := frame.CheckToken(body, token); err != nil {
		return nil, err
	}
	m := new(message)
	if err := msgpack.Unmarshal(body, m); err != nil {
		return nil, fmt.Errorf("decode frame: %w", err)
	}
	return m, nil
}

// finish is called when the child has ended: it hands what is still in the pipe
// to take, waits for the reader and closes the pipe.
func (r *results) finish(take func(event)) {
	r.pipe.Finish()
	for e := range r.events {
		take(e)
	}
	_ = r.pipe.Close() // it was only read
}

// torn tells whether err is about a frame whose end never came.
func torn(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }
