package runner

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/report"
	"github.com/evilution-go/evilution-go/runner/job"
)

// share says in the report which part of which session it is, if it is a part.
func (s *session) share(known job.Share) {
	part := s.o.Shard
	if part.Count == 0 {
		return
	}
	s.report.Shard = &report.Shard{
		Index: part.Index, Count: part.Count, Places: append([]int{}, known.Places...),
		Session: report.Session{
			Mutants: len(known.IDs), IDs: report.SumIDs(known.IDs), Source: known.Source,
			Machine: runtime.GOOS + "/" + runtime.GOARCH, Settings: s.o.settings(),
		},
	}
}

// settings are what decides verdicts, by the names of flags.
func (o Options) settings() map[string]string {
	return map[string]string{
		"operators":         strings.Join(o.Operators, ","),
		"profile":           o.Profile,
		"tags":              o.Tags,
		"tests":             o.Tests,
		"skip":              o.Skip,
		"sandbox":           strings.Join(slices.Sorted(slices.Values(o.Sandbox)), ","),
		"timeout-factor":    fmt.Sprint(o.TimeoutFactor),
		"confirm-survivors": o.ConfirmSurvivors,
		"no-infection":      fmt.Sprint(o.NoInfection),
		"exclude":           strings.Join(o.Scope.Exclude, ","),
		"fail-fast":         fmt.Sprint(o.FailFast),
	}
}
