package mutate

// statementOperators change or remove statements, blocks and what functions
// return.
func statementOperators() []Operator {
	return []Operator{
		loopControl,
		returnValue,
		statementRemoval,
		blockRemoval,
	}
}
