package supervisor

import (
	"os"
	"testing"
)

// The first of these is what the others are measured against.

func BenchmarkStartProcess(b *testing.B) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer null.Close()
	for b.Loop() {
		p, err := os.StartProcess("/bin/true", []string{"true"}, &os.ProcAttr{Files: []*os.File{null, null, null}})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Wait(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInner(b *testing.B) { benchmark(b, inner(Options{Path: "/bin/true"})) }

func BenchmarkOuter(b *testing.B) { benchmark(b, Options{Path: "/bin/true"}) }

func benchmark(b *testing.B, o Options) {
	for b.Loop() {
		h, err := Spawn(o)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Reap(h); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRegistry(b *testing.B) {
	defer ResetForChild()
	for i := range 8 {
		Register(&Handle{PID: 1<<23 + i, PGID: 1<<23 + i})
	}
	for b.Loop() {
		Registry()
	}
}
