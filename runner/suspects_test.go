package runner

import (
	"errors"
	"slices"
	"testing"
)

// Each trial is what failed in copies, or alone.
func TestSuspects(t *testing.T) {
	none, a, b, ab := []string(nil), []string{"A"}, []string{"B"}, []string{"A", "B"}
	gone := []string{"no copies"}
	for name, test := range map[string]struct {
		first            []string
		beside, alone    [][]string // what fails, then nothing
		exclusive, fails []string
		asked            int // for copies
	}{
		"each time":            {a, [][]string{a, a, a}, nil, a, nil, 2},
		"missed each other":    {a, [][]string{none, a, none, none, a}, nil, a, nil, 5},
		"never again":          {a, nil, nil, nil, a, besideMost - 1},
		"once more only":       {a, [][]string{none, a}, nil, nil, a, besideMost - 1},
		"alone at first":       {a, [][]string{a, a}, [][]string{b}, nil, b, 0},
		"alone later":          {a, [][]string{a, none, a}, [][]string{none, a}, nil, a, 2},
		"one of two":           {ab, [][]string{a, ab, a}, nil, a, nil, besideMost - 1},
		"both, not together":   {ab, [][]string{a, b, a, b}, nil, ab, nil, 4},
		"another in the place": {a, [][]string{b, b, b, a, a}, nil, a, nil, 5},
		"no worker is left":    {a, [][]string{a, gone}, nil, nil, nil, 2},
	} {
		asked, runs := 0, 0
		s := suspects{names: test.first, copies: 3}
		s.beside = func() ([]string, int, error) {
			asked++
			if asked > len(test.beside) {
				return nil, 2, nil
			}
			if failed := test.beside[asked-1]; !slices.Equal(failed, gone) {
				return failed, 2, nil
			}
			return nil, 0, nil
		}
		s.alone = func() ([]string, error) {
			if runs++; runs > len(test.alone) {
				return nil, nil
			}
			return test.alone[runs-1], nil
		}
		exclusive, fails, err := s.judge()
		if !slices.Equal(exclusive, test.exclusive) || !slices.Equal(fails, test.fails) || err != nil || asked != test.asked {
			t.Errorf("%s: exclusive %q, fails %q, %v, asked for copies %d times; want %q, %q, %d times",
				name, exclusive, fails, err, asked, test.exclusive, test.fails, test.asked)
		}
		if exclusive != nil && s.copies != 2 {
			t.Errorf("%s: %d copies, want 2", name, s.copies)
		}
	}
	wrong := errors.New("wrong")
	s := suspects{names: a, alone: func() ([]string, error) { return nil, nil }, beside: func() ([]string, int, error) { return nil, 1, wrong }}
	if _, _, err := s.judge(); !errors.Is(err, wrong) {
		t.Errorf("%v, want %v", err, wrong)
	}
}
