package isolation

import (
	"fmt"
	"slices"
	"time"
)

// story is what a child has told, checked as it comes.
type story struct {
	out     *Outcome
	pid     int // of the child, whose frames alone count
	greeted bool
	inside  bool // between start and end of out.Test
	hang    *message
	wrong   error // why the frames cannot be believed; nothing is taken after it
	cut     bool  // wrong is a frame whose end never came
}

// take adds the next event.
func (s *story) take(e event) {
	if s.wrong != nil {
		return
	}
	if e.err == nil {
		e.err = s.add(e.message)
	}
	s.wrong, s.cut = e.err, torn(e.err)
}

// add takes one frame; the error says why it cannot come now.
func (s *story) add(m *message) error {
	switch {
	case s.hang != nil:
		return fmt.Errorf("frame %q after hang", m.Kind)
	case m.Kind == "hang":
		s.hang = m
		return nil
	case m.Kind == "hello":
		return s.hello(m)
	case !s.greeted:
		return fmt.Errorf("frame %q before hello", m.Kind)
	}
	switch m.Kind {
	case "init":
		s.out.Init = m.Reach
		return nil
	case "start":
		return s.start(m)
	case "end":
		return s.end(m)
	case "done":
		return s.done(m)
	}
	return fmt.Errorf("frame of unknown kind %q", m.Kind)
}

func (s *story) hello(m *message) error {
	if s.greeted || m.PID != s.pid {
		return fmt.Errorf("hello of process %d from child %d", m.PID, s.pid)
	}
	s.greeted = true
	s.out.Hello = Hello{m.PID, m.Tests, m.Packages}
	return nil
}

func (s *story) start(m *message) error {
	if s.inside {
		return fmt.Errorf("start of %s within %s", m.Test, s.out.Test)
	}
	s.inside, s.out.Test = true, m.Test
	return nil
}

func (s *story) end(m *message) error {
	if !s.inside || m.Test != s.out.Test {
		return fmt.Errorf("end of %s without its start", m.Test)
	}
	s.out.Tests = append(s.out.Tests, TestRun{m.Test, m.Code, time.Duration(m.Micros) * time.Microsecond, m.Reach})
	s.inside, s.out.Test = false, ""
	return nil
}

// done may come more than once: a TestMain may run its tests again. The code
// that is not 0 stands.
func (s *story) done(m *message) error {
	if s.inside {
		return fmt.Errorf("done within %s", s.out.Test)
	}
	s.out.Done = true
	s.out.Rest = append(s.out.Rest, m.Reach...)
	if m.Code != 0 {
		s.out.Code = m.Code
	}
	return nil
}

// limits are the bounds of the test that is running; 0: none of its own.
func (s *story) limits(o *Order) (wall, idle time.Duration) {
	if !s.inside {
		return 0, 0
	}
	l := o.loop(s.out.Test)
	return l.Wall, l.Idle
}

// failed returns the first test that failed.
func (s *story) failed() (test string, ok bool) {
	for _, t := range s.out.Tests {
		if t.Code != 0 {
			return t.Test, true
		}
	}
	return "", false
}

// missing returns a test that should have run and did not.
func (s *story) missing(o *Order) (test string, ok bool) {
	want := o.Tests
	if len(want) == 0 {
		want = s.out.Hello.Tests
	}
	if o.Whole {
		want = []string{""}
	}
	ran := make(map[string]bool, len(s.out.Tests))
	for _, t := range s.out.Tests {
		ran[t.Test] = true
	}
	i := slices.IndexFunc(want, func(name string) bool { return !ran[name] })
	if i < 0 {
		return "", false
	}
	return want[i], true
}
