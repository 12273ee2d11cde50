package runner

import (
	"errors"
	"fmt"
)

// errEnough ends the jobs of a session that has found what it was to find.
var errEnough = errors.New("enough mutants are undetected")

// enough tells whether so many mutants are undetected that the session ends, and
// says so in the report. Where jobs may run, the caller holds the session's lock.
func (s *session) enough() bool {
	if s.o.FailFast == 0 {
		return false
	}
	n := 0
	for _, m := range s.subjects {
		if m.Status.Undetected() && !s.o.Accepted[m.ID] {
			n++
		}
	}
	if n < s.o.FailFast {
		return false
	}
	s.report.Stopped = fmt.Sprintf("stopped by --fail-fast %d: no test notices %d mutants that nobody accepted", s.o.FailFast, n)
	if n == 1 {
		s.report.Stopped = "stopped by --fail-fast 1: no test notices a mutant that nobody accepted"
	}
	return true
}
