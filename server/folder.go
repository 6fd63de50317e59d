package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"drover/server/internal/identity"
)

// folderVersion is the layout of the data folder that this program writes. An older one is brought up, a newer one
// refused.
const folderVersion = 1

// dataFolder is everything that the server keeps on this machine:
//
//	VERSION       the layout's version
//	server.lock   held by the server that runs
//	server.json   where it listens
//	key           what small secrets in the database are sealed with
//	postgres/     the private PostGIS, if it has one
//	journal/      the journal, if NATS runs in this process
type dataFolder struct {
	path string
	lock *os.File
}

// openFolder makes or checks the folder and takes its lock.
func openFolder(path string) (*dataFolder, error) {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := checkVersion(filepath.Join(path, "VERSION")); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, "server.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		return nil, fmt.Errorf("data folder: another server runs on %s; stop it, or give this one its own folder with --data",
			path)
	}
	return &dataFolder{path: path, lock: lock}, nil
}

func checkVersion(file string) error {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return os.WriteFile(file, []byte(strconv.Itoa(folderVersion)+"\n"), 0o644)
	}
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	found, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return fmt.Errorf("data folder: %s holds %q, a version number is expected", file, text)
	}
	if found > folderVersion {
		return fmt.Errorf("data folder: it was written by a newer Drover (layout %d, this one knows %d); "+
			"install that version again", found, folderVersion)
	}
	return nil
}

// whereabouts is what server.json says of a running server.
type whereabouts struct {
	Address string `json:"address"` // base URL of page and API
	PID     int    `json:"pid"`
}

func (f *dataFolder) announce(address string) error {
	text, err := json.Marshal(whereabouts{address, os.Getpid()})
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(f.path, "server.json"), text, 0o644); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return nil
}

// findServer reads where the folder's server listens.
func findServer(path string) (whereabouts, error) {
	var w whereabouts
	text, err := os.ReadFile(filepath.Join(path, "server.json"))
	if err != nil {
		return w, fmt.Errorf("no server runs on %s: %w", path, err)
	}
	if err := json.Unmarshal(text, &w); err != nil {
		return w, fmt.Errorf("data folder: server.json: %w", err)
	}
	return w, nil
}

// release forgets where the server listens, and lets the next one in.
func (f *dataFolder) release() {
	_ = os.Remove(filepath.Join(f.path, "server.json")) // it may never have been written
	f.lock.Close()
}

// key reads the server's secret key, and makes it at the first start.
func (f *dataFolder) key() (key [identity.KeySize]byte, err error) {
	file := f.sub("key")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		key = identity.NewKey()
		text = []byte(hex.EncodeToString(key[:]) + "\n")
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		return key, fmt.Errorf("data folder: %w", err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(raw) != len(key) {
		return key, fmt.Errorf("data folder: %s is damaged: %d hexadecimal digits are expected", file, 2*len(key))
	}
	return [identity.KeySize]byte(raw), nil
}

func (f *dataFolder) sub(name string) string { return filepath.Join(f.path, name) }
