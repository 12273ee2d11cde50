// Package subject is what the programs in this folder have in common: real
// modules in writable copies, and the tool built from this work tree and run on
// them.
//
// It starts processes and waits for them, has no goroutine and no state; its
// functions may be called from any goroutine.
package subject
