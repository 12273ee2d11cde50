package workqueue

import (
	"container/heap"
	"time"
)

// call is one submitted item on its way through the queue. It belongs to the
// loop from the moment that add has seen it.
type call struct {
	Item
	reply chan Result // holds one: the loop never waits for who receives

	seq      uint64  // order of submission
	place    int     // index in the heap while it waits
	worker   *worker // that has it now
	index    int     // of the last worker
	attempts int
	began    time.Time // of the last attempt
	quit     error     // why nobody waits for the result any more
	done     bool
}

func newCall(item Item) *call { return &call{Item: item, reply: make(chan Result, 1)} }

// result makes the result of the last hand-over.
func (c *call) result(body []byte, err error, now time.Time) Result {
	r := Result{Body: body, Err: err, Worker: c.index, Attempts: c.attempts}
	if c.attempts > 0 {
		r.Wall = now.Sub(c.began)
	}
	return r
}

// finish sends the one result.
func (c *call) finish(r Result) {
	c.done = true
	c.reply <- r
}

// waiting is a heap of calls: higher priority first, then first come. A call
// that comes back for its second try keeps its number and so its turn.
type waiting []*call

func (w waiting) Len() int { return len(w) }

func (w waiting) Less(i, j int) bool {
	if w[i].Priority != w[j].Priority {
		return w[i].Priority > w[j].Priority
	}
	return w[i].seq < w[j].seq
}

func (w waiting) Swap(i, j int) {
	w[i], w[j] = w[j], w[i]
	w[i].place, w[j].place = i, j
}

// Push is for container/heap; use add.
func (w *waiting) Push(x any) {
	c := x.(*call)
	c.place = len(*w)
	*w = append(*w, c)
}

// Pop is for container/heap; use take.
func (w *waiting) Pop() any {
	last := len(*w) - 1
	c := (*w)[last]
	(*w)[last] = nil
	*w = (*w)[:last]
	return c
}

func (w *waiting) add(c *call)    { heap.Push(w, c) }
func (w *waiting) take() *call    { return heap.Pop(w).(*call) }
func (w *waiting) remove(c *call) { heap.Remove(w, c.place) }
