package main

import (
	"fmt"
	"os/exec"
	"runtime"
)

// again is settings for n runs of one kind: without what earlier runs have left, then
// with it, so that both kinds are compared.
func again(n int, jobs string) []setting {
	var list []setting
	for i := range n {
		s := setting{name: fmt.Sprintf("-j %s, run %d", jobs, i+1), args: []string{"-j", jobs, "--no-history"}, cache: "a"}
		if i >= (n+1)/2 {
			s.name, s.args, s.cache = s.name+", history", []string{"-j", jobs}, "b"
		}
		list = append(list, s)
	}
	return list
}

// occupy keeps every processor busy until stop is called.
func occupy() (stop func(), err error) {
	var busy []*exec.Cmd
	stop = func() {
		for _, cmd := range busy {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	for range runtime.NumCPU() {
		cmd := exec.Command("sh", "-c", "while :; do :; done")
		if err := cmd.Start(); err != nil {
			stop()
			return nil, fmt.Errorf("keep the machine busy: %w", err)
		}
		busy = append(busy, cmd)
	}
	return stop, nil
}
