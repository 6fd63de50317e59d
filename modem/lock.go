package modem

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// errTaken says that another line or process has the device.
var errTaken = errors.New("another process has the device")

// lock takes a serial device for this process: the kernel lets root open it twice, and two readers share its answers
// between them. All names of one device lead to one lock. The file stays; the lock goes with the process. Other URLs
// need none.
func lock(dir, url string) (*os.File, error) {
	p, err := parseURL(url)
	if err != nil || p.scheme != "serial" {
		return nil, err
	}
	device, err := filepath.EvalSymlinks(p.at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.at, errAbsent)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lock folder: %w", err)
	}
	name := filepath.Join(dir, strings.ReplaceAll(strings.Trim(device, "/"), "/", "_")+".lock")
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", device, errTaken)
	}
	return f, nil
}
