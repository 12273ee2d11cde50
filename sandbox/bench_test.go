package sandbox

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// thousand makes a copy of 1,000 files in 50 directories.
func thousand(b *testing.B) *Tree {
	src := filepath.Join(b.TempDir(), "src")
	for i := range 1000 {
		write(b, src, fmt.Sprintf("internal/package%02d/file%02d.go", i/20, i%20), strings.Repeat("// a line\n", 300))
	}
	return copyOf(b, src)
}

func BenchmarkRestoreUnchanged(b *testing.B) {
	tree := thousand(b)
	b.ReportAllocs()
	for b.Loop() {
		if changed, err := tree.Restore(); err != nil || len(changed) > 0 {
			b.Fatal(changed, err)
		}
	}
}

func BenchmarkRestoreOne(b *testing.B) {
	tree := thousand(b)
	for b.Loop() {
		write(b, tree.Dst, "internal/package07/file07.go", "changed")
		if changed, err := tree.Restore(); err != nil || len(changed) != 1 {
			b.Fatal(changed, err)
		}
	}
}

func BenchmarkCopyTree(b *testing.B) {
	src := thousand(b).Src
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		tree, err := CopyTree(src, filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			b.Fatal(err)
		}
		tree.Close()
	}
}

func BenchmarkChanged(b *testing.B) {
	p, err := Fingerprint(thousand(b).Src)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if changed, err := p.Changed(); err != nil || len(changed) > 0 {
			b.Fatal(changed, err)
		}
	}
}
