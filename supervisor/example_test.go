package supervisor_test

import (
	"bufio"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/evilution-go/evilution-go/supervisor"
)

// A child with a pipe: the parent's end is given to the handle, which closes
// it when the child is reaped.
func ExampleSpawn() {
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Println(err)
		return
	}
	h, err := supervisor.Spawn(supervisor.Options{
		Path: "/bin/sh", Args: []string{"-c", "echo hello; exit 3"},
		Stdout: w, Files: []*os.File{r}, IsolateInChild: true,
	})
	_ = w.Close()
	if err != nil {
		fmt.Println(err)
		return
	}
	text, _ := bufio.NewReader(r).ReadString('\n')
	exit, err := supervisor.Reap(h)
	fmt.Print(text)
	fmt.Println(exit, err)
	// Output:
	// hello
	// exit status 3 <nil>
}

// Waiting with a limit: select on the exit and on whatever else may come, then
// end the child. Terminate is right in both cases.
func ExampleTerminate() {
	h, err := supervisor.Spawn(supervisor.Options{Path: "/bin/sleep", Args: []string{"60"}, IsolateInChild: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	select {
	case <-h.Exited():
	case <-time.After(10 * time.Millisecond):
	}
	exit, err := supervisor.Terminate(h, supervisor.Grace)
	fmt.Println(exit, err, len(supervisor.Registry()))
	// Output: signal: terminated <nil> 0
}

// Polling, as one does who reads the child's pipe in turns.
func ExampleReapNonblock() {
	gate, open, err := os.Pipe()
	if err != nil {
		fmt.Println(err)
		return
	}
	h, err := supervisor.Spawn(supervisor.Options{Path: "/bin/cat", Stdin: gate, Files: []*os.File{gate, open}, IsolateInChild: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	done, err := supervisor.ReapNonblock(h)
	fmt.Println(done, err)
	_ = open.Close()
	<-h.Exited()
	done, err = supervisor.ReapNonblock(h)
	fmt.Println(done, err)
	// Output:
	// false <nil>
	// true <nil>
}

// What a program does about signals: kill first, then tidy up, then die of
// the signal that came.
func ExampleTrap() {
	stop := supervisor.Trap(func(sig syscall.Signal) {
		supervisor.Shutdown()
		supervisor.KillAndReapAll()
		supervisor.DieOf(sig)
	})
	defer stop()
	fmt.Println("at work")
	// Output: at work
}
