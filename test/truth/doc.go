// Package truth holds verdicts against what a person thinks: testdata/truth.txt
// lists mutants of the small module in testdata/module with the status, the
// killing test and the cause that each deserves, worked out by reading the code.
// Its test runs the real command and agrees with every line or fails.
//
// Whoever changes an operator's text changes the list; whoever gets another
// verdict explains it there first.
package truth
