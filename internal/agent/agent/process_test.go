package agent

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/vmihailenco/msgpack/v5"
)

// The tests of this file start this binary again, with an order: then it is an
// instrumented binary whose suite is the map tests.
func TestMain(m *testing.M) {
	if _, ok := os.LookupEnv("EVILUTION_ORDER"); !ok {
		os.Exit(m.Run())
	}
	p := Open("p", 1, bigMutants, make([]int32, bigMutants+1))
	os.Exit(Main(Suite{Tests: []string{"Count", "Loop", "Calls", "Stuck", "Slow", "Big"}, Run: func(names []string) int {
		for _, name := range names {
			tests[name](p)
		}
		return 0
	}}))
}

// bigMutants make a frame of more than 4 MiB when all are reached.
const bigMutants = 700_000

var tests = map[string]func(*Package){
	"Count": func(p *Package) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for i := range 1000 {
					p.Tick(1)
					V1(p, 1, i, i|1)
				}
			})
		}
		all.Wait()
	},
	"Calls": calls,
	"Stuck": func(p *Package) {
		for calls(p); ; {
			p.Tick(1)
		}
	},
	"Slow": func(p *Package) {
		for begin := time.Now(); time.Since(begin) < 300*time.Millisecond; {
			p.Call(1)
			for range 10_000 {
				p.Tick(1)
			}
		}
	},
	"Loop": func(p *Package) {
		for range 2 {
			go func() {
				for {
					p.Tick(1)
				}
			}()
		}
		select {}
	},
	"Big": func(p *Package) {
		for n := range int32(bigMutants) {
			p.Is(n + 1)
		}
	},
}

// start runs this binary with an order and returns the reading end of its pipe.
func start(t *testing.T, order string) (*exec.Cmd, *os.File, *bytes.Buffer) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "my order")
	if err := os.WriteFile(file, []byte(order), 0o644); err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	t.Cleanup(func() { r.Close() })
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	output := new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = output, output
	cmd.ExtraFiles = []*os.File{w}
	cmd.Env = append(os.Environ(), "EVILUTION_ORDER="+file, "EVILUTION_PIPE=3", "EVILUTION_TOKEN=secret")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := r.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return cmd, r, output
}

// body reads the bytes of one frame.
func body(t *testing.T, r io.Reader) []byte {
	t.Helper()
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		t.Fatalf("read frame: %v", err)
	}
	body := make([]byte, binary.BigEndian.Uint32(head[:]))
	if _, err := io.ReadFull(r, body); err != nil {
		t.Fatalf("read frame of %d: %v", len(body), err)
	}
	return body
}

// next reads one frame.
func next(t *testing.T, r io.Reader) map[string]any {
	t.Helper()
	d := msgpack.NewDecoder(bytes.NewReader(body(t, r)))
	d.UseLooseInterfaceDecoding(true)
	f, err := d.DecodeMap()
	if err != nil {
		t.Fatal(err)
	}
	if f["token"] != "secret" {
		t.Fatalf("token %v", f["token"])
	}
	return f
}

// kinds reads frames of the given kinds and returns the last.
func kinds(t *testing.T, r io.Reader, kinds ...string) (f map[string]any) {
	t.Helper()
	for _, kind := range kinds {
		if f = next(t, r); f["kind"] != kind {
			t.Fatalf("frame %v, want %s", f, kind)
		}
	}
	return f
}

func exits(t *testing.T, cmd *exec.Cmd, output *bytes.Buffer, code int, words string) {
	t.Helper()
	_ = cmd.Wait()
	if cmd.ProcessState.ExitCode() != code || !strings.Contains(output.String(), words) {
		t.Errorf("%v, want exit %d and %q; output:\n%s", cmd.ProcessState, code, words, output)
	}
}

func TestRecordingOfManyGoroutines(t *testing.T) {
	cmd, r, output := start(t, "mode record\ntest Count\n")
	f := kinds(t, r, "hello", "init", "start", "end")
	p := recording(1) // whatever the order, the values have one sum
	for i := range 4000 {
		V1(p, 1, i%1000, 0)
	}
	if got := fmt.Sprint(f["reach"]); got != fmt.Sprintf("[map[longest:[1 4000] mutants:[1 4000 2000] path:p sums:[0 %d] ticks:[1 4000]]]", p.sums[0]) {
		t.Error(got)
	}
	kinds(t, r, "done")
	exits(t, cmd, output, 0, "")
}

func TestHangOfManyGoroutines(t *testing.T) {
	cmd, r, output := start(t, "mode mutant\nmutant p 1\nticks 10000\nfloor 30000\ntest Loop\n")
	f := kinds(t, r, "hello", "start", "hang")
	if f["test"] != "Loop" {
		t.Error(f)
	}
	if n, err := r.Read(make([]byte, 1)); n > 0 || err != io.EOF {
		t.Errorf("%d bytes after the hang, %v", n, err)
	}
	exits(t, cmd, output, exitHang, "")
}

