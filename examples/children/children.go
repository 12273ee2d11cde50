// Package children starts processes, and has a function that its tests call only
// in another process.
package children

import (
	"os/exec"
	"syscall"
)

// Output is what a command prints.
func Output(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return "", err
	}
	return string(out), nil
}

// Detach starts a command in a session of its own, out of reach of the signals
// that its starter's group gets.
func Detach(name string, args ...string) (*exec.Cmd, error) {
	cmd := exec.Command(name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return cmd, cmd.Start()
}

// Stop kills what Detach started and waits for its end.
func Stop(cmd *exec.Cmd) {
	cmd.Process.Kill()
	cmd.Wait()
}

// Sum adds numbers. Only a helper process of the tests calls it.
func Sum(numbers []int) int {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return total
}
