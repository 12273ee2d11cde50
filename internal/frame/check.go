package frame

import (
	"encoding/binary"
	"fmt"

	"github.com/vmihailenco/msgpack/v5"
)

// maxDepth bounds how deep arrays and maps may nest. Our own frames stay below
// 8; decoders recurse once a level, and a frame of 16 MiB could hold as many.
const maxDepth = 32

// CheckToken tells whether body, as Next returned it, is a map whose first
// "token" is the given one; if not, the error is ErrForeign. An empty token
// fits nothing.
func CheckToken(body msgpack.RawMessage, token string) error {
	if len(body) == 0 || token == "" {
		return fmt.Errorf("check token: %w", ErrForeign)
	}
	kind, n, rest, err := head(body)
	if err != nil || kind != mapping {
		return fmt.Errorf("check token: not a map: %w", ErrForeign)
	}
	for range n {
		key, after, ok := text(rest)
		if !ok {
			return fmt.Errorf("check token: a key that is no string: %w", ErrForeign)
		}
		if key == "token" {
			if value, _, ok := text(after); ok && value == token {
				return nil
			}
			break
		}
		if rest, err = skip(after, 1); err != nil {
			return err
		}
	}
	return fmt.Errorf("check token: %w", ErrForeign)
}

// text takes one string from b.
func text(b []byte) (s string, rest []byte, ok bool) {
	kind, n, rest, err := head(b)
	if err != nil || kind != str {
		return "", nil, false
	}
	return string(rest[:n]), rest[n:], true
}

// check tells whether b is exactly one well-formed value.
func check(b []byte) error {
	rest, err := skip(b, 0)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%w: %d bytes after its value", ErrMalformed, len(rest))
	}
	return err
}

// skip returns what follows the first value of b, which lies depth levels deep.
func skip(b []byte, depth int) ([]byte, error) {
	kind, n, rest, err := head(b)
	if err != nil {
		return nil, err
	}
	if kind == plain || kind == str {
		return rest[n:], nil
	}
	if depth == maxDepth {
		return nil, fmt.Errorf("%w: more than %d levels", ErrMalformed, maxDepth)
	}
	if kind == mapping {
		n *= 2
	}
	for range n {
		if rest, err = skip(rest, depth+1); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// What a value's first byte tells.
const (
	plain   = iota // n more bytes belong to it
	str            // the same, and they are text
	array          // n values follow
	mapping        // n pairs of values follow
)

// lead says, for the leads 0xc0 to 0xdf of the msgpack specification, the kind,
// how many bytes of length follow the lead, and how many bytes of content the
// value has beyond that length.
var lead = [32]struct{ kind, length, fixed int }{
	0x00: {plain, 0, 0}, 0x02: {plain, 0, 0}, 0x03: {plain, 0, 0}, // nil, false, true
	0x04: {plain, 1, 0}, 0x05: {plain, 2, 0}, 0x06: {plain, 4, 0}, // bin
	0x07: {plain, 1, 1}, 0x08: {plain, 2, 1}, 0x09: {plain, 4, 1}, // ext: one byte of type
	0x0a: {plain, 0, 4}, 0x0b: {plain, 0, 8}, // floats
	0x0c: {plain, 0, 1}, 0x0d: {plain, 0, 2}, 0x0e: {plain, 0, 4}, 0x0f: {plain, 0, 8}, // unsigned
	0x10: {plain, 0, 1}, 0x11: {plain, 0, 2}, 0x12: {plain, 0, 4}, 0x13: {plain, 0, 8}, // signed
	0x14: {plain, 0, 2}, 0x15: {plain, 0, 3}, 0x16: {plain, 0, 5}, 0x17: {plain, 0, 9}, 0x18: {plain, 0, 17}, // fixext
	0x19: {str, 1, 0}, 0x1a: {str, 2, 0}, 0x1b: {str, 4, 0},
	0x1c: {array, 2, 0}, 0x1d: {array, 4, 0},
	0x1e: {mapping, 2, 0}, 0x1f: {mapping, 4, 0},
}

// head takes the lead of one value from b. For plain values and strings the n
// bytes are certain to be in rest; for arrays and maps there are at least n
// bytes, so that no count can promise more than has come.
func head(b []byte) (kind, n int, rest []byte, err error) {
	if len(b) == 0 {
		return 0, 0, nil, fmt.Errorf("%w: it ends within a value", ErrMalformed)
	}
	first, rest := b[0], b[1:]
	switch {
	case first < 0x80 || first >= 0xe0: // small integers
	case first < 0x90:
		kind, n = mapping, int(first&0x0f)
	case first < 0xa0:
		kind, n = array, int(first&0x0f)
	case first < 0xc0:
		kind, n = str, int(first&0x1f)
	case first == 0xc1:
		return 0, 0, nil, fmt.Errorf("%w: lead 0xc1 is never used", ErrMalformed)
	default:
		l := lead[first-0xc0]
		if len(rest) < l.length {
			return 0, 0, nil, fmt.Errorf("%w: it ends within a length", ErrMalformed)
		}
		kind, n, rest = l.kind, number(rest[:l.length])+l.fixed, rest[l.length:]
	}
	if n > len(rest) {
		return 0, 0, nil, fmt.Errorf("%w: %d announced, %d bytes left", ErrMalformed, n, len(rest))
	}
	return kind, n, rest, nil
}

// number reads up to four bytes, big-endian.
func number(b []byte) int {
	var wide [8]byte
	copy(wide[8-len(b):], b)
	return int(binary.BigEndian.Uint64(wide[:]))
}
