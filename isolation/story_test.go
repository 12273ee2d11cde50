package isolation

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
)

// tell hands frames to a story about process 7.
func tell(frames ...message) *story {
	s := &story{out: &Outcome{}, pid: 7}
	for i := range frames {
		s.take(event{message: &frames[i]})
	}
	return s
}

func TestStory(t *testing.T) {
	before, during, after, again := []Reach{{Path: "a"}}, []Reach{{Path: "b"}}, Reach{Path: "c"}, Reach{Path: "d"}
	packages := []Package{{"p", 1, 2}}
	s := tell(
		message{Kind: "hello", PID: 7, Tests: []string{"TestA", "TestB"}, Packages: packages},
		message{Kind: "init", Reach: before},
		message{Kind: "start", Test: "TestA"},
		message{Kind: "end", Test: "TestA", Micros: 1500, Reach: during},
		message{Kind: "start", Test: "TestB"},
		message{Kind: "end", Test: "TestB", Code: 2},
		message{Kind: "done", Code: 3, Reach: []Reach{after}},
		message{Kind: "done", Reach: []Reach{again}}, // the code that is not 0 stands
	)
	want := Outcome{
		Hello: Hello{7, []string{"TestA", "TestB"}, packages},
		Init:  before,
		Tests: []TestRun{{"TestA", 0, 1500 * time.Microsecond, during}, {"TestB", 2, 0, nil}},
		Rest:  []Reach{after, again},
		Done:  true, Code: 3,
	}
	if s.wrong != nil || s.cut || s.inside || s.hang != nil || !reflect.DeepEqual(*s.out, want) {
		t.Errorf("%v, %+v, want %+v", s.wrong, *s.out, want)
	}
}

// The running test is known, and a hang is kept as it was told.
func TestStoryOfAHang(t *testing.T) {
	hang := message{Kind: "hang", Test: "TestB", Ticks: 5}
	s := tell(message{Kind: "hello", PID: 7}, message{Kind: "start", Test: "TestA"}, hang)
	if s.wrong != nil || !s.inside || s.out.Test != "TestA" || !reflect.DeepEqual(*s.hang, hang) {
		t.Errorf("%v, inside %v of %q, hang %+v", s.wrong, s.inside, s.out.Test, s.hang)
	}
	if s := tell(hang); s.wrong != nil || s.hang == nil {
		t.Errorf("a hang of what runs before hello: %v", s.wrong)
	}
}

// Frames that cannot come now.
func TestStoryFaults(t *testing.T) {
	hello := message{Kind: "hello", PID: 7}
	start, end, done := message{Kind: "start", Test: "TestA"}, message{Kind: "end", Test: "TestA"}, message{Kind: "done"}
	other := message{Kind: "end", Test: "TestB"}
	for want, frames := range map[string][]message{
		`frame "done" after hang`:          {hello, {Kind: "hang"}, done},
		`frame "hang" after hang`:          {hello, {Kind: "hang"}, {Kind: "hang"}},
		`frame "init" before hello`:        {{Kind: "init"}},
		"hello of process 8 from child 7":  {{Kind: "hello", PID: 8}},
		"hello of process 7 from child 7":  {hello, hello},
		"start of TestA within TestA":      {hello, start, start},
		"end of TestA without its start":   {hello, end},
		"end of  without its start":        {hello, {Kind: "end"}},
		"end of TestB without its start":   {hello, start, other},
		"done within TestA":                {hello, start, done},
		`frame of unknown kind "farewell"`: {hello, {Kind: "farewell"}},
	} {
		s := tell(frames...)
		if s.wrong == nil || s.wrong.Error() != want || s.cut {
			t.Errorf("%v, cut %v, want %s", s.wrong, s.cut, want)
		}
		before := *s.out
		s.take(event{message: &message{Kind: "hello", PID: 7, Tests: []string{"TestX"}}})
		s.take(event{err: io.ErrUnexpectedEOF})
		if s.wrong.Error() != want || s.cut || !reflect.DeepEqual(*s.out, before) {
			t.Errorf("after %s: %v, %+v", want, s.wrong, *s.out)
		}
	}
}

