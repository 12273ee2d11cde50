package supervisor

// unmasked runs start. This platform's Go leaves no way to a thread's mask; it
// is as the process got it.
func unmasked(start func() (int, error)) (int, error) { return start() }

// seal marks every descriptor above 2 of this process close-on-exec.
func seal() error { return sealOneByOne() }
