package workqueue

// AsExample is the environment of a process that TestMain makes the example's
// worker.
func AsExample() []string { return as("example") }

var serveExample func() int

// ServeExampleBy says how: the example is in the package of external tests.
func ServeExampleBy(serve func() int) bool {
	serveExample = serve
	return true
}
