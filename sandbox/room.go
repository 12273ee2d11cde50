package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
)

// Walls say what the children of one worker do not share with the rest of the machine.
// The zero value is nothing.
type Walls struct {
	// Overlay is a directory, absolute and without symbolic links, that children see
	// and may change at its own path, while what they write goes elsewhere.
	Overlay string
	// Net gives them a network of their own, which has nothing but a loopback.
	Net bool
}

// Allowed tries whether this process can put up such walls around children; where
// Overlay is not "", any directory stands for it. The error says what is missing.
func Allowed(w Walls) (err error) {
	temp, err := os.MkdirTemp("", "evilution-allowed")
	if err != nil {
		return err
	}
	defer removeAll(temp)
	if w.Overlay != "" {
		w.Overlay = filepath.Join(temp, "lower")
		if err := os.Mkdir(w.Overlay, 0o700); err != nil {
			return err
		}
	}
	room, err := newRoom(w, temp)
	if err != nil {
		return err
	}
	return room.Close()
}

// Room opens a room in r with such walls. The caller must Close it, or die.
func (r *Root) Room(w Walls) (*Room, error) {
	scratch, err := makeDir(r.Dir, "room", 4)
	if err != nil {
		return nil, fmt.Errorf("make a sandbox: %w", err)
	}
	return newRoom(w, scratch)
}
