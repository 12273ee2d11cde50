package mutate

// expressionOperators change what an expression says.
func expressionOperators() []Operator {
	return []Operator{
		conditionTrue,
		conditionFalse,
		comparisonBoundary,
		comparisonNegation,
		logicalSwap,
		negationRemoval,
		arithmetic,
		bitwise,
		increment,
		literalBool,
		unary,
	}
}
