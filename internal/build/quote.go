package build

import (
	"fmt"
	"strings"
)

// quote joins words to the value of a go command's list flag. go splits at
// spaces, takes a word that begins with ' or " up to the next such quote, and
// knows no escapes (cmd/internal/quoted).
func quote(words []string) (string, error) {
	quoted := make([]string, len(words))
	for i, w := range words {
		q, err := quoteWord(w)
		if err != nil {
			return "", err
		}
		quoted[i] = q
	}
	return strings.Join(quoted, " "), nil
}

func quoteWord(w string) (string, error) {
	switch {
	case w != "" && !strings.ContainsAny(w, " \t\n\r'\""):
		return w, nil
	case !strings.Contains(w, "'"):
		return "'" + w + "'", nil
	case !strings.Contains(w, `"`):
		return `"` + w + `"`, nil
	}
	return "", fmt.Errorf("quote %q for the go command: it has both kinds of quotes", w)
}
