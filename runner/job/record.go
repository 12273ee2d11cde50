package job

import (
	"context"
	"time"

	"github.com/evilution-go/evilution-go/isolation"
	"github.com/evilution-go/evilution-go/workqueue"
)

// RecordRequest asks for dry runs of one test binary: processes without a
// mutant, one after another, that record which mutants each test reaches.
type RecordRequest struct {
	Place  Place
	Binary Binary
	// Lists are the tests of each process, in order; an empty list means all tests
	// in the binary's order.
	Lists [][]string
	Wall  time.Duration // limit of each process
	// Clean runs the lists as those of mutants are run, without one, and records
	// nothing.
	Clean bool
	// Pace stops the processes now and then.
	Pace isolation.Pace
	// Meeting is where jobs wait for each other before the first list.
	Meeting Meeting
}

// RecordReply holds one outcome for each list.
type RecordReply struct {
	Outcomes []isolation.Outcome
	Spans    []Span // when the tests of these processes ran
	Met      bool   // all jobs of the Meeting had come
}

// Span is when the tests of a process began and when it ended, in nanoseconds since 1970.
type Span [2]int64

// ended is the span of a process that has ended now.
func ended(out isolation.Outcome) Span {
	now := time.Now()
	return Span{now.Add(out.Beside() - out.Wall).UnixNano(), now.UnixNano()}
}

// Holds is the progress of a record job: the packages with switches that the
// binary holds, by import path. It comes with each process.
type Holds []string

// record runs the lists one after another.
func (w *Worker) record(ctx context.Context, r RecordRequest, tell func([]byte) error) (*RecordReply, error) {
	reply := &RecordReply{}
	if r.Meeting.Count > 0 {
		if _, err := w.ground(r.Place); err != nil {
			return nil, err
		}
		var err error
		if reply.Met, err = r.Meeting.wait(ctx); err != nil {
			return nil, err
		}
	}
	greeted := func(h isolation.Hello) {
		holds := make(Holds, len(h.Packages))
		for i, p := range h.Packages {
			holds[i] = p.Path
		}
		if body, err := workqueue.Encode(holds); err == nil {
			_ = tell(body) // a broken pipe ends the worker by itself
		}
	}
	for _, tests := range r.Lists {
		o := isolation.Order{Mode: isolation.Record, Tests: tests, Greeted: greeted, Pace: r.Pace}
		if r.Clean {
			o.Mode = isolation.Clean
		}
		o.Limits.Wall = r.Wall
		out, err := w.run(ctx, r.Place, r.Binary, o)
		if err == nil && out.Again { // the signal may have come from outside
			out, err = w.run(ctx, r.Place, r.Binary, o)
		}
		if err != nil {
			return nil, err
		}
		reply.Outcomes, reply.Spans = append(reply.Outcomes, out), append(reply.Spans, ended(out))
	}
	return reply, nil
}
