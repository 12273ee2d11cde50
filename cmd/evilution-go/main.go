package main

import (
	"os"

	"github.com/evilution-go/evilution-go/internal/build"
	"github.com/evilution-go/evilution-go/runner"
	"github.com/evilution-go/evilution-go/supervisor"
)

func main() {
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, engine: engine{
		run:        runner.Run,
		list:       runner.List,
		tests:      runner.Tests,
		verify:     runner.Verify,
		worker:     runner.Worker,
		copyBinary: build.CopyBinary,
		trap:       supervisor.Trap,
	}}
	end := a.main(os.Args[1:])
	if end.signal != 0 {
		supervisor.DieOf(end.signal)
	}
	os.Exit(end.code)
}
