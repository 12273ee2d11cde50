// Package prove shows that a changed condition makes no difference, by carrying out
// both programs with values that nobody knows.
//
// The question is whether a function is the same with one boolean expression, the
// site, replaced by another. It is asked of a state in which control has come to the
// statement around the site, of which nothing is known but what the way there tells,
// and in which the two expressions disagree for the first time. From there both
// programs are carried out, each along all its ways, up to the end of that statement,
// then to the end of the list that it stands in, and so on to the end of the function.
// Where at one of these places every way of the one and every way of the other that the
// same state can take agree in where control is, in what the variables hold, in what is
// returned and in all that was done to the rest of the world, the mutant is equivalent:
// a later disagreement begins with a state of the same kind again, and so does a call
// of the function by itself.
//
// What a value is:
//
//   - a term: a constant, something unknown, or an operation on terms. Terms are made
//     once, so that what is written the same is the same pointer (term.go).
//   - memory is a term too. To read behind a pointer is an operation on the pointer and
//     the memory; a store and a call of a function that may do anything make another
//     memory of the one before. So the memory at the end is the list of all that was
//     done, and two ways that end with the same memory have done the same.
//   - what is compared is decided by what is known, or the way forks (order.go,
//     solve.go). A comparison of floats or of interfaces is never taken apart: equal
//     there does not mean the same.
//   - a panic is a way to end. Whatever may panic forks: into an end by that panic, and
//     into a way on which it is known not to happen.
//   - a call of a small function of the package is carried out; one with a loop only
//     where its arguments are constants. What is left is a term of its arguments and
//     the memory, and where it may do anything, another memory.
//
// On the way to the site the same is done, but what is not understood there only makes
// everything unknown that it may have changed (way.go, forget.go).
//
// All is refused that is not understood: goto and labels, functions that defer, variables
// that a function literal or a pointer shares, loops that do not end by what is known,
// and more than a bounded number of steps. What another goroutine does in between is
// left out, as the compiler may do. A refusal is a panic of type refusal, which never
// leaves the package.
//
// Nothing here is safe for use by several goroutines at once.
package prove
