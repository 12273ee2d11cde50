package port

import (
	"bufio"
	"fmt"
	"net"
	"testing"
	"time"
)

// TestGreeting shares nothing with anybody.
func TestGreeting(t *testing.T) {
	if got := Greeting(""); got != "hello" {
		t.Errorf("Greeting() = %q, want hello", got)
	}
}

// TestService needs the address for itself. The pause stands for all else that a
// service does.
func TestService(t *testing.T) {
	l, err := net.Listen("tcp", Address)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go serve(l)
	time.Sleep(50 * time.Millisecond)
	if got := ask(t, "world"); got != "hello world" {
		t.Errorf("the service says %q, want hello world", got)
	}
}

// serve answers one line.
func serve(l net.Listener) {
	conn, err := l.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	name, _ := bufio.NewReader(conn).ReadString('\n')
	fmt.Fprintln(conn, Greeting(name[:len(name)-1]))
}

func ask(t *testing.T, name string) string {
	t.Helper()
	conn, err := net.Dial("tcp", Address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintln(conn, name)
	answer := bufio.NewScanner(conn)
	answer.Scan()
	return answer.Text()
}
