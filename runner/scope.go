package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/evilution-go/evilution-go/internal/scope"
	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/workqueue"
)

// gitLimit bounds what git needs to compare a working tree.
const gitLimit = 5 * time.Minute

// scope completes what was asked for by what git says has changed, and writes it
// into the report.
func (s *session) scope(ctx context.Context) (scope.Scope, error) {
	asked := s.o.Scope
	if s.o.Since != "" {
		reply, err := do[job.ChangesReply](ctx, s, workqueue.Item{Kind: job.KindChanges, Timeout: gitLimit}, job.ChangesRequest{Dir: s.o.Dir, Since: s.o.Since})
		if err != nil {
			return asked, err
		}
		if reply.Refused != "" {
			return asked, &UsageError{Text: reply.Refused}
		}
		asked.Changes = &reply.Changes
	}
	s.report.Scope = describe(asked, s.o.Since)
	return asked, nil
}

// describe says in a few words what a scope asks for, "" for everything.
func describe(asked scope.Scope, since string) string {
	var parts []string
	switch {
	case asked.Mutant != "":
		parts = append(parts, "mutant "+asked.Mutant)
	case since != "":
		parts = append(parts, fmt.Sprintf("lines changed since %s (%s)", since, asked.Changes))
	case asked.Changes != nil:
		parts = append(parts, fmt.Sprintf("lines changed (%s)", asked.Changes))
	}
	if len(asked.Targets) > 0 {
		names := make([]string, len(asked.Targets))
		for i, t := range asked.Targets {
			names[i] = t.Text
		}
		parts = append(parts, "targets "+strings.Join(names, ", "))
	}
	return strings.Join(parts, "; ")
}

// anyUndecided tells whether tests must judge any mutant.
func (s *session) anyUndecided() bool {
	return slices.ContainsFunc(s.subjects, func(m *subject) bool { return m.Status == "" })
}
