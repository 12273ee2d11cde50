package scope

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// Locate finds the directory from which p names its files: root, the module's, or
// the nearest one above it that has every Go file which the patch left. It holds
// what the patch says of these files against what they read, since the lines of
// another version would mean nothing, and returns the changes below root.
func (p *Patch) Locate(root string) (Changes, error) {
	changes := p.Changes()
	best := p.missing(root)
	for dir, rel := root, "."; ; {
		missing := p.missing(dir)
		if len(missing) == 0 {
			return changes.Below(filepath.ToSlash(rel)), p.check(dir)
		}
		if len(missing) < len(best) {
			best = missing
		}
		up := filepath.Dir(dir)
		if up == dir {
			return Changes{}, fmt.Errorf("apply patch: %s is neither in %s nor in a directory above it", best[0], root)
		}
		rel = filepath.Join(filepath.Base(dir), rel)
		dir = up
	}
}

// goFiles are the Go files that the patch left.
func (p *Patch) goFiles() []*gitdiff.File {
	var list []*gitdiff.File
	for _, f := range p.files {
		if !f.IsDelete && strings.HasSuffix(f.NewName, ".go") {
			list = append(list, f)
		}
	}
	return list
}

// missing are the patch's files that dir does not have.
func (p *Patch) missing(dir string) []string {
	var names []string
	for _, f := range p.goFiles() {
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.NewName))); err != nil || info.IsDir() {
			names = append(names, f.NewName)
		}
	}
	return names
}

// check compares the lines that the patch leaves with those of the files in dir.
func (p *Patch) check(dir string) error {
	for _, f := range p.goFiles() {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.NewName)))
		if err != nil {
			return fmt.Errorf("apply patch: %w", err)
		}
		lines := strings.Split(string(text), "\n")
		for _, fragment := range f.TextFragments {
			if at := differs(lines, fragment); at > 0 {
				return fmt.Errorf("apply patch: %s:%d does not read as the patch left it", f.NewName, at)
			}
		}
	}
	return nil
}

// differs is the first line that is not as a fragment left it, 0 if there is
// none. How a line ends does not count.
func differs(lines []string, fragment *gitdiff.TextFragment) int {
	at := int(fragment.NewPosition)
	for _, line := range fragment.Lines {
		if line.Op == gitdiff.OpDelete {
			continue
		}
		if at > len(lines) || strings.TrimRight(lines[at-1], "\r") != strings.TrimRight(line.Line, "\r\n") {
			return at
		}
		at++
	}
	return 0
}
