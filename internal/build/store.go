package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrGone says that a binary is not in the store, or not as it was put there.
var ErrGone = errors.New("binary is gone from the store")

// announcement precedes the name of a stored binary in the copier's output.
const announcement = "evilution-go binary "

// format is the folder of the store that holds binaries named as put names them.
// It is part of the copier's command, and so of the key of go's cache: a change
// of put or of the announcement needs another folder, or go goes on repeating
// what the old copier said.
const format = "1"

// CopyBinary is the copier, called with the words that Command adds to its
// command and go to those: it keeps the binary args[0] in the store and prints
// its name for Parse. The other args are the test binary's flags and mean
// nothing here.
func CopyBinary(store string, args []string) error {
	return copyBinary(os.Stdout, store, args)
}

func copyBinary(out io.Writer, store string, args []string) error {
	if len(args) == 0 {
		return errors.New("copy binary: none given")
	}
	name, err := put(store, args[0])
	if err != nil {
		return fmt.Errorf("copy binary %s: %w", args[0], err)
	}
	log := filepath.Join(filepath.Dir(args[0]), "testlog.txt")
	if err := os.WriteFile(log, []byte("# test log\n"), 0o644); err != nil {
		return fmt.Errorf("copy binary %s: %w", args[0], err)
	}
	if _, err := fmt.Fprintf(out, "%s%s\n", announcement, name); err != nil {
		return fmt.Errorf("copy binary %s: %w", args[0], err)
	}
	return nil
}

// put keeps a copy of the file in the store and returns its name: the hash of
// its content, and a checksum that is cheap enough to look at in every session
// (4 MB: 10 to 20 ms for SHA-256, below 1 ms for CRC-32C). It appears there whole
// or not at all.
func put(store, file string) (name string, err error) {
	if err := os.MkdirAll(store, 0o755); err != nil {
		return "", err
	}
	tmp, err := os.CreateTemp(store, "new-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	h := sha256.New()
	sum, err := copySummed(io.MultiWriter(tmp, h), file)
	if err != nil {
		return "", err
	}
	if err := errors.Join(tmp.Chmod(0o755), tmp.Close()); err != nil {
		return "", err
	}
	name = hex.EncodeToString(h.Sum(nil)[:16]) + sum
	return name, os.Rename(tmp.Name(), filepath.Join(store, name))
}

// copySummed copies the file to w and returns the end of its name in the store.
func copySummed(w io.Writer, file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	if _, err := io.CopyBuffer(io.MultiWriter(w, h), struct{ io.Reader }{f}, make([]byte, 256<<10)); err != nil {
		return "", err
	}
	return fmt.Sprintf("-%08x", h.Sum32()), nil
}

// Take copies a stored binary, as named by Parse, to the path to, whose
// directory exists, and marks it as used. The copy shares nothing with the
// store: a test that writes to its own executable spoils only its session. The
// error is ErrGone if the binary must be built again.
func Take(binary, to string) error {
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755)
	if err != nil {
		return fmt.Errorf("take binary: %w", err)
	}
	sum, err := copySummed(out, binary)
	if err == nil && !strings.HasSuffix(binary, sum) {
		err = fs.ErrNotExist
	}
	err = errors.Join(err, out.Close())
	if err != nil {
		_ = os.Remove(to)
		if errors.Is(err, fs.ErrNotExist) {
			err = ErrGone
		}
		return fmt.Errorf("take binary %s: %w", filepath.Base(binary), err)
	}
	now := time.Now()
	_ = os.Chtimes(binary, now, now) // at worst it is trimmed early and linked again
	return nil
}

// Name is a file name for the test binary of the package with the given import
// path: readable, and different for different packages.
func Name(importPath string) string {
	sum := sha256.Sum256([]byte(importPath))
	base := importPath[strings.LastIndexByte(importPath, '/')+1:]
	return base + "-" + hex.EncodeToString(sum[:6]) + ".test"
}

// Trim removes what was put into the store and not taken since the given time.
func Trim(store string, since time.Time) error {
	store = filepath.Join(store, format)
	entries, err := os.ReadDir(store)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("trim store: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(since) || !info.Mode().IsRegular() {
			continue
		}
		if err := os.Remove(filepath.Join(store, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("trim store: %w", err)
		}
	}
	return nil
}
