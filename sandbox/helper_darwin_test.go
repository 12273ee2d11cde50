package sandbox

import "testing"

// unremovable makes dir such that even its owner cannot remove it, until undo.
func unremovable(t *testing.T, dir string) (undo func()) { return closeParent(t, dir) }

// subreaper does nothing: nobody adopts here.
func subreaper() error { return nil }

func onFirstProcessor() {}
