package mutate

// expressionOperators change what an expression says.
func expressionOperators() []Operator {
	return []Operator{
		builtinSwap,
		sliceBounds,
		indexOffset,
		conditionTrue,
		conditionFalse,
		nilCheck,
		comparisonBoundary,
		comparisonNegation,
		logicalSwap,
		logicalOperand,
		negationRemoval,
		negationInsertion,
		arithmetic,
		bitwise,
		increment,
		literalBool,
		literalInt,
		literalFloat,
		regexpOperator,
		literalString,
		unary,
	}
}
