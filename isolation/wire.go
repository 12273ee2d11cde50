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
	Once     int       `msgpack:"once"`
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
	token  string     // which frames bear
	events chan event // closed at the end, after at most one error; nil before listen
}

// listen starts to read in a goroutine of its own, which finish ends.
func (r *results) listen() {
	r.pipe.Listen()
	r.events = make(chan event, 16)
	go func() {
		defer close(r.events)
		r.read(func(e event) { r.events <- e })
	}()
}

// read reads frames until the pipe ends or one is wrong: nothing behind it can be
// trusted.
func (r *results) read(take func(event)) {
	frames := frame.NewReader(r.pipe, frame.Cap)
	for {
		m, err := next(frames, r.token)
		if err == io.EOF {
			return
		}
		take(event{m, err})
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

// finish is called when the child has ended: it hands what is still in the pipe to
// take, waits for the reader, if there is one, and closes the pipe.
func (r *results) finish(take func(event)) {
	r.pipe.Finish()
	if r.events == nil {
		r.read(take)
	} else {
		for e := range r.events {
			take(e)
		}
	}
	_ = r.pipe.Close() // it was only read
}

// torn tells whether err is about a frame whose end never came.
func torn(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }
