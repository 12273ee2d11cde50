package truth

import (
	"errors"
	"fmt"
	"strconv"
)

// ErrEmpty tells that there is nothing to read.
var ErrEmpty = errors.New("empty")

// Parse is tested with a number, with nothing and with letters.
func Parse(s string) (int, error) {
	if s == "" {
		return 0, ErrEmpty
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("parse %q: %w", s, err)
	}
	return n, nil
}

// Check is only called with what it accepts.
func Check(n int) error {
	if n > 100 {
		return errors.New("too much")
	}
	return nil
}
