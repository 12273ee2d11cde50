package runner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/sandbox"
)

// copyModule makes the pristine copy that workers copy from, and remembers how
// the user's tree looks before anything runs.
func (s *session) copyModule() error {
	var err error
	if s.before, err = sandbox.Fingerprint(s.origin); err != nil {
		return err
	}
	pristine := s.path("pristine", filepath.Base(s.origin))
	if err := os.MkdirAll(filepath.Dir(pristine), 0o755); err != nil {
		return fmt.Errorf("copy module: %w", err)
	}
	if _, err := sandbox.CopyTree(s.origin, pristine); err != nil {
		return fmt.Errorf("copy module: %w", err)
	}
	s.place = job.Place{Pristine: pristine, Origin: s.origin, Env: childEnv(s.module.Env), Args: s.testFlags()}
	return nil
}

// compareTree fails when a file of the user's changed since copyModule.
func (s *session) compareTree() error {
	changed, err := s.before.Changed()
	if err != nil {
		return err
	}
	if len(changed) == 0 {
		return nil
	}
	return fmt.Errorf("compare %s: changed while the tests ran: %s", s.origin, strings.Join(changed, ", "))
}

// origin is what children get a copy of: the module's root, or the folder of the
// go.work file in force when the module lies in it.
func originOf(module, work string) string {
	if work == "" {
		return module
	}
	if rel, err := filepath.Rel(filepath.Dir(work), module); err != nil || strings.HasPrefix(rel, "..") {
		return module
	}
	return filepath.Dir(work)
}
