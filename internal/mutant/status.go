package mutant

// Status is the verdict on a mutant. The set is closed; the zero value claims
// nothing and is never reported.
type Status string

const (
	Killed     Status = "killed"      // a named test failed, or the process crashed in a way that can be classified
	Timeout    Status = "timeout"     // too many iterations, or the wall clock, confirmed alone
	Survived   Status = "survived"    // every test that could notice passed
	NotCovered Status = "not_covered" // no test reaches it
	Equivalent Status = "equivalent"  // proved to be the same program
	Ignored    Status = "ignored"     // by comment, configuration, generated file or noise rule
	Invalid    Status = "invalid"     // does not compile
	Flaky      Status = "flaky"       // a judging test failed without any mutant too
	Error      Status = "error"       // could not be attributed after one retry
	Pending    Status = "pending"     // not run
)

// Statuses lists every status in the order in which reports show them.
func Statuses() []Status {
	return []Status{Killed, Timeout, Survived, NotCovered, Equivalent, Ignored, Invalid, Flaky, Error, Pending}
}

// Detected tells whether s counts for the score as noticed by the tests.
func (s Status) Detected() bool { return s == Killed || s == Timeout }

// Undetected tells whether s counts for the score as not noticed by the tests.
func (s Status) Undetected() bool { return s == Survived || s == NotCovered }
