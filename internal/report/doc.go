// Package report says what a session found: to people as text, to programs as
// JSON, to the shell as an exit code.
//
// It owns the meaning of the numbers (summary, score, gate, exit code) and the
// way they are written. It runs nothing, starts no goroutine and reads no file
// except the user's sources, for the diffs that people read. Every function here may be called from any
// goroutine as long as nobody changes the report meanwhile.
//
// # Numbers
//
// The score is detected / (detected + undetected) in percent. Where both are
// zero there is no score: it is null in JSON and "none" in text, never 100. The
// covered score leaves mutants out that no test reaches. Numbers are cut to one
// decimal, not rounded, when people read them: 99.96 is not 100.
//
// # The JSON document
//
// One object, schema_version 1. Paths are relative to the module's root and
// slash-separated, times are milliseconds, mutants stand in source order. The
// edits of a mutant, applied at their byte offsets, together with its imports,
// give a file that compiles and is the mutant, unless its status is "invalid".
// Every status has its entry in summary.by_status, also when it is zero, and
// their sum is summary.total: nothing is lost silently.
package report
