// Package schemata puts all mutants of a package into one build: its text comes
// out with every mutant behind a switch that a process sets once.
//
// The syntax tree is read and the text is edited, so that comments, directives
// and line numbers survive. The result is a set of overlay files; nothing is
// written. The package owns no goroutine and no state; Instrument may be called
// for different packages at the same time. For equal input the output is equal,
// byte for byte, wherever the module lies: unchanged packages stay in the build
// cache.
//
// # Two bodies
//
// A function with mutants or loops gets a second body before its own:
//
//	func f(…) T {
//		if evilution_on[3] {evilution_call(3); …copy with switches… ;panic(…)};…body as it was…
//	}
//
// The copy is nested in the same function because recover, runtime.Caller,
// methods, results and type parameters then mean what they meant; only labels
// must get other names, and a := that assigns to a parameter must be spelled out.
// A process takes the copy of the one function that holds its mutant, so that all
// others run at nearly full speed. What the alternatives cost, as time relative
// to plain code, all switches off (two cores, Go 1.26, median of 9 to 11
// alternating runs; noise about 5 %):
//
//	                       switches in   copy in the     copy beside
//	                       one body      same function   the function
//	gjson.Get              3.0           1.05            1.06
//	gjson.Valid            5.7           1.25            1.23
//	semver, Check          1.04 … 1.18   1.04 … 1.13     1.05 … 1.08
//	semver, NewVersion     1.01 … 1.19   1.07 … 1.14     1.07 … 1.20
//	gjson, compile time    1.9           2.4             2.6
//	gjson, test binary     +5 %          +7 %            +8 %
//
// With the operators of the default profile, instructions that a call executes
// (cachegrind) relative to plain code: gjson.Valid 1.20, Get 1.06; semver's checks
// 1.00 to 1.31, the highest where a check takes 50 ns. The best of 12 alternating
// wall times on a busy machine: 1.20, 1.11 and 1.05 to 1.38.
//
// A copy in the same function is beyond the inliner's budget, and getters that
// were free become calls: semver's checks then take 2.3 times as long. So the copy
// of a small function that calls nothing stands beside it (beside.go), where its
// call leaves the function within the budget. Allocations are equal in all three.
// What remains: functions of medium size (above a cost of about 15 and up to 80)
// are no longer inlined, and a large copy makes a larger stack frame.
//
// # Forms
//
// The first of these in which a mutant can be told is used; see the form type:
// a helper that gets all values and returns one; a short circuit; an if around a
// statement or a block; a function literal; an if around a larger statement; a
// version of the whole body. A mutant's text is plain: only one is ever active.
//
// A helper computes both values, and can therefore also say whether the mutant
// makes a difference. It is used where both have the same type, where neither
// calls, receives or allocates, and where both panic in the same cases: if they
// do at all, and another mutant inside can change that, the value is computed only
// where it is wanted (bools), or the next form is taken. Where the
// statement makes calls beside the expression, whatever those could change is not
// wrapped, because that would change the order of evaluation (order.go).
// Constants are switched as the largest constant expression around them.
//
// All this is planned optimistically. Then the whole package is type-checked once
// with all switches; an objection lies in some mutant's text or site, that mutant
// moves on to its next form, and the package is checked again, a few times at
// most. A mutant that runs out of forms is checked with its plain edits: if those
// do not compile it is invalid, with the checker's words, else it needs a build of
// its own.
//
// # What the generated code calls
//
// One generated file declares evilution_on and the functions that switches call;
// they pass on to package agent, which defines what they mean:
//
//	evilution_is(n)            is mutant n active? It counts as reached, infection unknown
//	evilution_at(n)            is it active? Nothing is counted
//	evilution_wants(n)         must the value of mutant n be known? Nothing is counted
//	evilution_off(n, k)        is none of mutants n to n+k-1 active?
//	evilution_same(n, o, m)    o; tells whether it is what mutant n would have given
//	evilution_v1…v4(n, o, m…)  o, or the value of the active one of mutants n, n+1, …
//	evilution_s1…s4            the same for strings
//	evilution_tick(f)          one iteration of a loop in function f
//	evilution_call(f)          one call of it; counts the same and is told apart
//
// Mutants are numbered per package, from 1, those of one site together; functions
// too. Function 0 is package initialisation, where expressions are switched in
// place. The file's name sorts before the package's others (see supportName).
//
// # Lines
//
// Whatever added lines is followed by a comment that sets the line back
// (/*line :12:5*/; without a file name it keeps the one in force), so that
// panics and runtime.Caller show the user's own lines in every version. Files
// that compile as a Go without generic functions are raised to 1.21 by a build
// constraint, and begin with a line directive.
package schemata
