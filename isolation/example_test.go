package isolation_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/sandbox"
)

// One mutant in one child. The binary here plays an instrumented one whose TestB
// notices the mutant.
func ExampleRun() {
	root, err := sandbox.Open("")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer root.Close()
	out, err := isolation.Run(context.Background(), root, isolation.Order{
		Binary:    os.Getenv("FAKE_BINARY"),
		Dir:       root.Dir,
		Set:       map[string]string{"FAKE": "fail"},
		Mode:      isolation.Mutant,
		Package:   "example.com/p",
		Number:    7,
		Tests:     []string{"TestA", "TestB"},
		StopFirst: true,
		Limits:    sandbox.Limits{Wall: 10 * time.Second, Memory: 1 << 30, Processes: 256},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Verdict, out.Test, out.Exit)
	// Output: failed TestB exit status 1
}

// Any other program under the same supervision.
func ExampleExec() {
	root, err := sandbox.Open("")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer root.Close()
	f, err := isolation.Exec(context.Background(), root, isolation.Command{
		Path:   "sh",
		Args:   []string{"-c", "echo hello; sleep 60 & exit 2"},
		Limits: sandbox.Limits{Wall: 10 * time.Second},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s%v\n", f.Stdout, f.Exit)
	// Output:
	// hello
	// exit status 2
}
