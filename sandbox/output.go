package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
)

const (
	// DefaultOutput is how many bytes an Output keeps where nobody says.
	DefaultOutput = 256 << 10

	chunk     = 32 << 10 // read at once
	noteLines = 8        // noted lines kept
	noteBytes = 1 << 10  // of each
)

// Output keeps the head and the tail of what a child prints, and whole lines
// that begin in a way the caller asked for, wherever they came.
type Output struct {
	pipe *Pipe
	done chan struct{} // closed by the reader; nil before Listen

	kept  headTail
	begin []string
	line  []byte // the first noteBytes of the line under way
	notes []string
}

// Capture makes a pipe and returns its other end, to be given to a child and then
// closed. At most limit bytes are kept (0: DefaultOutput), half of them from the
// beginning; memory is used only as bytes come. Up to 8 lines that begin with one of
// begin are noted besides (1 KiB of each). Nothing is read before Listen or Finish, and
// the child has to wait when the pipe is full, on Linux with 64 KiB. The caller must
// call Finish.
func Capture(limit int, begin ...string) (*Output, *os.File, error) {
	p, w, err := NewPipe()
	if err != nil {
		return nil, nil, err
	}
	if limit <= 0 {
		limit = DefaultOutput
	}
	return &Output{pipe: p, kept: headTail{limit: limit}, begin: begin}, w, nil
}

// Listen starts to read what the child prints, in a goroutine that Finish ends. It is
// called once at most.
func (o *Output) Listen() {
	o.pipe.Listen()
	o.done = make(chan struct{})
	go func() {
		defer close(o.done)
		o.read()
	}()
}

// chunks are used again by later Outputs; on the stack of its goroutine one would be
// moved as that grows.
var chunks = sync.Pool{New: func() any { return new([chunk]byte) }}

// read reads all there is.
func (o *Output) read() {
	space := chunks.Get().(*[chunk]byte)
	defer chunks.Put(space)
	b := space[:]
	for {
		n, err := o.pipe.Read(b)
		o.kept.write(b[:n])
		o.scan(b[:n])
		if err != nil {
			return
		}
	}
}

// Finish takes what is in the pipe, waits for the reader to end and closes the
// pipe. It is called once the child has ended, and may be called again; the
// other methods may be called only after it.
func (o *Output) Finish() {
	if o.pipe == nil {
		return
	}
	o.pipe.Finish()
	if o.done == nil {
		o.read()
	} else {
		<-o.done
	}
	_ = o.pipe.Close() // a pipe that was only read has nothing to lose
	o.pipe = nil
}

// Bytes returns what was kept. Where bytes were dropped, a line between head and
// tail says how many.
func (o *Output) Bytes() []byte {
	head, tail := o.kept.head, o.kept.ending()
	if o.Dropped() == 0 {
		return append(head[:len(head):len(head)], tail...)
	}
	return fmt.Appendf(head[:len(head):len(head)], "\n... %d bytes dropped ...\n%s", o.Dropped(), tail)
}

// Dropped returns how many bytes were not kept.
func (o *Output) Dropped() int64 { return o.kept.dropped() }

// Total returns how many bytes came.
func (o *Output) Total() int64 { return o.kept.total }

// Notes returns the noted lines without their ends, in the order they came.
func (o *Output) Notes() []string {
	o.note()
	o.line = nil
	return o.notes
}

// scan looks for lines to note.
func (o *Output) scan(b []byte) {
	if len(o.begin) == 0 {
		return
	}
	for len(b) > 0 && len(o.notes) < noteLines {
		line, rest, ended := bytes.Cut(b, []byte{'\n'})
		o.line = append(o.line, line[:min(len(line), noteBytes-len(o.line))]...)
		if ended {
			o.note()
			o.line = o.line[:0]
		}
		b = rest
	}
}

// note keeps the line under way if it begins as asked.
func (o *Output) note() {
	for _, prefix := range o.begin {
		if len(o.notes) < noteLines && bytes.HasPrefix(o.line, []byte(prefix)) {
			o.notes = append(o.notes, strings.TrimSuffix(string(o.line), "\r"))
			return
		}
	}
}
