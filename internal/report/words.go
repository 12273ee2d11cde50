package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Percent is a score for people: one decimal, cut and not rounded, so that 99.96
// does not read as 100; "none" for nil.
func Percent(score *float64) string {
	if score == nil {
		return "none"
	}
	return strconv.FormatFloat(math.Floor(*score*10+1e-9)/10, 'f', 1, 64)
}

// number is f without superfluous zeros.
func number(f float64) string {
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// Count is "1 mutant" or "3 mutants".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// some joins the first names and says how many more there are.
func some(names []string, limit int) string {
	if len(names) <= limit {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:limit], ", "), len(names)-limit)
}

// duration is milliseconds for people: "840ms", "3.2s", "2m41s".
func duration(ms float64) string {
	d := time.Duration(ms * float64(time.Millisecond))
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
