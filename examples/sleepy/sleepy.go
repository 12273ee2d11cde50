// Package sleepy waits for things.
package sleepy

import "time"

// Await asks up to tries times, with a pause after each, and tells whether the
// answer was yes.
func Await(ready func() bool, tries int, pause time.Duration) bool {
	for i := 0; i < tries; i++ {
		if ready() {
			return true
		}
		time.Sleep(pause)
	}
	return false
}
