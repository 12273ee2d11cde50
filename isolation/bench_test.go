package isolation

import (
	"os"
	"os/exec"
	"testing"
)

// BenchmarkRun and BenchmarkPlain start the same trivial child; the difference
// is what isolation costs.
func BenchmarkRun(b *testing.B) {
	root := open(b)
	o := order(b, "pass")
	for b.Loop() {
		if out := mustRun(b, root, o); out.Verdict != Passed {
			b.Fatal(out.Verdict, out.Detail)
		}
	}
}

func BenchmarkPlain(b *testing.B) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	env := append(os.Environ(), "FAKE=nothing")
	for b.Loop() {
		cmd := exec.Command(self)
		cmd.Env = env
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
	}
}
