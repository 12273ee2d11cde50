package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/test/internal/subject"
)

// row runs the tool on a module of one size and prints a line of the table.
func (o options) row(ctx context.Context, tool subject.Tool, dir string, s size) error {
	module := filepath.Join(dir, fmt.Sprintf("module-%d", s.packages))
	if err := s.generate(module); err != nil {
		return err
	}
	tool.Cache = module + ".cache"
	r, wall, peak, err := o.run(ctx, tool, module)
	if err != nil {
		return err
	}
	n := len(r.Mutants)
	fmt.Printf("| %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.0f |\n", s.packages, n,
		r.Timing.Setup.Load/1000, r.Timing.Setup.Build/1000, r.Timing.Setup.DryRun/1000, r.Timing.Mutants/1000, wall.Seconds(),
		r.Timing.Mutants/float64(n), wall.Seconds()*1000/float64(n), float64(peak)/(1<<20))
	switch {
	case n != s.total():
		return fmt.Errorf("%d mutants, wanted %d", n, s.total())
	case peak > o.max:
		return fmt.Errorf("the Runner used %d bytes, %d are allowed", peak, o.max)
	}
	return nil
}

// run is one run of the tool, whose memory is watched until it ends.
func (o options) run(ctx context.Context, tool subject.Tool, module string) (r *report.Report, wall time.Duration, peak int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, o.limit)
	defer cancel()
	output := module + ".json"
	cmd, err := tool.Command(ctx, module, "run", "-q", "-j", strconv.Itoa(o.jobs), "--format", "json", "--output", output, "./...")
	if err != nil {
		return nil, 0, 0, err
	}
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, 0, 0, err
	}
	ended := make(chan struct{})
	highest := make(chan int64)
	go func() { highest <- watch(cmd.Process.Pid, ended) }()
	err = cmd.Wait()
	wall = time.Since(start)
	close(ended)
	peak = <-highest
	if err != nil {
		return nil, wall, peak, fmt.Errorf("evilution-go: %w: %s", err, stderr.Bytes())
	}
	text, err := os.ReadFile(output)
	if err != nil {
		return nil, wall, peak, err
	}
	r = new(report.Report)
	return r, wall, peak, json.Unmarshal(text, r)
}

// watch looks at the memory of a process ten times a second until ended is
// closed, and returns the most that it saw, in bytes.
func watch(pid int, ended <-chan struct{}) (highest int64) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		highest = max(highest, memory(pid))
		select {
		case <-ended:
			return highest
		case <-tick.C:
		}
	}
}
