// Package dep replaces a module; it is not the one that is mutated.
package dep

func One() int { return 2 - 1 }
