package job

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/shard"
)

// Share is what a session that is one shard knows of the whole.
type Share struct {
	IDs    []string // of all mutants in scope, in source order
	Places []int    // those of the shard's mutants among them
	Source string   // sum of the module's files
}

// deal leaves the mutants of one shard.
func (r *LoadReply) deal(part shard.Part) error {
	if part.Count == 0 {
		return nil
	}
	var items []shard.Item
	for _, p := range r.Packages {
		for _, m := range p.Mutants {
			items = append(items, shard.Item{Key: m.Key, Group: m.Package, Cost: cost(m)})
			r.Share.IDs = append(r.Share.IDs, m.ID)
		}
	}
	shards := shard.Deal(items, part.Count)
	at := 0
	for i := range r.Packages {
		p := &r.Packages[i]
		p.Mutants = slices.DeleteFunc(p.Mutants, func(m mutant.Mutant) bool {
			at++
			if shards[at-1] == part.Index {
				r.Share.Places = append(r.Share.Places, at-1)
				return false
			}
			p.Rest = append(p.Rest, m.ID)
			return true
		})
	}
	var err error
	r.Share.Source, err = sumOf(r.Dir)
	return err
}

// cost estimates what judging m costs.
func cost(m mutant.Mutant) int {
	switch {
	case m.Status != "":
		return shard.Settled
	case m.Number == 0:
		return shard.OwnBuild
	}
	return shard.Switched
}

// sumOf is the sum of the files in dir that make up a module: what the go command
// builds from, and test data. Hidden files and what a test or a report may have
// left elsewhere do not count.
func sumOf(dir string) (string, error) {
	sum := sha256.New()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != dir && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil || !d.Type().IsRegular() || !isSource(filepath.ToSlash(rel)) {
			return err
		}
		return addFile(sum, rel, path)
	})
	if err != nil {
		return "", fmt.Errorf("sum up the source: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// isSource tells whether a file counts for sumOf.
func isSource(rel string) bool {
	name := filepath.Base(rel)
	switch filepath.Ext(name) {
	case ".go", ".s", ".c", ".h", ".cc", ".cpp", ".hh", ".hpp", ".m", ".S", ".syso":
		return true
	}
	return slices.Contains([]string{"go.mod", "go.sum", "go.work", "go.work.sum"}, name) || slices.Contains(strings.Split(rel, "/"), "testdata")
}

// addFile adds one file with its name and size.
func addFile(sum io.Writer, rel, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(sum, "%q %d\n", filepath.ToSlash(rel), info.Size())
	_, err = io.Copy(sum, file)
	return err
}
