package frame

import (
	"io"
	"testing"
)

func BenchmarkWrite(b *testing.B) {
	m := message{"0123456789abcdef0123456789abcdef", "end", make([]byte, 100)}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, m); err != nil {
			b.Fatal(err)
		}
	}
}
