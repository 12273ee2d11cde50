package scope

import (
	"fmt"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// CheckExclude tells what is wrong with a pattern of Scope.Exclude.
func CheckExclude(pattern string) error {
	if pattern == "" || !doublestar.ValidatePattern(pattern) {
		return fmt.Errorf("%q is no pattern of files", pattern)
	}
	return nil
}

// excludes tells whether a pattern means a file: its path, or that of a folder
// around it. A pattern without a slash means names anywhere.
func excludes(pattern, file string) bool {
	pattern = strings.TrimSuffix(path.Clean(pattern), "/**")
	if !strings.Contains(pattern, "/") {
		pattern = "**/" + pattern
	}
	return doublestar.MatchUnvalidated(pattern, file) || doublestar.MatchUnvalidated(pattern+"/**", file)
}
