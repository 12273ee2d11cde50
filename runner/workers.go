package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/sandbox"
	"github.com/evilution-go/evilution-go/supervisor"
	"github.com/evilution-go/evilution-go/workqueue"
)

// workers says how the queue starts a worker: this program again, with the
// hidden command and the session's scratch directory.
func (s *session) workers(self string) workqueue.Options {
	return workqueue.Options{
		Workers: s.o.Jobs,
		Command: func(int) supervisor.Options {
			return supervisor.Options{Path: self, Args: []string{"worker", s.root.Dir}, Env: os.Environ()}
		},
	}
}

// Worker serves the jobs of the session whose scratch directory is dir, until
// its command pipe ends, and returns the exit code. Only the hidden command of a
// process that a Runner started may call it.
func Worker(dir string) int {
	if err := serve(dir); err != nil {
		fmt.Fprintln(os.Stderr, "evilution-go worker:", err)
		return 4
	}
	return 0
}

// do hands a job to the queue when it is the turn of the tests that it runs, and waits
// for its answer.
func do[Reply any](ctx context.Context, s *session, item workqueue.Item, request any) (*Reply, error) {
	leave, err := s.turns.take(ctx, s.testsOf(request))
	if err != nil {
		return nil, err
	}
	reply, err := doNow[Reply](ctx, s, item, request)
	return reply, errors.Join(err, leave(ctx))
}

// doNow hands a job to the queue and waits for its answer.
func doNow[Reply any](ctx context.Context, s *session, item workqueue.Item, request any) (*Reply, error) {
	var err error
	if item.Body, err = workqueue.Encode(request); err != nil {
		return nil, err
	}
	results, err := s.queue.Do(ctx, []workqueue.Item{item})
	if err != nil {
		return nil, err
	}
	if item.Kind == job.KindRecord {
		s.recordedFor(results[0].Wall)
	}
	if err := results[0].Err; err != nil {
		return nil, err
	}
	reply, err := workqueue.Decode[Reply](results[0].Body)
	return &reply, err
}

// recordedFor counts a dry run that has just ended as far as it went on beside
// mutants.
func (s *session) recordedFor(wall time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.started.IsZero() {
		s.beside += min(wall, time.Since(s.started))
	}
}

var errNotAWorker = errors.New("this command is for the tool's own use")

func serve(dir string) error {
	root, err := sandbox.OpenExisting(dir)
	if err != nil {
		return errors.Join(errNotAWorker, err)
	}
	return workqueue.Serve(context.Background(), os.NewFile(3, "commands"), os.NewFile(4, "results"), job.NewWorker(root).Do)
}
