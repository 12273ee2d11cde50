package runner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evilution-go/evilution-go/runner/job"
	"github.com/evilution-go/evilution-go/sandbox"
)

// copyModule makes the pristine copy that workers copy from, unless they do without,
// and remembers how the user's tree looks before anything runs.
func (s *session) copyModule() error {
	var err error
	if s.before, err = sandbox.Fingerprint(s.origin); err != nil {
		return err
	}
	s.place = job.Place{Origin: s.origin, Env: childEnv(s.module.Env), Args: s.testFlags()}
	around := walls(s.o.Sandbox, s.origin)
	s.place.Net, s.place.Overlay = around.Net, around.Overlay != ""
	if s.place.Overlay {
		return s.shareModule()
	}
	pristine := s.path("pristine", filepath.Base(s.origin))
	if err := os.MkdirAll(filepath.Dir(pristine), 0o755); err != nil {
		return fmt.Errorf("copy module: %w", err)
	}
	if _, err := sandbox.CopyTree(s.origin, pristine); err != nil {
		return fmt.Errorf("copy module: %w", err)
	}
	s.place.Pristine = pristine
	return nil
}

// shareModule does without a copy: children see the module itself, through an overlay.
func (s *session) shareModule() error {
	if within(s.root.Dir, s.origin) {
		return &UsageError{Text: fmt.Sprintf("--sandbox overlay: the directory for temporary files, %s, lies in %s: set TMPDIR", filepath.Dir(s.root.Dir), s.origin)}
	}
	s.place.Pristine = s.origin
	return nil
}

// compareTree fails when a file of the user's that copyModule saw has changed or
// gone since. New files are only noted: they may be anybody's.
func (s *session) compareTree() error {
	changed, err := s.before.Changed()
	if err != nil {
		return err
	}
	var touched, added []string
	for _, name := range changed {
		switch {
		case s.ours(filepath.Join(s.origin, name)):
		case s.before.Held(name):
			touched = append(touched, name)
		default:
			added = append(added, name)
		}
	}
	if len(added) > 0 {
		s.note("new in %s since the tests began: %s", s.origin, strings.Join(added, ", "))
	}
	if len(touched) > 0 {
		return fmt.Errorf("compare %s: changed while the tests ran: %s", s.origin, strings.Join(touched, ", "))
	}
	return nil
}

// ours tells whether a file is one that this process itself writes: where its
// output is redirected to, and what it keeps for later sessions.
func (s *session) ours(path string) bool {
	for _, kept := range []string{s.o.Store, s.o.History} {
		if kept != "" && (within(path, kept) || within(kept, path)) {
			return true
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		if out, err := f.Stat(); err == nil && os.SameFile(info, out) {
			return true
		}
	}
	return false
}

// within tells whether path is dir or lies in it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// originOf is what children get a copy of: the module's root, or the folder of the
// go.work file in force when the module lies in it.
func originOf(module, work string) string {
	if work == "" {
		return module
	}
	if !within(module, filepath.Dir(work)) {
		return module
	}
	return filepath.Dir(work)
}
