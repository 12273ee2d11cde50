package workqueue

import (
	"context"
	"testing"
)

// BenchmarkRoundTrip is the price of one item when one is under way: two pipes,
// four switches between goroutines and two between processes.
func BenchmarkRoundTrip(b *testing.B) {
	q := opened(b, 1)
	for b.Loop() {
		if r := <-q.Submit(Item{Kind: "echo"}); r.Err != nil {
			b.Fatal(r.Err)
		}
	}
}

// BenchmarkDispatch is the price of one item when there is always a next one.
func BenchmarkDispatch(b *testing.B) {
	q := opened(b, 2)
	items := make([]Item, b.N)
	for i := range items {
		items[i].Kind = "echo"
	}
	b.ResetTimer()
	if _, err := q.Do(context.Background(), items); err != nil {
		b.Fatal(err)
	}
}

func opened(b *testing.B, workers int) *Queue {
	b.Helper()
	q, err := Start(context.Background(), plan{Options: Options{Workers: workers}}.options(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(q.Kill)
	if r := <-q.Submit(Item{Kind: "echo"}); r.Err != nil {
		b.Fatal(r.Err)
	}
	b.ReportAllocs()
	return q
}
