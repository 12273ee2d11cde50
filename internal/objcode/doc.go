// Package objcode tells mutants that the compiler makes the same code of as of
// the original: whatever a test does, it cannot notice them.
//
// One compilation of a package answers for all of its mutants. Copies adds to its
// files, behind all else, a copy of the function around each mutant, with the edits
// in it and a name of its own. The caller compiles that with -S, and Same compares
// in the listing each copy with the function that it is a copy of: instruction by
// instruction, with the closures in them. What only tells debuggers and the garbage
// collector is left out. The listing names strings and types by their content;
// where code refers to data that has only a number, two copies look different, which
// costs a proof and never gives a false one. Jump tables are data that look the
// same: a function with one is not compared.
//
// Mutants outside of functions, in generic functions, in init, and those that need
// an import are not looked at. The package starts nothing and keeps no state.
package objcode
