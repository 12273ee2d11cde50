package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Rule 13: head and tail are kept, and it is said how much is not.
func TestLifecycle13_HeadAndTail(t *testing.T) {
	o, w, err := Capture(100, "panic: ", "odd ")
	if err != nil {
		t.Fatal(err)
	}
	o.Listen()
	var all bytes.Buffer
	for i := range 10_000 {
		if i%3000 == 1 {
			fmt.Fprintf(&all, "odd line %d\r\n", i)
		}
		fmt.Fprintf(&all, "line %d\n", i)
	}
	all.WriteString("panic: at the end, without a newline" + strings.Repeat("!", 2000))
	whole := bytes.Clone(all.Bytes())
	if _, err := all.WriteTo(w); err != nil {
		t.Fatal(err)
	}
	w.Close()
	o.Finish()
	o.Finish()
	want := fmt.Sprintf("%s\n... %d bytes dropped ...\n%s", whole[:50], len(whole)-100, whole[len(whole)-50:])
	if got := string(o.Bytes()); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if o.Total() != int64(len(whole)) || o.Dropped() != o.Total()-100 {
		t.Errorf("total %d, dropped %d of %d", o.Total(), o.Dropped(), len(whole))
	}
	notes := o.Notes()
	lines := []string{"odd line 1", "odd line 3001", "odd line 6001", "odd line 9001"}
	if len(notes) != 5 || !slices.Equal(notes[:4], lines) || len(notes[4]) != noteBytes || !strings.HasPrefix(notes[4], "panic: at") {
		t.Errorf("notes %q", notes)
	}
}

// Any pieces add up to the same.
func TestHeadTailInPieces(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 500 {
		limit, size := 1+random.IntN(40), random.IntN(120)
		whole := make([]byte, size)
		for i := range whole {
			whole[i] = byte(i)
		}
		h := headTail{limit: limit}
		for rest := whole; len(rest) > 0; {
			n := 1 + random.IntN(len(rest))
			h.write(rest[:n])
			rest = rest[n:]
		}
		want := whole
		if size > limit {
			want = append(bytes.Clone(whole[:limit/2]), whole[size-(limit-limit/2):]...)
		}
		if got := append(bytes.Clone(h.head), h.ending()...); !bytes.Equal(got, want) {
			t.Fatalf("round %d: limit %d of %d: got %v, want %v", round, limit, size, got, want)
		}
		if h.dropped() != int64(max(0, size-limit)) {
			t.Fatalf("round %d: dropped %d", round, h.dropped())
		}
	}
}

// Rule 5: Finish does not wait for the end of a pipe that a grandchild holds,
// and loses nothing that was in it.
func TestLifecycle5_FinishWithoutEndOfFile(t *testing.T) {
	for _, listens := range []bool{true, false} {
		finishWithoutEnd(t, listens)
	}
}

func finishWithoutEnd(t *testing.T, listens bool) {
	o, w, err := Capture(0)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if listens {
		o.Listen()
	}
	if _, err := w.WriteString(strings.Repeat("x", 60_000) + "end"); err != nil {
		t.Fatal(err)
	}
	before := time.Now()
	o.Finish()
	if took := time.Since(before); took > time.Second {
		t.Errorf("took %v", took)
	}
	if got := o.Bytes(); len(got) != 60_003 || !bytes.HasSuffix(got, []byte("end")) {
		t.Errorf("got %d bytes (listens: %v)", len(got), listens)
	}
}

// Rule 5: nor can a grandchild that goes on writing keep us.
func TestLifecycle5_FinishAgainstWriter(t *testing.T) {
	for _, listens := range []bool{true, false} {
		finishAgainstWriter(t, listens)
	}
}

func finishAgainstWriter(t *testing.T, listens bool) {
	o, w, err := Capture(0)
	if err != nil {
		t.Fatal(err)
	}
	if listens {
		o.Listen()
	}
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if _, err := w.WriteString("more and more\n"); err != nil {
					return // the reader is gone
				}
			}
		}
	})
	time.Sleep(10 * time.Millisecond)
	before := time.Now()
	o.Finish()
	if took := time.Since(before); took > 5*time.Second {
		t.Errorf("took %v (listens: %v)", took, listens)
	}
	close(stop)
	group.Wait()
	w.Close()
}

// Without a listener no descriptor is closed twice: its number may be another's.
func TestPipeIsClosedOnce(t *testing.T) {
	p, w, err := NewPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	other, _, err := NewPipe() // gets the lowest numbers that are free
	if err != nil {
		t.Fatal(err)
	}
	if p.Close() == nil {
		t.Error("closed twice")
	}
	if err := other.Close(); err != nil {
		t.Errorf("the other pipe: %v", err)
	}
}

// The other end blocks, and a real child can hold it.
func TestCaptureOfChild(t *testing.T) {
	o, w, err := Capture(0)
	if err != nil {
		t.Fatal(err)
	}
	cmd := helper(t, "hold output")
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	o.Finish()
	if got := string(o.Bytes()); got != "head\n" {
		t.Errorf("got %q", got)
	}
	killGroup(t, cmd)
}

func TestPipeEnds(t *testing.T) {
	p, w, err := NewPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.Listen()
	if _, err := w.WriteString("all"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if b, err := io.ReadAll(p); err != nil || string(b) != "all" {
		t.Errorf("got %q, %v", b, err)
	}
	p.Finish()
	if _, err := p.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("after its end: %v", err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if _, err := p.Read(make([]byte, 1)); err == nil {
		t.Error("read a closed pipe")
	}
}

func BenchmarkOutput(b *testing.B) {
	o, w, err := Capture(0, "panic: ", "fatal error: ")
	if err != nil {
		b.Fatal(err)
	}
	o.Listen()
	line := []byte(strings.Repeat("a line of some forty bytes, as tests do\n", 800))
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if _, err := w.Write(line); err != nil {
			b.Fatal(err)
		}
	}
	w.Close()
	o.Finish()
}