// A wrong frame is told from one whose end never came.
func TestStoryOfWrongFrames(t *testing.T) {
	for _, c := range []struct {
		err error
		cut bool
	}{
		{errors.New("no frame"), false},
		{fmt.Errorf("read frame: %w", io.ErrUnexpectedEOF), true},
		{io.EOF, false},
	} {
		s := tell()
		s.take(event{err: c.err})
		if s.wrong != c.err || s.cut != c.cut {
			t.Errorf("%v is %v, cut %v", c.err, s.wrong, s.cut)
		}
	}
}

// Each test has the bounds that its order gives it, while it runs.
func TestStoryLimits(t *testing.T) {
	o := &Order{Tests: []string{"TestA", "TestB"}, Loops: []Loop{{Wall: 1}, {Wall: 2, Idle: 3}}}
	for test, want := range map[string][2]time.Duration{"TestA": {1, 0}, "TestB": {2, 3}, "TestX": {}} {
		s := tell(message{Kind: "hello", PID: 7}, message{Kind: "start", Test: test})
		if wall, idle := s.limits(o); wall != want[0] || idle != want[1] {
			t.Errorf("%s has %d and %d, want %d", test, wall, idle, want)
		}
		s.take(event{message: &message{Kind: "end", Test: test}})
		if wall, idle := s.limits(o); wall != 0 || idle != 0 {
			t.Errorf("after %s: %d and %d", test, wall, idle)
		}
	}
	// What runs between tests is not the last test.
	s := &story{out: &Outcome{Test: "TestB"}}
	if wall, idle := s.limits(o); wall != 0 || idle != 0 {
		t.Errorf("between tests: %d and %d", wall, idle)
	}
}

func TestFailedAndMissing(t *testing.T) {
	ran := func(codes ...int) *story {
		s := &story{out: &Outcome{Hello: Hello{Tests: []string{"Test0", "Test1", "Test2"}}}}
		for i, code := range codes {
			s.out.Tests = append(s.out.Tests, TestRun{Test: fmt.Sprint("Test", i), Code: code})
		}
		return s
	}
	whole := ran()
	whole.out.Tests = []TestRun{{Test: ""}}
	for _, c := range []struct {
		name            string
		story           *story
		order           Order
		failed, missing string
	}{
		{"all", ran(0, 0, 0), Order{}, "", ""},
		{"all of the binary", ran(0, 0), Order{}, "", "Test2"},
		{"the first that failed", ran(0, 1, 2), Order{}, "Test1", ""},
		{"those asked for", ran(0, 0), Order{Tests: []string{"Test1", "Test0"}}, "", ""},
		{"the first of those asked for", ran(0), Order{Tests: []string{"Test0", "Test2", "Test1"}}, "", "Test2"},
		{"whole", whole, Order{Whole: true, Tests: []string{"Test0"}}, "", ""},
		{"not even whole", ran(0, 0, 0), Order{Whole: true}, "", "(whole)"},
	} {
		failed, hasFailed := c.story.failed()
		missing, isMissing := c.story.missing(&c.order)
		if isMissing && missing == "" {
			missing = "(whole)"
		}
		if failed != c.failed || hasFailed != (c.failed != "") || missing != c.missing || isMissing != (c.missing != "") {
			t.Errorf("%s: failed %q %v, missing %q %v", c.name, failed, hasFailed, missing, isMissing)
		}
	}
}

func TestNames(t *testing.T) {
	var names []string
	for v := Unknown; v <= Empty; v++ {
		names = append(names, v.String())
	}
	if got, want := strings.Join(names, " "), "unknown passed failed crashed hang timeout broken empty"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestBeside(t *testing.T) {
	out := Outcome{Wall: 10, Tests: []TestRun{{Wall: 3}, {Wall: 4}}}
	if got := out.Beside(); got != 3 {
		t.Errorf("%d, want 3", got)
	}
}
