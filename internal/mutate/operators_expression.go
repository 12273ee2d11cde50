package mutate

// expressionOperators change what an expression says.
func expressionOperators() []Operator {
	return []Operator{
		callSwap,
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
		callUnwrap,
		callZero,
		argumentSwap,
		literalComposite,
		conversion,
		constReplace,
	}
}
