package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteOverlay writes files, given by the absolute path that each replaces or
// adds, into dir, and returns the path of the overlay.json that names them. A
// file is named by the hash of its content, so that equal content is written
// once and what is there already is left alone. Equal files give an equal
// overlay.json.
func WriteOverlay(dir string, files map[string][]byte) (jsonPath string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("write overlay: %w", err)
	}
	replace := make(map[string]string, len(files))
	for path, content := range files {
		sum := sha256.Sum256(content)
		name := filepath.Join(dir, hex.EncodeToString(sum[:16])+filepath.Ext(path))
		if err := writeOnce(name, content); err != nil {
			return "", fmt.Errorf("write overlay of %s: %w", path, err)
		}
		replace[path] = name
	}
	text, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return "", fmt.Errorf("write overlay: %w", err)
	}
	jsonPath = filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(jsonPath, text, 0o644); err != nil {
		return "", fmt.Errorf("write overlay: %w", err)
	}
	return jsonPath, nil
}

// writeOnce writes content to name unless it is there.
func writeOnce(name string, content []byte) error {
	old, err := os.ReadFile(name)
	if err == nil && bytes.Equal(old, content) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(name, content, 0o644)
}
