package children

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

func TestOutput(t *testing.T) {
	if got, err := Output("echo", "hello"); got != "hello\n" || err != nil {
		t.Errorf("Output = %q, %v", got, err)
	}
}

func TestOutputOfNothing(t *testing.T) {
	if got, err := Output("/absent/command"); got != "" || err == nil {
		t.Errorf("Output = %q, %v; want an error", got, err)
	}
}

// TestDetach starts a process that would live for a minute. A mutant that does
// not kill it leaves it behind, in a session of its own.
func TestDetach(t *testing.T) {
	cmd, err := Detach("sleep", "60")
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Process == nil {
		t.Fatal("nothing was started")
	}
	Stop(cmd)
	if cmd.ProcessState == nil {
		t.Error("nobody waited for its end")
	}
}

// TestSum runs this test binary again, with an environment that says nothing but
// what to do there.
func TestSum(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	helper := exec.Command(self, "-test.run=^TestHelper$")
	helper.Env = []string{"CHILDREN_HELPER=1"}
	out, err := helper.Output()
	if err != nil || string(out) != "6" {
		t.Errorf("the helper prints %q, %v; want 6", out, err)
	}
}

// TestHelper is no test but what the other process does.
func TestHelper(t *testing.T) {
	if os.Getenv("CHILDREN_HELPER") == "" {
		return
	}
	fmt.Print(Sum([]int{1, 2, 3}))
	os.Exit(0)
}
