package workqueue

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestEcho(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	begin := time.Now()
	for i, r := range do(t, q, Item{Kind: "echo", Body: []byte("a")}, Item{Kind: "echo"}) {
		good(t, r, []string{"a", ""}[i])
	}
	t.Log(time.Since(begin))
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

// The handler's frames are as long as a pipe's buffer, several parts, and more
// than a frame can hold.
func TestLifecycle11_LargeBodiesArriveWhole(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 1}})
	for _, n := range []int{64<<10 + 16, 4<<20 + 16, 17 << 20} {
		r := do(t, q, Item{Kind: "big", Body: fmt.Append(nil, n)})[0]
		if r.Err != nil || len(r.Body) != n || strings.Count(string(r.Body), "0123456789abcdef") != n/16 {
			t.Fatalf("%d bytes: got %d, %v", n, len(r.Body), r.Err)
		}
		if n > 5<<20 {
			continue // the way there is the same code
		}
		if back := do(t, q, Item{Kind: "echo", Body: r.Body})[0]; string(back.Body) != string(r.Body) {
			t.Fatalf("%d bytes there and back: %d, %v", n, len(back.Body), back.Err)
		}
	}
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
