package mutate

// goOperators change what only Go has: errors, defer, channels, goroutines.
func goOperators() []Operator {
	return []Operator{
		errorSwallow,
		errorBranch,
		errorInject,
		errorWrap,
		deferRemoval,
		recoverRemoval,
		commaOk,
		typeSwitchCase,
		mapDelete,
		mapWrite,
		contexts,
		channel,
		goroutine,
		optionRemoval,
		receiverCopy,
		syncing,
	}
}
