package sandbox_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/evilution-go/evilution-go/sandbox"
)

// A session's directory, and in it a private place for one child.
func ExampleOpen() {
	root, err := sandbox.Open("")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer root.Close() // removes all of it
	s, err := root.Scratch("c")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Remove()
	cmd := exec.Command("sh", "-c", `test "$HOME" != "$TMPDIR" && touch "$TMPDIR/file" && echo "secret: <$EVILUTION_TOKEN>"`)
	cmd.Env = sandbox.Environ([]string{"PATH=" + os.Getenv("PATH"), "EVILUTION_TOKEN=x"}, s, nil)
	out, err := cmd.Output()
	fmt.Printf("%s%v\n", out, err)
	// Output:
	// secret: <>
	// <nil>
}

// What a child prints, without waiting for whoever else holds the pipe.
func ExampleCapture() {
	output, end, err := sandbox.Capture(40)
	if err != nil {
		fmt.Println(err)
		return
	}
	output.Listen()
	cmd := exec.Command("sh", "-c", `echo a first line; seq 1000; echo a last line`)
	cmd.Stdout = end
	err = cmd.Run()
	end.Close()
	output.Finish()
	fmt.Printf("%s%v\n", output.Bytes(), err)
	// Output:
	// a first line
	// 1
	// 2
	// 3
	// 4
	// ... 3878 bytes dropped ...
	// 99
	// 1000
	// a last line
	// <nil>
}

// A copy of the user's files that every child finds as it was.
func ExampleCopyTree() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	original, copied := filepath.Join(dir, "original"), filepath.Join(dir, "copy")
	_ = os.Mkdir(original, 0o755)
	_ = os.WriteFile(filepath.Join(original, "golden.txt"), []byte("right"), 0o644)
	tree, err := sandbox.CopyTree(original, copied)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tree.Close()
	// A child's doing:
	_ = os.WriteFile(filepath.Join(copied, "golden.txt"), []byte("wrong"), 0o644)
	_ = os.WriteFile(filepath.Join(copied, "new.txt"), nil, 0o644)

	changed, err := tree.Restore()
	content, _ := os.ReadFile(filepath.Join(copied, "golden.txt"))
	fmt.Println(changed, err, string(content))
	// Output: [golden.txt new.txt] <nil> right
}
