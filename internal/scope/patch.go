package scope

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// Patch is a parsed patch. Its files are named as in the patch, without a/ and b/.
type Patch struct {
	files []*gitdiff.File
}

// errCombined is about what `git diff` prints of a merge.
var errCombined = errors.New("it is the combined diff of a merge: compare with one commit")

// Parse reads a patch: what `git diff` or `diff -u` prints. Empty text is a patch
// that changes nothing; text that holds no patch is an error.
func Parse(r io.Reader) (*Patch, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read patch: %w", err)
	}
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("diff --cc ")) || bytes.HasPrefix(line, []byte("diff --combined ")) {
			return nil, fmt.Errorf("parse patch: %w", errCombined)
		}
	}
	files, _, err := gitdiff.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("parse patch: %s", strings.TrimPrefix(err.Error(), "gitdiff: "))
	}
	if len(files) == 0 && len(bytes.TrimSpace(text)) > 0 {
		return nil, errors.New("parse patch: the text holds none")
	}
	return &Patch{files: files}, nil
}

// Changes are the lines that p leaves changed, in files named as in the patch.
func (p *Patch) Changes() Changes {
	var c Changes
	for _, f := range p.files {
		if f.NewName == "" || f.IsDelete {
			continue
		}
		c.Add(f.NewName)
		for _, fragment := range f.TextFragments {
			c.Add(f.NewName, added(fragment)...)
		}
	}
	return c
}

// added are the lines that a fragment added, as the file counts them afterwards.
func added(fragment *gitdiff.TextFragment) []Lines {
	var list []Lines
	at := int(fragment.NewPosition)
	for _, line := range fragment.Lines {
		switch {
		case line.Op == gitdiff.OpDelete:
			continue
		case line.Op == gitdiff.OpAdd && len(list) > 0 && list[len(list)-1].Last == at-1:
			list[len(list)-1].Last = at
		case line.Op == gitdiff.OpAdd:
			list = append(list, Lines{at, at})
		}
		at++
	}
	return list
}
