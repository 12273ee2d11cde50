// Package config reads the settings that a module carries with it: the file
// .evilution.yml in its root.
//
// The keys are the names of the command's flags, and a flag that is given wins.
// One struct says all that is known of a key: its name, its type, what it means
// and an example. The file that `init` writes and the JSON schema for editors are
// made from it, so that they cannot disagree with what is read.
//
// The package owns no goroutine and no state.
package config
