package workqueue_test

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/evilution-go/evilution-go/supervisor"
	"github.com/evilution-go/evilution-go/workqueue"
)

// A program that is its own worker: its main function begins with
//
//	if len(os.Args) > 1 && os.Args[1] == "worker" {
//		os.Exit(serve())
//	}
//
// and serve hands the two descriptors to Serve.
func serve() int {
	err := workqueue.Serve(context.Background(), os.NewFile(3, "commands"), os.NewFile(4, "results"),
		func(ctx context.Context, c *workqueue.Call) ([]byte, error) {
			if c.Kind == "shout" {
				return append(bytes.ToUpper(c.Body), '!'), nil
			}
			return nil, fmt.Errorf("cannot %s", c.Kind)
		})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// In a test TestMain stands for main.
var _ = workqueue.ServeExampleBy(serve)

func Example() {
	self, err := os.Executable()
	if err != nil {
		fmt.Println(err)
		return
	}
	q, err := workqueue.Start(context.Background(), workqueue.Options{
		Workers: 2,
		Command: func(int) supervisor.Options {
			return supervisor.Options{Path: self, Args: []string{"worker"}, Env: workqueue.AsExample()}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := q.Do(context.Background(), []workqueue.Item{
		{Kind: "shout", Body: []byte("hello")},
		{Kind: "whisper", Body: []byte("hello")},
		{Kind: "shout", Body: []byte("bye")},
	})
	for _, r := range results {
		fmt.Printf("%s %v\n", r.Body, r.Err)
	}
	fmt.Println(err, q.Close())
	// Output:
	// HELLO! <nil>
	//  cannot whisper
	// BYE! <nil>
	// <nil> <nil>
}
