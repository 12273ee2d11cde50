package workqueue

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/evilution-go/evilution-go/internal/frame"
)

func TestEcho(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	for i, r := range do(t, q, Item{Kind: "echo", Body: []byte("a")}, Item{Kind: "echo"}) {
		good(t, r, []string{"a", ""}[i])
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	childless(t)
	if r := receive(t, q.Submit(Item{})); !errors.Is(r.Err, ErrClosed) {
		t.Fatalf("after Close: %v", r.Err)
	}
}

func TestHandlerErrorsAreTheItems(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	for kind, want := range map[string]string{"error": "so be it", "panic": "panic: so be it", "goexit": "ended its goroutine", "nonsense": "unknown kind"} {
		r := do(t, q, Item{Kind: kind, Body: []byte("so be it")})[0]
		var e *WorkerError
		if !errors.As(r.Err, &e) || !strings.Contains(e.Text, want) || e.Kind != kind || e.Worker != 1 || r.Attempts != 1 {
			t.Errorf("%s: %+v", kind, r)
		}
	}
	good(t, do(t, q, Item{Kind: "env"})[0], "1")
}

func TestProgressComesInOrderAndBeforeTheResult(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	var got []string // written by the reader, read after the result
	body := strings.Repeat("x y z ", 100)
	good(t, do(t, q, Item{Kind: "progress", Body: []byte(body), Progress: func(b []byte) { got = append(got, string(b)) }})[0], "")
	if want := strings.Fields(body); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Fatalf("%d words, want %d", len(got), len(want))
	}
}

// More than a pipe's buffer, two parts.
func TestLifecycle11_LargeBodiesArriveWhole(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	for _, n := range []int{64<<10 + 16, 4<<20 + 16} {
		r := do(t, q, Item{Kind: "big", Body: fmt.Append(nil, n)})[0]
		if r.Err != nil || len(r.Body) != n || strings.Count(string(r.Body), "0123456789abcdef") != n/16 {
			t.Fatalf("%d bytes: got %d, %v", n, len(r.Body), r.Err)
		}
		if back := do(t, q, Item{Kind: "echo", Body: r.Body})[0]; string(back.Body) != string(r.Body) {
			t.Fatalf("%d bytes there and back: %d, %v", n, len(back.Body), back.Err)
		}
	}
}

func TestEncodeAndDecode(t *testing.T) {
	type both struct {
		A int
		B []string
	}
	b, err := Encode(both{7, []string{"x"}})
	if err != nil {
		t.Fatal(err)
	}
	if back, err := Decode[both](b); err != nil || back.A != 7 || len(back.B) != 1 {
		t.Fatalf("%+v, %v", back, err)
	}
	if _, err := Encode(make(chan int)); err == nil {
		t.Error("encoded a channel")
	}
	if _, err := Decode[both]([]byte{0xc1}); err == nil {
		t.Error("decoded nonsense")
	}
}

// FuzzMessages feeds the joiner with frames: what comes out never holds more
// than what went in, and what send makes of a message comes out as it was.
func FuzzMessages(f *testing.F) {
	f.Add([]byte("\x81\xa2op\xa4part"), "run", []byte("body"))
	f.Add([]byte{0xc1}, "", []byte(nil))
	f.Fuzz(func(t *testing.T, raw []byte, kind string, body []byte) {
		var j joiner
		m, whole, err := j.next(raw)
		if len(m.Body)+len(j.parts) > 2*len(raw) || err != nil && whole {
			t.Fatalf("%d bytes made %+v, %v, %v", len(raw), m, whole, err)
		}
		var pipe bytes.Buffer
		if err := send(&pipe, message{Op: opRun, ID: 5, Kind: kind, Body: body}); err != nil {
			t.Fatal(err)
		}
		j = joiner{}
		back, err := frame.NewReader(&pipe, 0).Next()
		if err != nil {
			t.Fatal(err)
		}
		if m, whole, err = j.next(back); err != nil || !whole || m.Kind != kind || !bytes.Equal(m.Body, body) {
			t.Fatalf("%q %q came back as %+v, %v, %v", kind, body, m, whole, err)
		}
	})
}

func TestSubmitFromManyGoroutines(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 3}})
	var all sync.WaitGroup
	for g := range 10 {
		all.Go(func() {
			for i := range 20 {
				want := fmt.Sprint(g, i)
				if r := <-q.Submit(Item{Kind: "echo", Body: []byte(want)}); r.Err != nil || string(r.Body) != want {
					t.Errorf("%q, %v; want %q", r.Body, r.Err, want)
				}
			}
		})
	}
	all.Wait()
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
}
