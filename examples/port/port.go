// Package port is a service that greets.
package port

// Address is where the service listens, wherever it runs.
const Address = "127.0.0.1:47811"

// Greeting is the answer to a name.
func Greeting(name string) string {
	if name == "" {
		return "hello"
	}
	return "hello " + name
}
