package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evilution-go/evilution-go/internal/mutant"
	"github.com/evilution-go/evilution-go/internal/report"
)

// overlayFile is what the go command's -overlay reads in the directory of a
// mutant.
const overlayFile = "overlay.json"

// writeOverlays writes the only mutant of r into dir.
func writeOverlays(dir string, r *report.Report) error {
	for _, m := range r.Mutants {
		if err := writeOverlay(dir, r.Dir, &m.Mutant); err != nil {
			return fmt.Errorf("write overlay of %s: %w", m.ID, err)
		}
	}
	return nil
}

// writeOverlay writes the files of the module in root as m has them into dir,
// and overlay.json, which puts them in the place of the originals.
func writeOverlay(dir, root string, m *mutant.Mutant) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	overlay := struct{ Replace map[string]string }{make(map[string]string)}
	for _, e := range m.Edits {
		original := filepath.Join(root, filepath.FromSlash(e.File))
		if overlay.Replace[original] != "" {
			continue
		}
		source, err := os.ReadFile(original)
		if err != nil {
			return err
		}
		text, err := mutant.Apply(e.File, source, m)
		if err != nil {
			return err
		}
		changed := filepath.Join(dir, filepath.FromSlash(e.File))
		if err := os.MkdirAll(filepath.Dir(changed), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(changed, text, 0o666); err != nil {
			return err
		}
		overlay.Replace[original] = changed
	}
	text, err := json.MarshalIndent(overlay, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, overlayFile), append(text, '\n'), 0o666)
}
