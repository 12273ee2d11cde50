package sandbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPut: what was put beside the directories of one child is there for the next
// one, as long as nobody has changed it, and in any case the next one gets its own.
func TestPut(t *testing.T) {
	for _, test := range []struct {
		name  string
		touch func(s *Scratch) error
		stay  string // what is left after the first child, beside h and t
	}{
		{"nothing", func(*Scratch) error { return nil }, "order program"},
		{"order replaced", func(s *Scratch) error {
			return firstError(os.Remove(s.Dir+"/order"), os.WriteFile(s.Dir+"/order", []byte("forged"), 0o600))
		}, "program"},
		{"order is a link", func(s *Scratch) error {
			return firstError(os.Remove(s.Dir+"/order"), os.Symlink("/etc/passwd", s.Dir+"/order"))
		}, "program"},
		{"order is longer", func(s *Scratch) error { return os.WriteFile(s.Dir+"/order", []byte("forged and longer"), 0o600) }, "program"},
		{"order has another mode", func(s *Scratch) error { return os.Chmod(s.Dir+"/order", 0o400) }, "program"},
		{"program replaced", func(s *Scratch) error {
			return firstError(os.Remove(s.Dir+"/program"), os.WriteFile(s.Dir+"/program", []byte("forged"), 0o700))
		}, "order"},
		{"both gone", func(s *Scratch) error {
			return firstError(os.Remove(s.Dir+"/order"), os.Remove(s.Dir+"/program"))
		}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, err := Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			program := filepath.Join(t.TempDir(), "original")
			if err := os.WriteFile(program, []byte("program"), 0o700); err != nil {
				t.Fatal(err)
			}
			first := putBoth(t, root, program, "first order")
			if err := firstError(test.touch(first), first.Return()); err != nil {
				t.Fatal(err)
			}
			if got := beside(t, first); got != test.stay {
				t.Errorf("%q is left, want %q", got, test.stay)
			}
			second := putBoth(t, root, program, "second")
			if second.Dir != first.Dir {
				t.Fatalf("in %s, then in %s", first.Dir, second.Dir)
			}
			if got := contents(t, second); got != [2]string{"second", "program"} {
				t.Errorf("%q", got)
			}
		})
	}
}

// TestPutOther: another program under the same name is not taken for the first.
func TestPutOther(t *testing.T) {
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	dir := t.TempDir()
	for _, name := range []string{"one", "two"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(name), 0o700); err != nil {
			t.Fatal(err)
		}
		s := putBoth(t, root, path, "order of "+name)
		if got := contents(t, s); got != [2]string{"order of " + name, name} {
			t.Errorf("%q", got)
		}
		if err := s.Return(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCopyProgram: what cannot be linked is copied.
func TestCopyProgram(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "from"), filepath.Join(t.TempDir(), "to")
	if err := firstError(os.WriteFile(from, []byte("program"), 0o500), copyProgram(from, to)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(to)
	info, infoErr := os.Stat(to)
	if firstError(err, infoErr) != nil || string(text) != "program" || info.Mode() != 0o700 {
		t.Errorf("%q, %v, %v, %v", text, info, err, infoErr)
	}
}

func putBoth(t *testing.T, root *Root, program, order string) *Scratch {
	t.Helper()
	s, err := root.Scratch("c")
	if err != nil {
		t.Fatal(err)
	}
	path, err := s.Write("order", []byte(order))
	if err != nil || path != s.Dir+"/order" {
		t.Fatalf("%q, %v", path, err)
	}
	if path, err = s.Link(program, "program"); err != nil || path != s.Dir+"/program" {
		t.Fatalf("%q, %v", path, err)
	}
	return s
}

// beside lists what is in the directory beside Home and Tmp.
func beside(t *testing.T, s *Scratch) string {
	t.Helper()
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if path := s.Dir + "/" + e.Name(); path != s.Home && path != s.Tmp {
			names = append(names, e.Name())
		}
	}
	return strings.Join(names, " ")
}

func contents(t *testing.T, s *Scratch) [2]string {
	t.Helper()
	order, err := os.ReadFile(s.Dir + "/order")
	program, programErr := os.ReadFile(s.Dir + "/program")
	if err := firstError(err, programErr); err != nil {
		t.Fatal(err)
	}
	return [2]string{string(order), string(program)}
}
