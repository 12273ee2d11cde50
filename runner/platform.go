package runner

import "github.com/evilution-go/evilution-go/sandbox"

// Unenforced lists the bounds that this platform cannot put on a mutant.
func Unenforced() []string {
	var bounds []string
	for _, bound := range sandbox.Unenforced() {
		bounds = append(bounds, string(bound))
	}
	return bounds
}
