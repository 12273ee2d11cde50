// Package scope decides which mutants a session is asked for: those on lines
// that a change touched, those of named functions, files and operators, those
// that no pattern excludes.
//
// A Scope is a plain value without processes or files behind it. It travels to
// the worker that loads the packages, so that only what is in scope is loaded,
// built and judged. The two functions that touch the outside (Parse reads a
// patch, Patch.Locate the files that it changed) are for those who make a Scope.
//
// # Lines
//
// A change is a set of lines of the files as they are now: the added lines of a
// patch, a changed line being one that was deleted and added. A mutant is in
// scope if the line that it is reported at is among them. Where a patch only
// deletes there is no line left that anybody wrote, and so no mutant; a renamed
// file counts with the lines that were changed on the way. A file that git does
// not know yet counts with all its lines.
//
// The package owns no goroutine. A Scope may be used from many at once as long
// as nobody changes it.
package scope
