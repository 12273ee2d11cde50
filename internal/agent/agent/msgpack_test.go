package agent

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

// decode reads one value with the reference decoder and insists that nothing
// follows it.
func decode(t *testing.T, b buffer) any {
	t.Helper()
	d := msgpack.NewDecoder(bytes.NewReader(b))
	v, err := d.DecodeInterfaceLoose()
	if err != nil {
		t.Fatalf("decode % x: %v", b[:min(len(b), 40)], err)
	}
	if _, err := d.PeekCode(); err == nil {
		t.Fatalf("more than one value in % x", b[:min(len(b), 40)])
	}
	return v
}

// reference encodes with the reference encoder, in its shortest form.
func reference(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := msgpack.NewEncoder(&b)
	e.UseCompactInts(true)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNumbers(t *testing.T) {
	for _, n := range []uint64{
		0, 1, 127, 128, 255, 256, 65535, 65536, 1<<32 - 1, 1 << 32, 1<<63 - 1, 1 << 63, math.MaxUint64,
	} {
		var b buffer
		b.uint(n)
		if want := reference(t, n); !bytes.Equal(b, want) {
			t.Errorf("uint %d: % x, reference % x", n, b, want)
		}
	}
	for _, n := range []int{0, 1, -1, -32, -33, math.MaxInt32, math.MinInt32, math.MaxInt, math.MinInt} {
		var b buffer
		b.int(n)
		if got := decode(t, b); reflect.ValueOf(got).Kind() == reflect.Uint64 && uint64(n) != got ||
			reflect.ValueOf(got).Kind() == reflect.Int64 && int64(n) != got {
			t.Errorf("int %d: decoded as %v", n, got)
		}
	}
}

func TestLengths(t *testing.T) {
	for _, n := range []int{0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536, 70000} {
		var s, a, m buffer
		s.string(strings.Repeat("x", n))
		if want := reference(t, strings.Repeat("x", n)); !bytes.Equal(s, want) {
			t.Errorf("string of %d: % x, reference % x", n, s[:6], want[:6])
		}
		a.uints(make([]uint64, n))
		if got := decode(t, a).([]any); len(got) != n {
			t.Errorf("array of %d: decoded %d", n, len(got))
		}
		m.mapHeader(n)
		for i := range n {
			m.string(strings.Repeat("k", i%7) + string(rune('a'+i%26)))
			m.int(i)
		}
		d := msgpack.NewDecoder(bytes.NewReader(m))
		if got, err := d.DecodeMapLen(); err != nil || got != n {
			t.Errorf("map of %d: decoded %d, %v", n, got, err)
		}
	}
}

// FuzzMsgpack writes what the fuzzer's bytes say and compares it with both
// directions of the reference.
func FuzzMsgpack(f *testing.F) {
	f.Add("", uint64(0), 0, []byte(nil))
	f.Add("TestA", uint64(1<<40), -1, []byte{1, 2, 3})
	f.Add(strings.Repeat("é", 40), uint64(math.MaxUint64), math.MinInt, bytes.Repeat([]byte{200}, 300))
	f.Fuzz(func(t *testing.T, s string, u uint64, i int, raw []byte) {
		numbers := make([]uint64, len(raw))
		for n, c := range raw {
			numbers[n] = u >> (c & 63)
		}
		var b buffer
		b.mapHeader(4)
		b.string("s")
		b.string(s)
		b.string("u")
		b.uint(u)
		b.string("i")
		b.int(i)
		b.string("n")
		b.uints(numbers)
		type value struct {
			S string   `msgpack:"s"`
			U uint64   `msgpack:"u"`
			I int      `msgpack:"i"`
			N []uint64 `msgpack:"n"`
		}
		var got value
		if err := msgpack.Unmarshal(b, &got); err != nil {
			t.Fatalf("decode: %v", err)
		}
		if len(numbers) == 0 {
			got.N, numbers = nil, nil
		}
		if want := (value{s, u, i, numbers}); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		var one buffer
		one.uints(numbers)
		if want := reference(t, append([]uint64{}, numbers...)); !bytes.Equal(one, want) {
			t.Fatalf("numbers: % x, reference % x", one, want)
		}
	})
}
