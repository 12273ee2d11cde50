package sandbox

import (
	"os"
	"slices"
	"testing"
	"time"
)

// Rule 28: whatever changes the user's tree is named.
func TestLifecycle28_Fingerprint(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(dir string) error
		want []string
	}{
		{"nothing", func(string) error { return nil }, nil},
		{"content", func(d string) error { return os.WriteFile(d+"/go.mod", []byte("module y\n"), 0o644) }, []string{"go.mod"}},
		{"content, and the old time", func(d string) error {
			if err := os.WriteFile(d+"/a/a.go", []byte("package b\n"), 0o644); err != nil {
				return err
			}
			return os.Chtimes(d+"/a/a.go", time.Time{}, time.Unix(1_000_000_000, 123456789))
		}, []string{"a/a.go"}},
		{"size", func(d string) error { return os.Truncate(d+"/go.mod", 3) }, []string{"go.mod"}},
		{"same content", func(d string) error { return os.WriteFile(d+"/go.mod", []byte("module x\n"), 0o644) }, nil},
		{"same content by rename", func(d string) error {
			if err := os.WriteFile(d+"/tmp", []byte("module x\n"), 0o644); err != nil {
				return err
			}
			return os.Rename(d+"/tmp", d+"/go.mod")
		}, nil},
		{"mode", func(d string) error { return os.Chmod(d+"/go.mod", 0o600) }, []string{"go.mod"}},
		{"added", func(d string) error { return os.WriteFile(d+"/a/new", nil, 0o644) }, []string{"a/new"}},
		{"added and removed", func(d string) error {
			if err := os.WriteFile(d+"/a/new", nil, 0o644); err != nil {
				return err
			}
			return os.Remove(d + "/a/new")
		}, nil},
		{"removed", func(d string) error { return os.Remove(d + "/a/a.go") }, []string{"a/a.go"}},
		{"removed directory", func(d string) error { return os.Remove(d + "/empty") }, []string{"empty"}},
		{"link", func(d string) error {
			if err := os.Remove(d + "/dirlink"); err != nil {
				return err
			}
			return os.Symlink("b", d+"/dirlink")
		}, []string{"dirlink"}},
		{"repository", func(d string) error { return os.WriteFile(d+"/.git/HEAD", []byte("other"), 0o644) }, nil},
		{"session", func(d string) error {
			_, err := Open(d)
			return err
		}, nil},
	} {
		dir := original(t)
		p, err := Fingerprint(dir)
		if err != nil {
			t.Fatal(err)
		}
		settle(time.Now().UnixNano())
		if err := c.do(dir); err != nil {
			t.Fatal(err)
		}
		if changed, err := p.Changed(); err != nil || !slices.Equal(changed, c.want) {
			t.Errorf("%s: %q, want %q, %v", c.name, changed, c.want, err)
		}
	}
	if _, err := Fingerprint(t.TempDir() + "/none"); err == nil {
		t.Error("fingerprint of what is not there")
	}
}
