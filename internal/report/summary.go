package report

import "github.com/evilution-go/evilution-go/internal/mutant"

// Summary counts a report's mutants.
type Summary struct {
	Total    int                   `json:"total"`     // mutants
	ByStatus map[mutant.Status]int `json:"by_status"` // every status of mutant.Statuses has an entry
	Detected int                   `json:"detected"`  // mutants that the tests noticed
	// Undetected counts survivors and mutants that no test reaches.
	Undetected int `json:"undetected"`
	// Accepted counts those of them that somebody accepted.
	Accepted int `json:"accepted"`
	// Score is detected / (detected + undetected) in percent, exact; nil for 0/0.
	Score *float64 `json:"score"`
	// CoveredScore is the score without the mutants that no test reaches.
	CoveredScore *float64 `json:"covered_score"`
}

// Summarize counts r's mutants and sets r.Summary. The runner calls it once,
// when the last status is in; whoever changes what counts calls it again.
func (r *Report) Summarize() {
	r.Summary = Summarize(r.Mutants)
	if r.TimeoutsUndetected {
		n := r.Summary.ByStatus[mutant.Timeout]
		r.Summary.Detected -= n
		r.Summary.Undetected += n
		r.Summary.score()
	}
}

// Summarize counts mutants. A mutant without a status, which only an interrupted
// session leaves behind, counts as pending.
func Summarize(mutants []*Mutant) Summary {
	s := Summary{Total: len(mutants), ByStatus: make(map[mutant.Status]int)}
	for _, status := range mutant.Statuses() {
		s.ByStatus[status] = 0
	}
	for _, m := range mutants {
		status := m.Status
		if status == "" {
			status = mutant.Pending
		}
		s.ByStatus[status]++
		switch {
		case status.Detected():
			s.Detected++
		case status.Undetected():
			s.Undetected++
		}
		if m.Accepted != "" {
			s.Accepted++
		}
	}
	s.score()
	return s
}

// Undetected tells whether m counts as not noticed by the tests in r.
func (r *Report) Undetected(m *Mutant) bool {
	return m.Status.Undetected() || r.TimeoutsUndetected && m.Status == mutant.Timeout
}

// score divides.
func (s *Summary) score() {
	s.Score = percent(s.Detected, s.Detected+s.Undetected)
	s.CoveredScore = percent(s.Detected, s.Detected+s.Undetected-s.ByStatus[mutant.NotCovered])
}

// percent is 100·part/whole, nil when there is no whole.
func percent(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	p := 100 * float64(part) / float64(whole)
	return &p
}
