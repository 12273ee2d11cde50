package agent

import "runtime"

// Before a hang is told, the next iterations are looked at one by one: so many of
// them, or for so long. The loop that hangs is the outermost that still goes round
// meanwhile; one inside of it may well end each time.
const (
	mostLooks = 10_000
	lookTime  = 20e6         // nanoseconds
	lookGap   = lookTime / 4 // more between two looks is most likely for want of a processor
)

// What was seen since the limits were passed. As in Tick there are no locks: two
// goroutines may lose or mix what they see, which costs a name at worst.
var (
	closer watch
	found  int // places in use
	places [64]place
)

// watch is how long the iterations have been looked at; the zero value has not begun.
type watch struct {
	looks      int
	last, time int64 // by nanotime; nanoseconds
}

// next notes one more look and tells whether it was the last one.
//
//go:norace
func (w *watch) next(now int64) (last bool) {
	if w.looks > 0 {
		w.time += min(now-w.last, lookGap)
	}
	w.looks++
	w.last = now
	return w.looks >= mostLooks || w.time >= lookTime
}

// place is where an iteration was counted: the return addresses from the generated
// function on, up to the caller of the function that holds it.
type place [5]uintptr

// look remembers the place of the iteration that is being counted.
//
//go:norace
//go:noinline
func look() {
	var p place
	runtime.Callers(4, p[:]) // without Callers, look, checkHang and tock or called
	n := found
	for i := 0; i < n; i++ {
		if places[i] == p {
			return
		}
	}
	if n < len(places) {
		places[n], found = p, n+1
	}
}

// loop is a place in the user's code.
type loop struct {
	file string
	line int
	call bool // not a loop, but what calls the function again and again
}

// outermost is what calls the function again and again or else, since all places
// lie in one function, the first of its loops in the order of the source.
//
//go:norace
func outermost() (first loop) {
	for _, p := range places[:found] {
		l := p.loop()
		switch {
		case l.line == 0 || first.call && !l.call:
		case first.line == 0 || l.call && !first.call || l.line < first.line:
			first = l
		}
	}
	return first
}

// loop resolves a place; the zero value is none. A call is counted at the beginning
// of the function, or of the copy that it calls; who called it is the place.
func (p place) loop() (l loop) {
	frames := runtime.CallersFrames(p[:])
	inside := false
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		switch {
		case hasSuffix(f.Function, ".evilution_call"):
			l.call = true
		case hasSuffix(f.Function, ".evilution_tick"), hasSuffix(f.Function, ".(*Package).Tick"), hasSuffix(f.Function, ".(*Package).Call"):
		case l.call && !inside && isCopy(f.Function):
		case l.call && !inside:
			inside = true
		default:
			l.file, l.line = f.File, f.Line
			return l
		}
	}
	return loop{}
}

func hasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// isCopy tells whether a function is the copy that another one calls for its
// mutants.
func isCopy(name string) bool {
	const begin = ".evilution_c"
	for i := 0; i+len(begin) <= len(name); i++ {
		if name[i:i+len(begin)] == begin {
			return true
		}
	}
	return false
}
