package supervisor

import (
	"fmt"
	"syscall"
)

// OwnGroup makes this process the leader of its own process group, if it is
// not yet. A worker calls it when the first command has arrived: where the
// parent could hold it between fork and exec it is the leader already and
// nothing happens; elsewhere it moves itself, now that its parent knows it.
func OwnGroup() error {
	if syscall.Getpgrp() == syscall.Getpid() {
		return nil
	}
	if err := syscall.Setpgid(0, 0); err != nil {
		return fmt.Errorf("setpgid: %w", err)
	}
	return nil
}
