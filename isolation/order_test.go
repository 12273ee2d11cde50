package isolation

import (
	"strings"
	"testing"
	"time"
)

func TestOrderText(t *testing.T) {
	loops := []Loop{{}, {Ticks: 7}, {Ticks: 7, Floor: 1500 * time.Nanosecond}}
	for _, c := range []struct {
		order Order
		want  string // without the common bound
	}{
		{Order{}, "mode clean;ticks 0;stretch 0;floor 0"},
		{Order{Package: "p", Number: 3}, "mode clean;ticks 0;stretch 0;floor 0"},
		{Order{Mode: Mutant, Package: "a b", Number: 17}, "mode mutant;mutant a b 17;ticks 0;stretch 0;floor 0"},
		{Order{Mode: Record, Whole: true}, "mode record;counters /c;whole;ticks 0;stretch 0;floor 0"},
		{Order{InitTicks: 1, AllSwitches: true, StopFirst: true}, "mode clean;initticks 1;switches all;stop first;ticks 0;stretch 0;floor 0"},
		{Order{Tests: []string{"TestA"}, Loops: []Loop{{Ticks: 7, Stretch: 5}}}, "mode clean;ticks 0;stretch 0;floor 0;ticks 7;stretch 5;floor 0;test TestA"},
		{Order{Ticks: 5, Floor: time.Second, Tests: []string{"TestA", "TestB"}}, "mode clean;ticks 5;stretch 0;floor 1000000;test TestA;test TestB"},
		// Each loop is said where it changes; tests without one have the common one.
		{Order{Loops: loops, Tests: []string{"TestA", "TestB", "TestC", "TestD", "TestE"}},
			"mode clean;ticks 0;stretch 0;floor 0;test TestA;ticks 7;stretch 0;floor 0;test TestB;ticks 7;stretch 0;floor 1;test TestC;ticks 0;stretch 0;floor 0;test TestD;test TestE"},
		{Order{Times: []int{0, 3, 3, 1}, Tests: []string{"TestA", "TestB", "TestC", "TestD", "TestE"}},
			"mode clean;ticks 0;stretch 0;floor 0;test TestA;times 3;test TestB;test TestC;times 1;test TestD;test TestE"},
	} {
		text, err := c.order.text("/c")
		if want := strings.ReplaceAll(c.want, ";", "\n") + "\n"; err != nil || text != want {
			t.Errorf("%+v: %v\n%s\nwant\n%s", c.order, err, text, want)
		}
	}
}

// An order that its file cannot say is refused.
func TestOrdersThatCannotBe(t *testing.T) {
	for want, o := range map[string]Order{
		`write order: no mutant "p" 0`:                        {Mode: Mutant, Package: "p"},
		`write order: no mutant "p" -1`:                       {Mode: Mutant, Package: "p", Number: -1},
		`write order: no mutant "" 1`:                         {Mode: Mutant, Number: 1},
		`write order: "TestA\nstop first" holds a line's end`: {Tests: []string{"TestB", "TestA\nstop first"}},
		`write order: "TestA\r" holds a line's end`:           {Tests: []string{"TestA\r"}},
		`write order: "p\nq" holds a line's end`:              {Mode: Mutant, Package: "p\nq", Number: 1},
	} {
		if _, err := o.text("/c"); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Each test has the bounds that its order gives it.
func TestOrderLoop(t *testing.T) {
	o := &Order{Tests: []string{"TestA", "TestB", "TestC"}, Loops: []Loop{{Wall: 1}, {Wall: 2, Idle: 3}}}
	for test, want := range map[string]Loop{"TestA": {Wall: 1}, "TestB": {Wall: 2, Idle: 3}, "TestC": {}, "TestX": {}} {
		if got := o.loop(test); got != want {
			t.Errorf("%s has %+v, want %+v", test, got, want)
		}
	}
}
