package mutate

// statementOperators change or remove statements, blocks and what functions
// return.
func statementOperators() []Operator {
	return []Operator{
		loopControl,
		loopZero,
		loopOnce,
		loopSkipFirst,
		loopSkipLast,
		switchCase,
		returnValue,
		functionBody,
		assignmentZero,
		statementRemoval,
		blockRemoval,
		branchSwap,
	}
}
