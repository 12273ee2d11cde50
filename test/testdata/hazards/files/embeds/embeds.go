// Package embeds has a file in it.
package embeds

import _ "embed"

//go:embed text.txt
var text string

func Size(extra int) int { return len(text) + extra }
