package workqueue

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// footprint is what must not grow.
type footprint struct {
	descriptors, zombies, goroutines int
	resident                         int64 // bytes, of this process and its workers
	heap                             int64 // bytes in use after a collection, the same
}

func measure(t *testing.T) (f footprint) {
	t.Helper()
	debug.FreeOSMemory()
	f.heap = heapInUse()
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	f.descriptors, f.goroutines = len(fds), runtime.NumGoroutine()
	pids := []int{os.Getpid()}
	for pid, state := range children(t) {
		if pids = append(pids, pid); state == "Z" {
			f.zombies++
		}
		fds, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
		if err != nil {
			t.Fatal(err)
		}
		f.descriptors += len(fds)
	}
	for _, pid := range pids {
		f.resident += resident(t, pid)
	}
	return f
}

// heapInUse is what this process has in use after a collection, in bytes.
func heapInUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func resident(t *testing.T, pid int) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}

func TestLifecycle23_TenThousandItemsLeaveNoMoreThanOneThousand(t *testing.T) {
	const workers, size = 4, 4 << 10
	q := open(t, plan{Options: Options{Workers: workers}, env: []string{"GOGC=50"}}) // small heaps, soon full
	items := make([]Item, 1000)
	for i := range items {
		items[i] = Item{Kind: "echo", Body: make([]byte, size), Timeout: limit}
	}
	var early, late footprint
	for round := range 10 {
		for _, r := range do(t, q, items...) {
			if r.Err != nil || len(r.Body) != size {
				t.Fatalf("%d bytes, %v", len(r.Body), r.Err)
			}
		}
		if round == 0 || round == 9 {
			early, late = late, measure(t)
			item := Item{Kind: "heap", Body: fmt.Append(nil, t.TempDir(), " ", workers)}
			for _, r := range do(t, q, slices.Repeat([]Item{item}, workers)...) {
				n, err := strconv.ParseInt(string(r.Body), 10, 64)
				if err != nil {
					t.Fatal(r.Err, err)
				}
				late.heap += n
			}
		}
	}
	t.Logf("after 1,000: %+v; after 10,000: %+v", early, late)
	if late.descriptors > early.descriptors || late.zombies > 0 || late.goroutines > early.goroutines {
		t.Error("descriptors, zombies or goroutines grew")
	}
	if grown := late.heap - early.heap; grown > 512<<10 { // 58 bytes an item
		t.Errorf("heaps grew by %d KiB", grown>>10)
	}
	// Five processes breathe a little, under the race detector more; as
	// much as the bodies of 9,000 items is no breath.
	if grown := late.resident - early.resident; grown > 9000*size {
		t.Errorf("resident memory grew by %d KiB", grown>>10)
	}
}

// Workers come and go: what a death costs is given back as well.
func TestLifecycle23_DeathsLeaveNothing(t *testing.T) {
	q := open(t, plan{Options: Options{Workers: 2}})
	die := func(n int) {
		for range n {
			if r := do(t, q, Item{Kind: "die"})[0]; r.Err == nil {
				t.Fatalf("%+v", r)
			}
		}
	}
	die(3)
	before := measure(t)
	die(8)
	after := measure(t)
	t.Logf("after 6 deaths: %+v; after 22: %+v", before, after)
	if after.descriptors > before.descriptors || after.zombies > 0 || after.goroutines > before.goroutines {
		t.Error("descriptors, zombies or goroutines grew")
	}
}
