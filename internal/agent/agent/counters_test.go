package agent

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRegionIsShared(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counters")
	var a, b region
	for _, r := range []*region{&a, &b} {
		if err := r.open(file); err != nil {
			t.Fatal(err)
		}
	}
	p, q := new(Package), new(Package)
	p.reach, p.loops, p.sums = a.block("x", 2, 3)
	q.reach, q.loops, q.sums = b.block("x", 2, 3)
	q.note(3)
	q.loops[2].open++
	p.note(3)
	want(t, p.takeReach(), 3, 2, 2)
	ticks, longest := p.takeLoops()
	want(t, ticks, 2, 1)
	want(t, longest, 2, 1)
	want(t, q.takeReach())

	// The second package of another binary: it must not count into ours.
	p.reach, p.loops, p.sums = a.block("y", 1, 1)
	q.reach, q.loops, q.sums = b.block("z", 1, 1)
	q.note(1)
	want(t, p.takeReach())
	want(t, q.takeReach(), 1, 1, 1)
	// Nor what follows it there, even with the same name.
	p.reach, p.loops, p.sums = a.block("w", 1, 1)
	q.reach, q.loops, q.sums = b.block("w", 1, 1)
	q.note(1)
	want(t, p.takeReach())
}

func TestLongestStretch(t *testing.T) {
	defer func(before uint64) { pause = before }(pause)
	pause = 0
	p := recording(1)
	for _, n := range []int{3, 7, 0, 5} {
		p.Call(1)
		for range n {
			p.Tick(1)
		}
	}
	ticks, longest := p.takeLoops()
	want(t, ticks, 1, 4+3+7+5)
	want(t, longest, 1, 7)
	p.Tick(1) // what is open when counts are taken counts there, and not again
	p.Call(1)
	ticks, longest = p.takeLoops()
	want(t, ticks, 1, 2)
	want(t, longest, 1, 1)
	ticks, longest = p.takeLoops()
	want(t, ticks)
	want(t, longest)
}

func TestRegionIsBounded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counters")
	var r region
	if err := r.open(file); err != nil {
		t.Fatal(err)
	}
	p := new(Package)
	const mutants = regionSize / 16
	p.reach, p.loops, p.sums = r.block("big", 1, mutants)
	p.note(mutants)
	want(t, p.takeReach(), mutants, 1, 1)
	info, err := os.Stat(file)
	if err != nil || info.Size() != regionSize {
		t.Errorf("file is %v, %v", info, err)
	}
}

func TestRegionNeedsItsFile(t *testing.T) {
	var r region
	if err := r.open(filepath.Join(t.TempDir(), "no", "file")); err == nil {
		t.Error("a file in a missing directory was mapped")
	}
	if err := r.open(""); err != nil || r.free != nil {
		t.Errorf("no file: %v, %d words", err, len(r.free))
	}
}

// A switch that runs between the two halves of a snapshot is not lost.
func TestSnapshotWhileCounting(t *testing.T) {
	p := recording(1)
	const each = 20000
	done := make(chan bool)
	for range 4 {
		go func() {
			for i := range each {
				V1(p, 1, i, i&^1)
			}
			done <- true
		}()
	}
	var times uint64
	for left := 4; left > 0; {
		select {
		case <-done:
			left--
		default:
		}
		if flat := p.takeReach(); len(flat) > 0 {
			times += flat[1]
			if flat[2] > flat[1] {
				t.Fatalf("infected more often than reached: %v", flat)
			}
		}
	}
	if flat := p.takeReach(); len(flat) > 0 {
		times += flat[1]
	}
	if times != 4*each {
		t.Errorf("reached %d times, want %d", times, 4*each)
	}
}
