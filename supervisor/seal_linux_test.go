package supervisor

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

func TestSealOneByOne(t *testing.T) {
	r, _ := pipe(t)
	fd, err := unix.Dup(int(r.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	f := os.NewFile(uintptr(fd), "unmarked")
	defer f.Close()
	if err := sealOneByOne(); err != nil {
		t.Fatal(err)
	}
	if flags, err := unix.FcntlInt(f.Fd(), unix.F_GETFD, 0); err != nil || flags != unix.FD_CLOEXEC {
		t.Errorf("flags = %d, %v", flags, err)
	}
	for standard := range uintptr(3) {
		if flags, err := unix.FcntlInt(standard, unix.F_GETFD, 0); err != nil || flags != 0 {
			t.Errorf("flags of %d = %d, %v", standard, flags, err)
		}
	}
}
