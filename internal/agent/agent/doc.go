// Package agent lives inside instrumented test binaries. It knows which mutant
// is active, counts what a test reaches, and tells the worker on a pipe what
// became of every test.
//
// It is overlaid into GOROOT as "evilution/agent", so that one copy serves a
// binary whatever the user's module looks like; the same files are also an
// ordinary package of this module, where they are tested. It imports nothing
// that package testing needs to import it, and as little as it can: the fewer
// packages come before it, the earlier its init runs. It starts no goroutine.
//
// # What a process does
//
// A process looks for its order once, in init: the file named by
// EVILUTION_ORDER, else the file "order" beside its own executable (so that a
// copy of the binary started with an environment of its own finds it too).
// Without an order the agent is inert. The first process is the one that has
// EVILUTION_PIPE; it moves that descriptor up, close-on-exec, and takes it and
// EVILUTION_TOKEN out of the environment before any package that imports the
// agent is initialised. Every other process (a helper that the tests start) has
// the same mutant active, or records into the same counters, but runs its tests
// as its flags say, has no limits and writes nothing. A copy of the binary that
// the tests put elsewhere and start with an environment of its own has no order
// and runs unmutated.
//
// Measured on a busy 2.5 GHz Xeon, in mode mutant beside a loop's own cost: Is
// 0.6 ns, Tick 1 ns, V1 and V2 2 ns; in a recording Is 8.5 ns, Tick 10 ns, V1
// 20 ns. Reading an order, the pipe and the
// frames of one test cost a process less than can be told from its start (2.3 ms
// with and without).
//
// # Order
//
// Text, one `key value` a line:
//
//	mode clean|mutant|record   clean: every switch off, nothing counted
//	mutant PATH NUMBER         mode mutant: the one that is active
//	ticks N                    limit of iterations for the tests named below it; 0: none
//	stretch N                  the same for those since the function was called last
//	floor MICROSECONDS         a hang also needs this much wall time since the test's
//	                           start, or since that call was seen
//	initticks N                like ticks, for what runs before the first test
//	switches all               mode mutant: run every function's instrumented copy,
//	                           so that loops outside the mutant's function count too
//	stop first                 stop after the first test that fails
//	whole                      all tests in one call of the testing package's Run
//	counters PATH              mode record: the file that all processes count in
//	times N                    run each of the tests named below N times, or until it
//	                           fails, within one start and one end; 1 if missing
//	test NAME                  in the order to run; none: all of the binary's
//
// ticks, stretch, floor and times hold for the test lines that follow them; what stands
// last of all but times holds for a run of all tests and for whole. An unknown key is an
// error.
//
// # Frames
//
// Four bytes of big-endian length, then a msgpack map with "kind", "token" and:
//
//	hello  {pid, tests: [name], packages: [{path, funcs, mutants}]}
//	                           tests is empty where the order names some
//	init   {reach}             mode record: all that ran before the first test
//	start  {test}
//	end    {test, code, us, reach (mode record)}
//	hang   {test, ticks, once, file, line, call}
//	                           then exit code 86; test "" is before the first test
//	done   {code, reach (mode record)}
//
// reach is an array, one entry for each package that has something to say:
// {path, mutants: [n, reached, infected, …], ticks: [func, count, …],
// longest: [func, most of them between two calls, …], sums: [func, sum of the values
// seen, …]}. once is 1 where the ticks are those since the function was called last.
// A hang tells the outermost loop that still went round, by the user's own file and
// line as the runtime knows them; call is 1 if that is no loop but what called the
// function again and again. hello, init and end go out together with the frame that
// follows them at once. hello and init are sent once. A TestMain that calls m.Run again
// runs the list
// again, with frames of its own and one more done; after `stop first` fired it
// runs nothing. In a whole run one start and one end carry the test name "".
//
// Exit code 87 means that the agent cannot do what the order says: it cannot be
// read, names a test or mutant that the binary does not have, or the pipe is
// gone. The cause is on stderr.
//
// # Generated code
//
// Each instrumented package registers itself once, in a variable, and asks for
// its switches in another that its functions test at entry:
//
//	var evilution_p = agent.Open("import/path", funcs, mutants, []int32{0, 1, 1, 2})
//	var evilution_on = evilution_switches()
//	func evilution_switches() (on [funcs + 1]bool) { evilution_p.Switches(on[:]); return }
//	var evilution_near = evilution_nearby()
//	func evilution_nearby() (near [funcs + 1]bool) { near = evilution_on; agent.Spread(near[:], []int32{2, 3}); return }
//	func evilution_is(n int32) bool { return evilution_p.Is(n) }
//	func evilution_tick(f int32) { evilution_p.Tick(f) } // one iteration
//	func evilution_call(f int32) { evilution_p.Tick(f) } // one call
//	func evilution_v1[T any](n int32, o, a T) T { return agent.V1(evilution_p, n, o, a) }
//
// evilution_near is for functions that would not ask all that they call; it is
// missing where there are none. The language initialises the two before any
// variable whose initialiser calls a function that mentions them. All functions
// here may be called from any goroutine at any time after Open.
package agent
