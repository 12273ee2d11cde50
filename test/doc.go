// Package test runs the real binary, as a user would: scripts of whole
// invocations in testdata/script, the examples against the verdicts that were
// written beside them by hand, signals, and the table of who may import whom.
//
// It has no code of its own outside of its tests. They build the binary once, in
// TestMain, and open every source file, so that the go command does not answer
// from its cache when the binary would be another.
package test
