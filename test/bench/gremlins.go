package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// install builds gremlins into dir.
func install(ctx context.Context, dir, version string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "install", "github.com/go-gremlins/gremlins/cmd/gremlins@"+version)
	cmd.Dir = dir // no go.mod of ours says what it is built with
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("install gremlins: %w\n%s", err, out)
	}
	return filepath.Join(dir, "gremlins"), nil
}

// runTheirs is one run of gremlins with its own defaults. Its temporary files go where
// ours are removed.
func (b *bout) runTheirs(ctx context.Context) (sample, error) {
	output := filepath.Join(b.dir, "theirs.json")
	s, err := b.timed(ctx, func(ctx context.Context) (*exec.Cmd, error) {
		cmd := exec.CommandContext(ctx, b.gremlins, "unleash", "--silent", "--workers", strconv.Itoa(b.jobs), "--output", output)
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		cmd.WaitDelay = 10 * time.Second
		cmd.Dir = b.module
		cmd.Env = append(os.Environ(), "TMPDIR="+b.dir)
		return cmd, nil
	})
	if err != nil {
		return s, err
	}
	var doc struct {
		Files []struct {
			Mutations []struct{ Status string }
		}
	}
	if err := decode(output, &doc); err != nil {
		return s, err
	}
	for _, file := range doc.Files {
		for _, m := range file.Mutations {
			switch m.Status {
			case "KILLED", "LIVED", "TIMED OUT", "NOT VIABLE":
				s.mutants++
			}
		}
	}
	return s, nil
}
