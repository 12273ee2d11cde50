package frame

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/vmihailenco/msgpack/v5"
)

type message struct {
	Token string `msgpack:"token"`
	Kind  string `msgpack:"kind"`
	Data  []byte `msgpack:"data"`
}

// raw makes a frame of any bytes, well-formed or not.
func raw(body ...byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)
}

func TestRoundTripInPieces(t *testing.T) {
	var stream bytes.Buffer
	want := []message{{"t", "hello", nil}, {"t", "end", bytes.Repeat([]byte{7}, 70_000)}, {"t", "done", []byte{}}}
	for _, m := range want {
		if err := Write(&stream, m); err != nil {
			t.Fatal(err)
		}
	}
	whole := stream.Bytes()
	for name, source := range map[string]io.Reader{
		"whole":         bytes.NewReader(whole),
		"byte by byte":  iotest.OneByteReader(bytes.NewReader(whole)),
		"data with EOF": iotest.DataErrReader(bytes.NewReader(whole)),
	} {
		r := NewReader(source, 0)
		for i, m := range want {
			body, err := r.Next()
			if err != nil {
				t.Fatalf("%s: frame %d: %v", name, i, err)
			}
			var got message
			if err := msgpack.Unmarshal(body, &got); err != nil || got.Kind != m.Kind || !bytes.Equal(got.Data, m.Data) {
				t.Fatalf("%s: frame %d: got %v, %v", name, i, got.Kind, err)
			}
		}
		for range 2 {
			if _, err := r.Next(); err != io.EOF {
				t.Fatalf("%s: after the last frame: %v", name, err)
			}
		}
	}
}

// Rule 11 of the protocol: payloads above a pipe's buffer arrive whole. Rule
// 10: a pause within a frame is no fault.
func TestOverPipe(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var stream bytes.Buffer
	data := bytes.Repeat([]byte("0123456789"), 500_000)
	if err := Write(&stream, message{"t", "end", data}); err != nil {
		t.Fatal(err)
	}
	sent := make(chan error, 1)
	go func() {
		defer out.Close()
		half := stream.Len() / 2
		if _, err := out.Write(stream.Bytes()[:half]); err != nil {
			sent <- err
			return
		}
		time.Sleep(50 * time.Millisecond)
		_, err := out.Write(stream.Bytes()[half:])
		sent <- err
	}()
	var got message
	body, err := NewReader(in, 0).Next()
	if err == nil {
		err = msgpack.Unmarshal(body, &got)
	}
	if err != nil || !bytes.Equal(got.Data, data) {
		t.Fatalf("got %d bytes, %v", len(got.Data), err)
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
}

func TestBroken(t *testing.T) {
	good := raw(0x81, 0xa1, 'a', 1)
	deep := append(bytes.Repeat([]byte{0x91}, maxDepth+1), 0)
	for _, c := range []struct {
		name   string
		stream []byte
		want   error
	}{
		{"nothing", nil, io.EOF},
		{"half a prefix", good[:3], io.ErrUnexpectedEOF},
		{"prefix only", good[:4], io.ErrUnexpectedEOF},
		{"half a body", good[:6], io.ErrUnexpectedEOF},
		{"one over the limit", raw(bytes.Repeat([]byte{0}, 1025)...), ErrTooLong},
		{"stray text", []byte("panic: something\n"), ErrTooLong},
		{"empty", raw(), ErrMalformed},
		{"two values", raw(1, 2), ErrMalformed},
		{"unused lead", raw(0xc1), ErrMalformed},
		{"short string", raw(0xa5, 'a'), ErrMalformed},
		{"short length", raw(0xdb, 0, 0), ErrMalformed},
		{"promise of an array", raw(0xdd, 0xff, 0xff, 0xff, 0xff), ErrMalformed},
		{"promise of a map", raw(0xdf, 0xff, 0xff, 0xff, 0xff), ErrMalformed},
		{"map without its last value", raw(0x82, 1, 1, 1), ErrMalformed},
		{"too deep", raw(deep...), ErrMalformed},
	} {
		r := NewReader(bytes.NewReader(c.stream), 1024)
		for range 2 {
			if _, err := r.Next(); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", c.name, err, c.want)
			}
		}
	}
	if _, err := NewReader(bytes.NewReader(raw(deep[1:]...)), 0).Next(); err != nil {
		t.Errorf("%d levels: %v", maxDepth, err)
	}
}

func TestWriteRefusesTooLong(t *testing.T) {
	var stream bytes.Buffer
	if err := Write(&stream, make([]byte, Cap)); !errors.Is(err, ErrTooLong) || stream.Len() > 0 {
		t.Fatalf("got %v and %d bytes", err, stream.Len())
	}
	if err := Write(&stream, make([]byte, Cap-8)); err != nil {
		t.Fatal(err)
	}
	if _, err := NewReader(&stream, 0).Next(); err != nil {
		t.Fatal(err)
	}
}

func TestCheckToken(t *testing.T) {
	encode := func(v any) []byte {
		b, err := msgpack.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	token := strings.Repeat("0f", 16)
	for _, c := range []struct {
		name string
		body []byte
		ok   bool
	}{
		{"first", encode(message{Token: token}), true},
		{"last", encode(struct {
			Kind  []int  `msgpack:"kind"`
			Token string `msgpack:"token"`
		}{[]int{1, 2}, token}), true},
		{"other", encode(message{Token: strings.Repeat("0e", 16)}), false},
		{"prefix", encode(message{Token: token[:31]}), false},
		{"none", encode(map[string]int{"kind": 1}), false},
		{"number", encode(map[string]int{"token": 1}), false},
		{"no map", encode([]string{"token", token}), false},
		{"number as key", encode(map[int]string{1: token}), false},
		{"no bytes", nil, false},
	} {
		err := CheckToken(c.body, token)
		if (err == nil) != c.ok || err != nil && !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := CheckToken(encode(message{}), ""); !errors.Is(err, ErrForeign) {
		t.Errorf("empty token: %v", err)
	}
}

// FuzzReader gives any bytes to the reader: it must end with an error without
// panicking, and whatever it lets through must be decodable as a whole.
func FuzzReader(f *testing.F) {
	f.Add(raw(0x81, 0xa1, 'a', 1))
	f.Add(raw(0xde, 0, 1, 0xd9, 1, 'a', 0xc7, 1, 5, 0))
	f.Add(append(raw(0xcb, 0, 0, 0, 0, 0, 0, 0, 0), raw(0xd8)...))
	f.Add([]byte("goroutine 1 [running]:"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		r := NewReader(bytes.NewReader(stream), 1<<16)
		left := len(stream)
		for {
			body, err := r.Next()
			if err != nil {
				return
			}
			if left -= prefix + len(body); left < 0 {
				t.Fatal("more bytes out than in")
			}
			_ = CheckToken(body, "token")
			d := msgpack.NewDecoder(bytes.NewReader(body))
			if err := d.Skip(); err != nil {
				t.Fatalf("let through %x, but: %v", body, err)
			}
		}
	})
}

func BenchmarkNext(b *testing.B) {
	var stream bytes.Buffer
	if err := Write(&stream, message{"0123456789abcdef0123456789abcdef", "end", make([]byte, 100)}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewReader(bytes.NewReader(stream.Bytes()), 0).Next(); err != nil {
			b.Fatal(err)
		}
	}
}
