package agent

import (
	"reflect"
	"testing"
)

func TestParseOrder(t *testing.T) {
	for _, c := range []struct {
		text string
		want order
		bad  string
	}{
		{text: "mode clean\n", want: order{mode: clean}},
		{text: "mode clean", want: order{mode: clean}},
		{text: "mode mutant\nmutant a b/c 17\nswitches all\nstop first\n\n",
			want: order{mode: mutant, path: "a b/c", number: 17, all: true, stop: true}},
		{text: "mode record\ncounters /tmp/a b\nwhole\ntest TestA\n",
			want: order{mode: record, counters: "/tmp/a b", whole: true, tests: []task{{name: "TestA"}}}},
		{text: "mode clean\ninitticks 5\nticks 10\nfloor 7\ntest A\nticks 20\nstretch 3\ntest B\nticks 0\ntest C\n",
			want: order{mode: clean, before: limit{5, 0, 7000}, last: limit{0, 3, 7000},
				tests: []task{{"A", limit{10, 0, 7000}, 0}, {"B", limit{20, 3, 7000}, 0}, {"C", limit{0, 3, 7000}, 0}}}},
		{text: "mode clean\ntest A\ntimes 3\ntest B\ntest C\ntimes 1\ntest D\n",
			want: order{mode: clean, times: 1, tests: []task{{"A", limit{}, 0}, {"B", limit{}, 3}, {"C", limit{}, 3}, {"D", limit{}, 1}}}},
		{text: "", bad: "mode"},
		{text: "mode mutant\n", bad: "mode"},
		{text: "mode other\n", bad: "mode other"},
		{text: "mode clean\nticks x\n", bad: "ticks x"},
		{text: "mode clean\nticks -1\n", bad: "ticks -1"},
		{text: "mode clean\nticks\n", bad: "ticks"},
		{text: "mode clean\nstretch x\n", bad: "stretch x"},
		{text: "mode clean\nfloor 9223372036854775807\n", bad: "floor 9223372036854775807"},
		{text: "mode mutant\nmutant 17\n", bad: "mutant 17"},
		{text: "mode mutant\nmutant a 0\n", bad: "mutant a 0"},
		{text: "mode mutant\nmutant a 2147483648\n", bad: "mutant a 2147483648"},
		{text: "mode clean\ntest\n", bad: "test"},
		{text: "mode clean\ntimes 0\n", bad: "times 0"},
		{text: "mode clean\ntimes many\n", bad: "times many"},
		{text: "mode clean\ntimes 2147483648\n", bad: "times 2147483648"},
		{text: "mode clean\nstop last\n", bad: "stop last"},
		{text: "mode clean\nfuture 1\n", bad: "future 1"},
	} {
		got, bad := parseOrder(c.text)
		if bad != c.bad || bad == "" && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: got %+v, %q; want %+v, %q", c.text, got, bad, c.want, c.bad)
		}
	}
}

// FuzzParseOrder: an order is understood or refused, never a panic, and what a
// refusal names is in the text.
func FuzzParseOrder(f *testing.F) {
	f.Add("mode mutant\nmutant x.y/z 3\nticks 100\nfloor 5\nstop first\ntest TestA\n")
	f.Add("mode record\r\ncounters \x00")
	f.Fuzz(func(t *testing.T, text string) {
		o, bad := parseOrder(text)
		if bad == "" && (o.mode == inert || o.mode == mutant && o.number <= 0) {
			t.Fatalf("%q accepted as %+v", text, o)
		}
	})
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]uint64{"0": 0, "007": 7, "9223372036854775807": 1<<63 - 1} {
		if n, ok := number(s); !ok || n != want {
			t.Errorf("%q: %d, %v", s, n, ok)
		}
	}
	for _, s := range []string{"", "-1", "1 ", "x", "9223372036854775808", "99999999999999999999999"} {
		if n, ok := number(s); ok {
			t.Errorf("%q: accepted as %d", s, n)
		}
	}
}
