package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// output is a report file that the user named. It is opened before the run, so
// that a path that cannot be written is found then; what it holds is replaced
// only when there is a report.
type output struct {
	file    *os.File // nil: none was asked for, or written and closed
	created bool     // by us, and empty so far
}

// openOutput opens path for writing without touching what it holds; "" gives an
// output that is never written.
func openOutput(path string) (*output, error) {
	if path == "" {
		return &output{}, nil
	}
	_, err := os.Stat(path)
	created := errors.Is(err, os.ErrNotExist)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return nil, fmt.Errorf("--output: %w", err)
	}
	return &output{file: file, created: created}, nil
}

// write replaces what the file holds by what fill writes, and closes it.
func (o *output) write(fill func(io.Writer) error) error {
	file := o.file
	o.file = nil
	info, err := file.Stat()
	if err == nil && info.Mode().IsRegular() {
		err = file.Truncate(0)
	}
	if err == nil {
		err = fill(file)
	}
	return errors.Join(err, file.Close())
}

// discard gives up an output that was not written: a file made for it goes away.
// After write it does nothing.
func (o *output) discard() {
	if o.file == nil {
		return
	}
	_ = o.file.Close()
	if o.created {
		_ = os.Remove(o.file.Name())
	}
	o.file = nil
}
