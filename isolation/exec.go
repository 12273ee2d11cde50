package isolation

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
)

// DefaultStdout is how many bytes of a Command's standard output are kept where
// nobody says: enough for lists of packages and for test output in JSON.
const DefaultStdout = 64 << 20

// Command is any program that is no test binary of ours: go, git.
type Command struct {
	// Path is the program; without a slash it is searched in PATH.
	Path string
	Args []string // after the program's name
	Dir  string   // working directory; "" is this process's own
	// Env is the environment to start from, nil for this process's own;
	// sandbox.ToolEnviron tells what is changed, Set what is set besides.
	Env []string
	Set map[string]string
	// Room is as in Order.
	Room *sandbox.Room
	// Limits bound the program with all that it starts. Wall 0 is 10 minutes.
	// Output bounds what is kept of standard error.
	Limits sandbox.Limits
	// Stdout is how many bytes of standard output are kept, head and tail;
	// DefaultStdout if 0.
	Stdout int
	// Grace is as in Order.
	Grace time.Duration
}

// Finished is what became of a Command.
type Finished struct {
	Exit   supervisor.Exit
	Stdout []byte
	Stderr []byte
	// Dropped is how many bytes are missing in Stdout, whose two parts then
	// have a line between them.
	Dropped int64
	// Cause says why it was ended: "timeout", "memory", "processes"; "" if it
	// ended by itself.
	Cause   string
	Wall    time.Duration
	Peak    sandbox.Usage
	Unclean string // as in Outcome
}

// Exec runs a program to its end: stdin is the null device, temporary files go
// to a scratch directory, everything it starts ends with it. A program that
// exits with a code other than 0, or that is ended at a limit, is no error: the
// caller looks at Exit and Cause. The errors are those of Run.
func Exec(ctx context.Context, root *sandbox.Root, command Command) (Finished, error) {
	if err := ctx.Err(); err != nil {
		return Finished{}, err
	}
	path, err := exec.LookPath(command.Path)
	if err != nil {
		return Finished{}, fmt.Errorf("run program: %w", err)
	}
	scratch, err := root.Scratch("x")
	if err != nil {
		return Finished{}, err
	}
	out, errs, files, err := captureBoth(&command)
	if err != nil {
		return Finished{}, errors.Join(err, scratch.Remove())
	}
	c := child{root: root, room: command.Room, limits: command.Limits, grace: command.Grace}
	err = c.start(supervisor.Options{
		Path: path, Args: command.Args, Dir: command.Dir, Env: command.environ(scratch),
		Stdout: files[0], Stderr: files[1],
		SandboxDir: scratch.Dir, Release: scratch.Return,
	})
	for _, f := range files {
		_ = f.Close() // the child has its own by now
	}
	var f Finished
	if err == nil {
		f.Exit, err = c.follow(ctx, ear{
			listen: func() <-chan event {
				out.Listen()
				errs.Listen()
				return nil
			},
			ready: func() bool { return false },
		})
		f.Wall = time.Since(c.started)
	}
	out.Finish()
	errs.Finish()
	switch {
	case err != nil:
		return Finished{}, err
	case c.why == byCancel:
		return Finished{}, ctx.Err()
	}
	f.Stdout, f.Dropped, f.Stderr = out.Bytes(), out.Dropped(), errs.Bytes()
	f.Cause, f.Peak = string(c.why), c.watch.Peak()
	if c.unclean != nil {
		f.Unclean = c.unclean.Error()
	}
	return f, nil
}

// captureBoth starts to read standard output and error, each on its own.
func captureBoth(c *Command) (out, errs *sandbox.Output, files [2]*os.File, err error) {
	limit := c.Stdout
	if limit <= 0 {
		limit = DefaultStdout
	}
	if out, files[0], err = sandbox.Capture(limit); err != nil {
		return nil, nil, files, err
	}
	if errs, files[1], err = sandbox.Capture(c.Limits.Output); err != nil {
		err = errors.Join(err, files[0].Close())
		out.Finish()
	}
	return out, errs, files, err
}

// environ is the program's environment.
func (c *Command) environ(scratch *sandbox.Scratch) []string {
	base := c.Env
	if base == nil {
		base = os.Environ()
	}
	set := make(map[string]string, len(c.Set)+1)
	if c.Dir != "" {
		set["PWD"] = c.Dir
	}
	for name, value := range c.Set {
		set[name] = value
	}
	return sandbox.ToolEnviron(base, scratch, set)
}
