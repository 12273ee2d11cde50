package runner

import "slices"

const (
	// besideRuns is how often one and the same test must fail beside itself, while it
	// passes alone, before the tests are said to be exclusive.
	besideRuns = 3
	// besideMost is how often that is tried: on a busy machine copies that run at the
	// same time may miss each other by a little.
	besideMost = 6
)

// suspects are tests that have failed while copies of them ran. They may be exclusive
// or flaky.
type suspects struct {
	names  []string
	copies int // that ran, at least
	// beside runs copies once more and lists what failed, each name once; none have
	// run if n is 0.
	beside func() (failed []string, n int, err error)
	// alone runs them some times by themselves and lists what failed.
	alone func() (failed []string, err error)
}

// judge tells which are exclusive, or else which are flaky; neither if beside could not
// be asked. Whenever no test has failed beside itself they are run alone again, so that
// one that fails by chance has had as many chances there.
func (s *suspects) judge() (exclusive, fickle []string, err error) {
	if fickle, err = s.alone(); err != nil || len(fickle) > 0 {
		return nil, fickle, err
	}
	failures := make(map[string]int)
	for _, name := range s.names {
		failures[name]++
	}
	for tries := 1; tries < besideMost && s.open(failures); tries++ {
		failed, n, err := s.beside()
		if err != nil || n == 0 {
			return nil, nil, err
		}
		s.copies = min(s.copies, n)
		for _, name := range failed {
			failures[name]++
		}
		if len(failed) > 0 {
			continue
		}
		if fickle, err = s.alone(); err != nil || len(fickle) > 0 {
			return nil, fickle, err
		}
	}
	if exclusive = s.failedOften(failures); len(exclusive) == 0 {
		return nil, s.names, nil
	}
	return exclusive, nil, nil
}

// open tells whether more trials could tell more.
func (s *suspects) open(failures map[string]int) bool {
	return len(s.failedOften(failures)) < len(s.names)
}

func (s *suspects) failedOften(failures map[string]int) []string {
	return slices.DeleteFunc(slices.Clone(s.names), func(name string) bool { return failures[name] < besideRuns })
}