// calls makes many calls that go round ten times each.
func calls(p *Package) {
	for range 300_000 {
		p.Call(1)
		for range 10 {
			p.Tick(1)
		}
	}
}

// A call that goes round without end is a hang although all calls together have gone
// round more often before.
func TestHangInOneCall(t *testing.T) {
	const order = "mode mutant\nmutant p 1\nticks 1000000000000\nstretch 1000\nfloor 50000\n"
	cmd, r, output := start(t, order+"test Calls\ntest Stuck\n")
	f := kinds(t, r, "hello", "start", "end", "start", "hang")
	if once, n := fmt.Sprint(f["once"]), f["ticks"].(uint64); f["test"] != "Stuck" || once != "1" || n <= 1000 {
		t.Error(f)
	}
	exits(t, cmd, output, exitHang, "")
}

// Calls that are each beyond the limit but take no time, and those that take time
// together, are none.
func TestNoHangInOneCall(t *testing.T) {
	cmd, r, output := start(t, "mode mutant\nmutant p 1\nstretch 5\nfloor 60000000\ntest Calls\nstretch 9000\nfloor 100000\ntest Slow\n"+
		"stretch 10\nfloor 0\ntest Calls\n")
	kinds(t, r, "hello", "start", "end", "start", "end", "start", "end", "done")
	exits(t, cmd, output, 0, "")
}

// Payloads far above a pipe's buffer arrive whole, whatever the reader's pace.
func TestBigFrameSlowReader(t *testing.T) {
	cmd, r, output := start(t, "mode record\ntest Big\n")
	kinds(t, r, "hello", "init", "start")
	// One byte of the next frame means that its writer is stuck in the pipe.
	if _, err := io.ReadFull(r, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	got := body(t, io.MultiReader(bytes.NewReader([]byte{0}), r))
	var numbers buffer
	numbers.arrayHeader(3 * bigMutants)
	for n := range uint64(bigMutants) {
		numbers.uint(n + 1)
		numbers.uint(1)
		numbers.uint(1)
	}
	if len(got) < 4<<20 || !bytes.Contains(got, numbers) {
		t.Errorf("a frame of %d bytes, without the %d that it should have", len(got), len(numbers))
	}
	if d := msgpack.NewDecoder(bytes.NewReader(got)); d.Skip() != nil || d.Buffered().(*bytes.Reader).Len() > 0 {
		t.Error("the frame is not one value")
	}
	kinds(t, r, "done")
	exits(t, cmd, output, 0, "")
}

// A process whose worker is gone does not go on.
func TestBrokenPipe(t *testing.T) {
	cmd, r, output := start(t, "mode record\ntest Big\n")
	kinds(t, r, "hello", "init", "start")
	r.Close()
	exits(t, cmd, output, exitBroken, "write result")
}

func TestOrderThatIsNotThere(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "EVILUTION_ORDER=/no/such/order")
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != exitBroken {
		t.Errorf("%v: %s", err, output)
	}
}

// A pipe that somebody makes non-blocking again still takes a frame whole, and
// frames of two goroutines do not mix.
func TestNonBlockingPipe(t *testing.T) {
	var fds [2]int
	if err := syscall.Pipe(fds[:]); err != nil {
		t.Fatal(err)
	}
	r := os.NewFile(uintptr(fds[0]), "results")
	defer r.Close()
	p := pipe{fd: -1}
	p.open(fmt.Sprint(fds[1]), "")
	if p.fd < 48 {
		t.Errorf("the pipe is descriptor %d", p.fd)
	}
	if err := syscall.SetNonblock(p.fd, true); err != nil {
		t.Fatal(err)
	}
	const size, each = 1 << 20, 4
	var writers sync.WaitGroup
	for _, c := range []byte("ab") {
		writers.Go(func() {
			for range each {
				p.send(bytes.Repeat([]byte{c}, size))
			}
		})
	}
	block := make([]byte, size)
	for range 2 * each {
		if _, err := io.ReadFull(r, block); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(block, block[:1]); n != size {
			t.Errorf("a frame has %d foreign bytes", size-n)
		}
	}
	writers.Wait()
	syscall.Close(p.fd)
}

// A variable that names no pipe was not meant for this process.
func TestNotAPipe(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "f"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, low := range []string{"", "x", "-1", "1000000", "99999999", fmt.Sprint(f.Fd())} {
		p := pipe{fd: -1}
		if p.open(low, ""); p.fd != -1 {
			t.Errorf("%q was taken as descriptor %d", low, p.fd)
		}
	}
}
