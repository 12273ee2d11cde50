package mutate

// goOperators change what only Go has: errors, defer, channels, goroutines.
func goOperators() []Operator {
	return []Operator{
		errorSwallow,
		errorBranch,
		deferRemoval,
	}
}
