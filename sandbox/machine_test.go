package sandbox_test

import (
	"testing"

	"github.com/evilution-go/evilution-go/sandbox"
)

// A machine that runs these tests has memory, and no more of it than its kernel
// can address.
func TestMachineMemory(t *testing.T) {
	n := sandbox.MachineMemory()
	if n < 64<<20 || n > 1<<48 {
		t.Errorf("this machine has %d bytes", n)
	}
}

func TestMachineLoad(t *testing.T) {
	if n := sandbox.MachineLoad(); n < 0 || n > 1e6 {
		t.Errorf("this machine has a load of %v", n)
	}
}
