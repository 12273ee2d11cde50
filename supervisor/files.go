package supervisor

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// argv is the child's argument list with the program's name in front.
func (o *Options) argv() []string { return append([]string{o.Path}, o.Args...) }

// environ is the child's environment, each name once.
func (o *Options) environ() []string {
	if o.Env == nil {
		return os.Environ()
	}
	seen := make(map[string]bool, len(o.Env))
	env := make([]string, 0, len(o.Env))
	for _, v := range slices.Backward(o.Env) {
		if name, _, _ := strings.Cut(v, "="); !seen[name] {
			seen[name] = true
			env = append(env, v)
		}
	}
	slices.Reverse(env)
	return env
}

// descriptors returns the child's files in the order of their numbers. The
// null device in it, if any, is closed by the returned function.
func (o *Options) descriptors() ([]*os.File, func(), error) {
	files := append([]*os.File{o.Stdin, o.Stdout, o.Stderr}, o.ExtraFiles...)
	if i := slices.Index(files[3:], nil); i >= 0 {
		return nil, nil, fmt.Errorf("extra file %d: is nil", i)
	}
	if !slices.Contains(files[:3], nil) {
		return files, func() {}, nil
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	for i := range 3 {
		if files[i] == nil {
			files[i] = null
		}
	}
	return files, func() { _ = null.Close() }, nil
}

// numbers returns the descriptors of files, put into blocking mode, which is
// what programs expect of their descriptors (the parent's end of a pipe is
// not touched by it). The caller keeps files alive until they are duplicated.
func numbers(files []*os.File) ([]uintptr, error) {
	fds := make([]uintptr, len(files))
	for i, f := range files {
		fds[i] = f.Fd()
		if fds[i] == ^uintptr(0) {
			return nil, fmt.Errorf("file %d: %w", i, os.ErrClosed)
		}
	}
	return fds, nil
}

// sealOneByOne is seal by the list of descriptors that the system keeps. The
// one that lists them is among them and closed by now, which is no error.
func sealOneByOne() error {
	entries, err := os.ReadDir("/dev/fd")
	if err != nil {
		return fmt.Errorf("list descriptors: %w", err)
	}
	for _, e := range entries {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd > 2 {
			syscall.CloseOnExec(fd)
		}
	}
	return nil
}

// closeAll closes files; one that the caller has already closed is fine.
func closeAll(files []*os.File) error {
	var errs []error
	for _, f := range files {
		if err := f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// pointers translates strings for execve.
func pointers(list []string) ([]*byte, error) {
	p, err := syscall.SlicePtrFromStrings(list)
	if err != nil {
		return nil, fmt.Errorf("arguments or environment: contain a zero byte: %w", err)
	}
	return p, nil
}
