package isolation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/sandbox"
)

// Mode is what a test binary is asked to do.
type Mode uint8

// The modes. Clean is also what an Order's zero value asks for.
const (
	Clean  Mode = iota // no mutant, nothing recorded
	Mutant             // one mutant is active
	Record             // no mutant; what each test reaches is recorded
)

// String is the mode's name in an order file.
func (m Mode) String() string { return [...]string{"clean", "mutant", "record"}[m] }

// Loop bounds one test's iterations. The child reports a hang when it has done
// more than Ticks of them and at least Floor has passed since the test began, or
// more than Stretch of them since the mutant's function was called last and at least
// Floor has passed since then. 0: no such bound.
type Loop struct {
	Ticks   uint64
	Stretch uint64
	Floor   time.Duration // counted in microseconds
	// Wall is how long this test may take, whatever Limits.Wall leaves to all of
	// them; 0: no bound of its own.
	Wall time.Duration
	// Idle is how long it may do nothing, not even wait for a processor; 0: as long
	// as it likes.
	Idle time.Duration
}

// Order says what Run runs. Binary and Dir must be set.
type Order struct {
	// Binary is an instrumented test binary. It is linked or copied, never
	// run from its place.
	Binary string
	// Dir is the child's working directory: the package's folder in a copy of
	// the module that no other child uses meanwhile.
	Dir string
	// Args are the user's flags for the test binary, in full spelling
	// (-test.short, not -short).
	Args []string
	// Env is the environment to start from, nil for this process's own;
	// sandbox.Environ tells what is changed, Set what is set besides. Set has
	// to say where GOCACHE, GOMODCACHE and GOPATH are.
	Env []string
	Set map[string]string

	Mode Mode
	// Package and Number name the active mutant; mode Mutant only.
	Package string
	Number  int

	// Tests are run in this order, each alone; none: all tests of the binary.
	Tests []string
	// Times[i], where it is there and more than 1, is how often Tests[i] is run at its
	// turn, one after the other, until it fails; each time within the bound of its
	// iterations, all together within that of its time.
	Times []int
	// Whole runs them in one go, as `go test` does, reported as one test
	// without a name.
	Whole bool
	// StopFirst ends the list after the first test that fails.
	StopFirst bool

	// Ticks and Floor bound the iterations of every test (see Loop) for which
	// Loops says nothing; Loops[i] is about Tests[i].
	Ticks uint64
	Floor time.Duration
	Loops []Loop
	// InitTicks bounds the iterations of what runs before the first test.
	InitTicks uint64
	// AllSwitches lets loops outside the mutant's function count too, which
	// costs speed.
	AllSwitches bool

	// Greeted, if not nil, hears what the child says of itself as soon as it does.
	// It is called by the goroutine that called Run and must return at once.
	Greeted func(Hello)

	// Room is where the child is born; nil: where this process is. Dir means what it
	// means in there.
	Room *sandbox.Room
	// Limits bound the child's whole family. Wall 0 is 10 minutes.
	Limits sandbox.Limits
	// Pace stops the child now and then.
	Pace Pace
	// Grace is how long the child may take to obey TERM once its time is up;
	// 0 is supervisor.Grace, less than 0 none.
	Grace time.Duration
}

// text is the order file; counters is where a recording counts.
func (o *Order) text(counters string) (string, error) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("mode %v", o.Mode)
	switch o.Mode {
	case Mutant:
		line("mutant %s %d", o.Package, o.Number)
	case Record:
		line("counters %s", counters)
	}
	if o.InitTicks > 0 {
		line("initticks %d", o.InitTicks)
	}
	if o.AllSwitches {
		line("switches all")
	}
	if o.StopFirst {
		line("stop first")
	}
	if o.Whole {
		line("whole")
	}
	common := Loop{Ticks: o.Ticks, Floor: o.Floor}
	last := common.text()
	line("%s", last)
	times := 1
	for i, test := range o.Tests {
		if n := o.times(i); n != times {
			line("times %d", n)
			times = n
		}
		loop := common
		if i < len(o.Loops) {
			loop = o.Loops[i]
		}
		if text := loop.text(); text != last {
			line("%s", text)
			last = text
		}
		line("test %s", test)
	}
	return b.String(), o.check()
}

// times is how often the i-th test is run.
func (o *Order) times(i int) int {
	if i < len(o.Times) {
		return max(o.Times[i], 1)
	}
	return 1
}

// loop is the bound of one test; the zero value if it has none of its own.
func (o *Order) loop(test string) Loop {
	if i := slices.Index(o.Tests, test); i >= 0 && i < len(o.Loops) {
		return o.Loops[i]
	}
	return Loop{}
}

// text is a loop's three lines of an order file.
func (l Loop) text() string {
	return "ticks " + strconv.FormatUint(l.Ticks, 10) + "\nstretch " + strconv.FormatUint(l.Stretch, 10) +
		"\nfloor " + strconv.FormatInt(l.Floor.Microseconds(), 10)
}

// check refuses what an order file cannot say.
func (o *Order) check() error {
	for _, s := range append([]string{o.Package}, o.Tests...) {
		if strings.ContainsAny(s, "\n\r") {
			return fmt.Errorf("write order: %q holds a line's end", s)
		}
	}
	if o.Mode == Mutant && (o.Package == "" || o.Number <= 0) {
		return fmt.Errorf("write order: no mutant %q %d", o.Package, o.Number)
	}
	return nil
}
