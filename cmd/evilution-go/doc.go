// Command evilution-go finds what a Go test suite does not notice: it changes the
// code in many small ways, runs the tests that could notice each change, and
// shows the changes that nobody noticed.
//
//	evilution-go run [packages or directories]
//	evilution-go show ID [directory]
//	evilution-go report [FILE.json]
//	evilution-go accept ID [directory] --reason TEXT
//	evilution-go merge FILES…
//	evilution-go mutants [packages or directories]
//	evilution-go subjects [packages or directories]
//	evilution-go tests [packages or directories]
//	evilution-go verify [packages or directories]
//	evilution-go operators
//	evilution-go init [directory]
//	evilution-go env [directory]
//	evilution-go version
//
// # Rules of its output
//
// Standard output holds the result and nothing else. Standard error holds
// progress (a bar on a terminal, else a line every ten seconds) and what went
// wrong. Bad input is one line and exit code 2, found before any work begins.
// Colours appear only on a terminal, and not with --no-color or NO_COLOR.
//
// # What this package owns
//
// Flags, arguments, files that the user named, the terminal, the record of the
// last run, and the process's end. It knows nothing of how a session works: that
// is package runner, which it reaches through the functions of one value
// (engine), so that its own tests need no processes.
//
// Everything runs in the main goroutine, except that progress comes from one
// goroutine of the runner's and signals from the supervisor's trap. The first
// INT, TERM, HUP or QUIT cancels the session; the command prints what is known
// with "complete": false and dies of that signal. The second one kills at once.
package main
