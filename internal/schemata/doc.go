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
// alternating runs; noise about 5 %; with fewer operators than there are now):
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
// Allocations are equal in all three.
//
// # Quiet functions
//
// A copy in the same function makes a large stack frame, and no function that asks
// for its switch stays inlined if it costs more than about 15 of the inliner's 80:
// gjson.Valid takes 1.42 times as long. Functions in which nobody can ask who called
// are spared that (beside.go, twin.go): those that call nothing but each other,
// builtins and a few packages of the standard library. Their copies stand beside
// them, and they ask once, where they are entered from other functions:
//
//	func f(…) T {if evilution_near[3] {return evilution_c3(…)};return evilution_p3_f(…)}
//	func evilution_p3_f(…) T {…body as it was, with calls of evilution_p4_g for g…}
//	func evilution_c3(…) T {if evilution_on[3] {…copy with switches…};…body as it was…}
//
// evilution_near[3] tells whether anything is on that f reaches by such calls. If
// not, f goes on in its twin. Twins ask for nothing, and the compiler makes of them
// what it makes of plain code, with all that it inlines. A twin is written for
// functions that a twin calls; others have the body in place of the call. What
// calls nothing of its kind asks for evilution_on[3], and its evilution_c3 is only
// the copy. As long as a mutant is on, what leads to it goes the long way, which
// costs its process at most 5 % (gjson.Valid, Go's own benchmark).
//
// With copies beside small functions only, and now, with the operators of the
// default profile: instructions that a call executes (cachegrind), and the best of
// 320 alternating runs of 1 ms on a busy machine (1.42 is also the median of ten on
// a quiet one); both relative to plain code:
//
//	                       instructions           time
//	                       before        now      before        now
//	gjson.Valid            1.25          1.00     1.42          1.02 … 1.22
//	gjson.Get              1.06          1.05     1.11          1.05 … 1.13
//	semver, Check, Unary   1.24          1.22     1.07          1.06 … 1.22
//	semver, Check, Caret   1.21          1.10     1.13          1.05 … 1.10
//	semver, Check, others  1.01 … 1.22   1.03 … 1.15  1.12 … 1.16  1.09 … 1.15
//	gjson, compiler                               8.1           7.9
//	gjson, test binary                            1.25          1.27
//
// The ranges are those of different places in memory: the same machine code of
// Valid takes 1.02 or 1.22, as the loop over a string begins at a cache line or in
// the middle of one. What remains: functions of medium size that others call are
// not inlined there, and loud functions (semver's constraints make errors with fmt)
// have the copy in the same function.
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
