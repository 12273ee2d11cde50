// Command self runs the tool on this module and says how much of it the module's
// own tests notice: the self-mutation score. It is run in CI and every night:
//
//	go run ./test/self [-since REF] [-limit D] [-min P] [-explained] [-j N] [PACKAGE ...]
//
// The tool is built as a separate binary, and everything that it starts lives in
// a PID namespace of its own (Linux only): a mutated supervisor sees no process
// but those of the run, so it cannot signal the machine. Process 1 of the namespace
// is this program again; it gives the namespace a /proc of its own, reaps, and is
// killed when its parent dies, which ends all the rest. Where no namespace can be
// had nothing is run.
//
// Mutants are judged by the tests of their own package. The packages are those
// in whole, and with -since only the lines that have changed. Survivors that
// were accepted with a reason (evilution-go accept, .evilution-baseline.yml) count
// as undetected in the score, as in any other run. How many there are stands beside
// it, and what is neither detected nor accepted is listed.
//
// It fails if the score of a package is below -min; with -since, where a handful
// of mutants makes no score, if less than that share of them is detected or
// accepted. With -explained one survivor without a reason is enough. Exit codes:
// 0 passed, 1 failed, 2 usage, 3 no verdict (no namespace, the time of -limit was
// over, or tests fail without any mutant), 4 the tool could not do its work.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// whole are the packages on whose tests most depends.
var whole = []string{"./supervisor", "./workqueue", "./isolation", "./internal/schemata"}

// Exit codes; 2 is package flag's.
const (
	exitFailed    = 1
	exitNoVerdict = 3
	exitBroken    = 4
)

func main() {
	if argv, ok := asked(os.Args); ok {
		os.Exit(begin(argv))
	}
	var t trial
	flag.StringVar(&t.since, "since", "", "only lines that have changed since this git `ref`")
	flag.DurationVar(&t.limit, "limit", 0, "end after this time without a verdict (default: never)")
	flag.Float64Var(&t.gate.min, "min", 85, "the least score of a package, in percent")
	flag.BoolVar(&t.gate.explained, "explained", false, "fail if a survivor was not accepted with a reason")
	flag.IntVar(&t.jobs, "j", 2, "workers")
	flag.Parse()
	if t.packages = flag.Args(); len(t.packages) == 0 {
		t.packages = whole
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	err := t.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "self:", err)
		os.Exit(code(err))
	}
}

// noVerdict is an error that says nothing about the code under test.
type noVerdict struct{ error }

func (e noVerdict) Unwrap() error { return e.error }

// errScore is about the code under test.
var errScore = errors.New("the tests do not notice enough")

func code(err error) int {
	var none noVerdict
	switch {
	case errors.As(err, &none):
		return exitNoVerdict
	case errors.Is(err, errScore):
		return exitFailed
	}
	return exitBroken
}

// trial is one run of the tool.
type trial struct {
	packages []string
	since    string
	limit    time.Duration
	jobs     int
	gate     gate
}
