package frame

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/vmihailenco/msgpack/v5"
)

// Reader takes frames from a stream, usually a pipe that one goroutine reads
// until an error ends it.
type Reader struct {
	from  *bufio.Reader
	limit int
	err   error
}

// NewReader reads frames of at most limit bytes each from r; a limit of 0 or
// less, or above Cap, means Cap.
func NewReader(r io.Reader, limit int) *Reader {
	if limit <= 0 || limit > Cap {
		limit = Cap
	}
	return &Reader{from: bufio.NewReaderSize(r, 4096), limit: limit}
}

// Next waits for the next whole frame and returns its value, which is the
// caller's to keep. The error is io.EOF where the stream ends between two
// frames, io.ErrUnexpectedEOF where it ends within one, ErrTooLong,
// ErrMalformed, or the stream's own; errors.Is finds each. Nothing follows an
// error, which every later call repeats: behind a broken frame no boundary can
// be trusted.
func (r *Reader) Next() (msgpack.RawMessage, error) {
	if r.err != nil {
		return nil, r.err
	}
	body, err := r.read()
	if err == nil {
		err = check(body)
	}
	if err != nil {
		r.err = err
		return nil, err
	}
	return body, nil
}

// read takes one prefix and as many bytes as it says.
func (r *Reader) read() ([]byte, error) {
	var head [prefix]byte
	if n, err := io.ReadFull(r.from, head[:]); err != nil {
		if n == 0 && errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, torn(n, prefix, err)
	}
	size := int64(binary.BigEndian.Uint32(head[:]))
	if size > int64(r.limit) {
		return nil, fmt.Errorf("read frame of %d bytes: %w", size, ErrTooLong)
	}
	if size <= kept {
		body := make([]byte, size)
		if n, err := io.ReadFull(r.from, body); err != nil {
			return nil, torn(n, int(size), err)
		}
		return body, nil
	}
	// A length is a claim: more room is made for what has come, not for what may.
	var body bytes.Buffer
	if n, err := io.CopyN(&body, r.from, size); err != nil {
		return nil, torn(int(n), int(size), err)
	}
	return body.Bytes(), nil
}

// torn names an error within a frame; the end of the stream is unexpected there.
func torn(got, want int, err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("read frame, %d of %d bytes: %w", got, want, err)
}
