package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// box is a kind of namespace that can be had here.
type box struct{ user bool }

// newBox tries which namespaces this user may make. Without root a user namespace,
// in which he has the right to mount, must come with them.
func newBox() (box, error) {
	var refusals []error
	for _, b := range []box{{}, {user: true}} {
		cmd := exec.Command("/bin/true")
		var said bytes.Buffer
		cmd.Stderr = &said
		err := b.contain(cmd)
		if err == nil {
			return b, nil
		}
		refusals = append(refusals, fmt.Errorf("%v: %w %s", b, err, bytes.TrimSpace(said.Bytes())))
	}
	return box{}, errors.Join(refusals...)
}

func (b box) String() string {
	if b.user {
		return "with a user namespace"
	}
	return "as this user"
}

// contain runs cmd to its end, as a child of process 1 of a new namespace.
// Whatever is left there dies with process 1, which dies with this process.
func (b box) contain(cmd *exec.Cmd) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd.Args = append([]string{self, order, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = self
	cmd.SysProcAttr = b.attributes()
	// Pdeathsig is sent when the thread that started the child ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return cmd.Run()
}

// attributes keep the child out of the terminal's foreground group: it is told of
// an interrupt once, by this process.
func (b box) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS,
		Pdeathsig:  syscall.SIGKILL,
		Setpgid:    true,
	}
	if b.user {
		attr.Cloneflags |= syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
		attr.AmbientCaps = []uintptr{unix.CAP_SYS_ADMIN}
	}
	return attr
}
