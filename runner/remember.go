package runner

import (
	"github.com/evilution-go/evilution-go/internal/history"
	"github.com/evilution-go/evilution-go/runner/plan"
)

// lastKiller is the test that noticed m in an earlier session, if that is
// known.
func (s *session) lastKiller(m *subject) plan.TestRef {
	k, _ := s.history.Killer(m.Package, m.ID)
	return plan.TestRef{Package: k.Binary, Test: k.Test}
}

// remember stores the killers and the flaky tests of this session for the next one.
// Of mutants that were not asked for it keeps what is known.
func (s *session) remember() error {
	if s.o.History == "" {
		return nil
	}
	killers := make(map[string]map[string]history.Killer)
	for _, m := range s.subjects {
		if killers[m.Package] == nil {
			killers[m.Package] = make(map[string]history.Killer)
		}
		if m.list != nil && m.killer.Test != "" {
			killers[m.Package][m.ID] = history.Killer{Binary: m.list.Package, Test: m.killer.Test}
		}
	}
	h := s.history.ReplaceFlaky(s.flaky)
	if len(s.report.Rest) > 0 {
		return h.Update(killers).Write(s.o.History)
	}
	return h.Replace(killers).Write(s.o.History)
}
