package sandbox

import (
	"os"
	"testing"
)

// unremovable makes dir such that even its owner cannot remove it, until undo.
func unremovable(t *testing.T, dir string) (undo func()) { return closeParent(t, dir) }

// subreaper does nothing: nobody adopts here.
func subreaper() error { return nil }

func onFirstProcessor() {}

// openShared has no room here, as its test does not either.
func openShared() { os.Exit(1) }
