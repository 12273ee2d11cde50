package sandbox

import (
	"os"
	"testing"
)

// TestReturn: a directory is used again only if its child left it as it was.
func TestReturn(t *testing.T) {
	for _, test := range []struct {
		name  string
		touch func(s *Scratch) error
		again bool
	}{
		{"nothing", func(*Scratch) error { return nil }, true},
		{"file beside", func(s *Scratch) error { return os.WriteFile(s.Dir+"/order", nil, 0o600) }, true},
		{"file in home", func(s *Scratch) error { return os.WriteFile(s.Home+"/x", nil, 0o600) }, false},
		{"hidden directory in tmp", func(s *Scratch) error { return os.Mkdir(s.Tmp+"/.x", 0o700) }, false},
		{"directory beside", func(s *Scratch) error { return os.Mkdir(s.Dir+"/x", 0o700) }, false},
		{"mode", func(s *Scratch) error { return os.Chmod(s.Tmp, 0o500) }, false},
		{"gone", func(s *Scratch) error { return os.Remove(s.Home) }, false},
		{"replaced by a link", func(s *Scratch) error {
			return firstError(os.Remove(s.Home), os.Symlink(s.Tmp, s.Home))
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, err := Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			s, err := root.Scratch("c")
			if err != nil {
				t.Fatal(err)
			}
			if err := firstError(test.touch(s), s.Return()); err != nil {
				t.Fatal(err)
			}
			next, err := root.Scratch("c")
			if err != nil {
				t.Fatal(err)
			}
			if again := next.Dir == s.Dir; again != test.again {
				t.Errorf("used again: %v, want %v", again, test.again)
			}
			if entries, err := os.ReadDir(next.Dir); err != nil || len(entries) != 2 {
				t.Errorf("%v in it, %v", entries, err)
			}
			if _, err := os.Lstat(s.Dir); !test.again && err == nil {
				t.Error("the old directory is still there")
			}
		})
	}
}

// TestReturnClosed: nothing that was kept outlives the one who kept it.
func TestReturnClosed(t *testing.T) {
	root, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	member, err := OpenExisting(root.Dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := member.Scratch("c")
	if err != nil {
		t.Fatal(err)
	}
	if err := firstError(s.Return(), member.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(s.Dir); !os.IsNotExist(err) {
		t.Errorf("the directory is still there: %v", err)
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
