package workqueue

import (
	"errors"
	"io"
	"strings"
)

// tailSize is how much of a worker's standard error is kept, in bytes.
const tailSize = 4 << 10

// tail keeps the end of what a worker writes to its standard error. It belongs
// to the goroutine of read and, after that has ended, to everybody.
type tail struct {
	pipe pipe
	text []byte
}

// read ends with the pipe, or when after a flush there is no more.
func (t *tail) read() error {
	buffer := make([]byte, tailSize)
	for {
		n, err := t.pipe.Read(buffer)
		t.text = append(t.text, buffer[:n]...)
		t.text = t.text[max(0, len(t.text)-tailSize):]
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// flush makes read end when it has read what is there. Where it fails the file
// is closed, and read ends as well.
func (t *tail) flush() { _ = t.pipe.flush() }

func (t *tail) String() string { return strings.TrimSpace(string(t.text)) }
