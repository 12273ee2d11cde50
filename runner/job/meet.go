package job

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Meeting is a directory in which the workers of jobs that run together wait for each
// other when they have prepared all else, so that their children begin at the same
// time. The zero value is none.
type Meeting struct {
	Dir   string // exists
	Count int    // of jobs
	Index int    // of this one, from 1
}

const (
	// meetLimit is how long a job waits for the others: a worker may have to copy the
	// module first, or to die and be replaced.
	meetLimit = time.Minute
	meetEvery = 200 * time.Microsecond
)

// wait tells whether all have come.
func (m Meeting) wait(ctx context.Context) (bool, error) {
	if err := os.WriteFile(filepath.Join(m.Dir, strconv.Itoa(m.Index)), nil, 0o600); err != nil {
		return false, fmt.Errorf("meet other jobs: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, meetLimit)
	defer cancel()
	for i := 1; i <= m.Count; {
		if _, err := os.Stat(filepath.Join(m.Dir, strconv.Itoa(i))); err == nil {
			i++
			continue
		}
		select {
		case <-ctx.Done():
			return false, nil // if it is the job's end, its children tell
		case <-time.After(meetEvery):
		}
	}
	return true, nil
}
