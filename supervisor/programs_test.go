package supervisor

import (
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// family is a child with descendants. Its arguments are first what it does at
// the end (exit=N, abort, wait, stubborn) and then one word for each kid, see
// startKid. Descriptor 3 goes to everybody. It says "ready" when all are up.
func family(args []string) {
	ignoreIf(args[0] == "stubborn")
	for _, kind := range args[1:] {
		startKid(kind)
	}
	say("ready")
	finale(args[0])
}

func finale(what string) {
	if code, ok := strings.CutPrefix(what, "exit="); ok {
		os.Exit(must(strconv.Atoi(code)))
	}
	if what == "abort" {
		panic("abort")
	}
	for {
		time.Sleep(time.Second)
	}
}

func ignoreIf(yes bool) {
	if yes {
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	}
}

// startKid starts one kid and returns when it is up. The kind is a list of
// words joined by "+": setsid (leaves group and session), ignore (INT, TERM,
// HUP), chain (starts another setsid kid and exits), hydra (when the family's
// leader is dead it forks and exits, 20000 times over), write=DIR (keeps making
// files there).
func startKid(kind string) {
	r, w := must2(os.Pipe())
	o := helper("kid", kind)
	attr := &os.ProcAttr{Env: o.Env, Files: []*os.File{nil, nil, os.Stderr, os.NewFile(3, "liveness"), w}}
	if strings.Contains(kind, "hydra") {
		wait, hold := must2(os.Pipe())
		attr.Files = append(attr.Files, wait)
		held = append(held, hold)
	}
	attr.Sys = &syscall.SysProcAttr{Setsid: strings.Contains(kind, "setsid")}
	must(os.StartProcess(o.Path, append([]string{o.Path}, o.Args...), attr))
	_ = w.Close()
	if _, err := r.Read(make([]byte, 1)); err != nil && err != io.EOF {
		must(0, err)
	}
}

// held are pipes that end with this process.
var held []*os.File

func kid(args []string) {
	words := strings.Split(args[0], "+")
	ignoreIf(slices.Contains(words, "ignore"))
	if slices.Contains(words, "chain") {
		startKid("setsid+ignore")
		return
	}
	if slices.Contains(words, "hydra") {
		_ = os.NewFile(4, "ready").Close()
		script := "read nothing <&5; f() { [ $1 -lt 20000 ] && f $(($1 + 1)) & }; f 0"
		must(0, syscall.Exec("/bin/sh", []string{"sh", "-c", script}, os.Environ()))
	}
	dir := ""
	for _, w := range words {
		if d, ok := strings.CutPrefix(w, "write="); ok {
			dir = d
		}
	}
	_ = os.NewFile(4, "ready").Close()
	for i := 0; ; i++ {
		if dir == "" {
			time.Sleep(time.Second)
			continue
		}
		_ = os.MkdirAll(filepath.Join(dir, "deep"), 0o777)
		_ = os.WriteFile(filepath.Join(dir, "deep", strconv.Itoa(i%100)), []byte("x"), 0o666)
	}
}

func must2[A, B any](a A, b B, err error) (A, B) {
	must(0, err)
	return a, b
}
