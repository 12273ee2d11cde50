package agent

// mode is what a process of this binary is asked to do.
type mode int

const (
	inert  mode = iota // no order: the binary is an ordinary test binary
	clean              // run tests, every switch off
	mutant             // one mutant is active
	record             // count what every test reaches
)

// order is what one order file says.
type order struct {
	mode     mode
	path     string // import path of the active mutant's package
	number   int32
	all      bool
	stop     bool
	whole    bool
	counters string
	before   limit // of what runs before the first test
	last     limit // as set by the last ticks, stretch and floor
	times    int   // as set by the last times
	tests    []task
}

// limit bounds one test: it hangs when it has done more than ticks iterations
// and floor nanoseconds have passed since it began, or more than stretch of them
// since the function was called last, and floor nanoseconds since then. Zero
// ticks, zero stretch: no such limit.
type limit struct {
	ticks, stretch uint64
	floor          int64
}

// task is one test to run under a limit, which holds each time.
type task struct {
	name string
	limit
	times int // 0: once
}

// parseOrder reads an order file's text. The second result is the line that it
// cannot understand, empty when all is well.
func parseOrder(text string) (order, string) {
	var o order
	for line, rest := "", text; rest != ""; {
		line, rest, _ = cut(rest, '\n')
		key, value, _ := cut(line, ' ')
		if line != "" && !o.set(key, value) {
			return o, line
		}
	}
	if o.mode == inert || o.mode == mutant && o.path == "" {
		return o, "mode"
	}
	return o, ""
}

// set applies one line, false if it makes no sense.
func (o *order) set(key, value string) (ok bool) {
	switch key {
	case "mode":
		return o.setMode(value)
	case "mutant":
		return o.setMutant(value)
	case "ticks":
		o.last.ticks, ok = number(value)
		return ok
	case "stretch":
		o.last.stretch, ok = number(value)
		return ok
	case "floor":
		n, ok := number(value)
		o.last.floor = int64(n) * 1000
		o.before.floor = o.last.floor
		return ok && n < 1<<50
	case "initticks":
		o.before.ticks, ok = number(value)
		return ok
	case "switches":
		o.all = true
		return value == "all"
	case "stop":
		o.stop = true
		return value == "first"
	case "whole":
		o.whole = true
		return value == ""
	case "counters":
		o.counters = value
		return value != ""
	case "test":
		o.tests = append(o.tests, task{value, o.last, o.times})
		return value != ""
	case "times":
		n, ok := number(value)
		o.times = int(n)
		return ok && 0 < n && n < 1<<31
	}
	return false
}

func (o *order) setMode(value string) bool {
	switch value {
	case "clean":
		o.mode = clean
	case "mutant":
		o.mode = mutant
	case "record":
		o.mode = record
	default:
		return false
	}
	return true
}

func (o *order) setMutant(value string) bool {
	i := len(value) - 1
	for i >= 0 && value[i] != ' ' {
		i--
	}
	if i <= 0 {
		return false
	}
	n, ok := number(value[i+1:])
	o.path, o.number = value[:i], int32(n)
	return ok && n > 0 && n < 1<<31
}

// cut splits s around the first sep, without package strings.
func cut(s string, sep byte) (before, after string, found bool) {
	for i := 0; i < len(s); i++ {
		if s[i] == sep {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// number reads a decimal number below 2^63.
func number(s string) (n uint64, ok bool) {
	for i := 0; i < len(s); i++ {
		d := uint64(s[i] - '0')
		if d > 9 || n > (1<<63-1-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, s != ""
}
