// Package there writes a list to a file.
package there

import (
	"os"
	"strings"
)

// Save writes items to a file, one a line.
func Save(name string, items []string) error {
	return os.WriteFile(name, []byte(strings.Join(items, "\n")), 0o644)
}
