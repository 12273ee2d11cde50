package main

import "testing"

func TestParse(t *testing.T) {
	for line, want := range map[string]result{
		"BenchmarkGet-2   \t  100\t  12.5 ns/op\t 8 B/op\t 3 allocs/op\n": {12.5, 3},
		"BenchmarkGet 1 7 ns/op": {7, 0},
	} {
		name, got, ok := parse(line)
		if !ok || name != "Get" || got != want {
			t.Errorf("%q: %s, %+v, %v", line, name, got, ok)
		}
	}
	for _, line := range []string{"PASS\n", "goos: linux", "BenchmarkGet-2", "BenchmarkGet-2 1 x ns/op"} {
		if name, got, ok := parse(line); ok {
			t.Errorf("%q: %s, %+v", line, name, got)
		}
	}
}

func TestCompareCountsWhatIsAbove(t *testing.T) {
	before := results{"A": {{10, 0}, {10, 0}}, "B": {{10, 0}, {10, 0}}}
	after := results{"A": {{12, 0}, {11, 0}}, "B": {{30, 1}, {10, 1}}}
	if above, err := compare("m", before, after, 1.3); above != 1 || err != nil {
		t.Errorf("%d above, %v", above, err)
	}
	if _, err := compare("m", before, results{}, 1.3); err == nil {
		t.Error("no error where one binary did not run a benchmark")
	}
	if _, err := compare("m", nil, nil, 1.3); err == nil {
		t.Error("no error where nothing matches")
	}
}
