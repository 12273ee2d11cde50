package main

import (
	"context"
	"fmt"
	"os/exec"
)

// compile builds the test binary of the package in dir.
func compile(ctx context.Context, dir, binary string, flags ...string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-c", "-vet=off", "-o", binary}, flags...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return nil
}
