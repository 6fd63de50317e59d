package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	clusterDir = "cluster" // PGDATA
	unfinished = "cluster.new"
	logDir     = "log"
	startLog   = logDir + "/start.txt" // what PostgreSQL says before its log is open
	lockName   = "drover.lock"
	confName   = clusterDir + "/drover.conf"

	superuser = "drover"
	database  = "drover"
)

// folder is a cluster's folder on disk, and all that is done to it while PostgreSQL does not run.
type folder struct {
	path string
	root *os.Root // path again; through it no link leads out
	as   account
}

// openFolder makes the folder, or takes the one that is there if it is empty or was made by openFolder.
func openFolder(path string, as account) (*folder, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	f := &folder{path: path, root: root, as: as}
	if err := f.claim(); err != nil {
		root.Close()
		return nil, err
	}
	return f, nil
}

// claim gives the folder to the account, unless it holds things that are not ours.
func (f *folder) claim() error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	if _, err := f.root.Lstat(lockName); err != nil && len(entries) > 0 {
		return fmt.Errorf("postgres: the folder %s holds other files (%s): name an empty or a new one for the database",
			f.path, entries[0].Name())
	}
	lock, err := f.root.OpenFile(lockName, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	err = errors.Join(lock.Close(), f.root.Lchown(".", f.as.uid, f.as.gid), f.root.Chmod(".", 0o700), f.mkdir(logDir))
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	return nil
}

func (f *folder) mkdir(name string) error {
	if err := f.root.Mkdir(name, 0o700); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
	}
	return f.root.Lchown(name, f.as.uid, f.as.gid)
}

// lock takes the folder for this process; the lock ends with the process, however that ends.
func (f *folder) lock() (*os.File, error) {
	file, err := f.root.OpenFile(lockName, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		held, _ := f.root.ReadFile(lockName)
		file.Close()
		return nil, fmt.Errorf("postgres: another Drover (process %s) uses the data folder %s: stop it, "+
			"or choose another data folder", strings.TrimSpace(string(held)), f.path)
	}
	err = file.Truncate(0)
	if err == nil {
		_, err = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("postgres: %w", err)
	}
	return file, nil
}

// version is the major version of the cluster in the folder, 0 if there is none yet.
func (f *folder) version() (int, error) {
	text, err := f.root.ReadFile(clusterDir + "/PG_VERSION")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("postgres: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || major <= 0 {
		return 0, fmt.Errorf("postgres: %s/%s/PG_VERSION says %q, which is no version", f.path, clusterDir, text)
	}
	return major, nil
}

// create makes the cluster. It gets its name only when it is whole, so that a killed attempt leaves nothing to trip on.
func (f *folder) create(b binaries) error {
	if err := f.root.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	characters := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		characters = "en_US.UTF-8"
	}
	pgdata := filepath.Join(f.path, unfinished)
	initdb := f.as.command(f.path, b.program("initdb"), "--pgdata="+pgdata, "--username="+superuser,
		"--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C", "--lc-ctype="+characters,
		"--data-checksums", "--no-instructions")
	if out, err := initdb.CombinedOutput(); err != nil {
		return f.explain("initdb", err, out)
	}
	conf, err := f.root.OpenFile(unfinished+"/postgresql.conf", os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	_, err = conf.WriteString("\ninclude 'drover.conf'\n")
	if err = errors.Join(err, conf.Sync(), conf.Close()); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	if err := f.root.Rename(unfinished, clusterDir); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	return nil
}

// configure writes drover.conf.
func (f *folder) configure(b binaries, socketDir string) error {
	config, err := f.as.command("/", b.program("pg_config"), "--configure").Output()
	if err != nil {
		return f.explain("pg_config", err, nil)
	}
	text := settings(socketDir, machineMemory(), strings.Contains(string(config), "--with-lz4"))
	part := confName + ".new"
	if err := f.root.WriteFile(part, []byte(text), 0o600); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	err = errors.Join(f.root.Lchown(part, f.as.uid, f.as.gid), f.root.Rename(part, confName))
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	return nil
}

// explain turns the failure to run one of PostgreSQL's programs into a sentence.
func (f *folder) explain(program string, err error, out []byte) error {
	if errors.Is(err, fs.ErrPermission) {
		if at := f.as.blocked(f.path); at != "" {
			return fmt.Errorf("postgres: the user %s, as whom PostgreSQL runs, may not pass the folder %s on the way "+
				"to %s: allow it (chmod o+x %[2]s) or choose another data folder", userName(f.as.uid), at, f.path)
		}
	}
	if said := lastLines(string(out), 3); said != "" {
		return fmt.Errorf("postgres: %s: %w: %s", program, err, said)
	}
	return fmt.Errorf("postgres: %s: %w", program, err)
}

// complaints is what PostgreSQL last said about why it does not run. Its log may be written a moment after it ended.
func (f *folder) complaints() string {
	poll := time.NewTicker(pollInterval)
	defer poll.Stop()
	limit := time.NewTimer(time.Second)
	defer limit.Stop()
	for {
		said, fatal := f.lastSaid()
		if fatal {
			return said
		}
		select {
		case <-poll.C:
		case <-limit.C:
			return said
		}
	}
}

// lastSaid is PostgreSQL's last fatal words, or else its last words.
func (f *folder) lastSaid() (said string, fatal bool) {
	text, _ := f.root.ReadFile(startLog)
	if names := f.logs(); len(names) > 0 {
		more, _ := f.root.ReadFile(logDir + "/" + names[len(names)-1])
		text = append(text, more...)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "FATAL:") || strings.Contains(line, "PANIC:") {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return lastLines(string(text), 3), false
	}
	return lastLines(strings.Join(lines, ""), 1), true
}

// prune removes the oldest of PostgreSQL's logs.
func (f *folder) prune() {
	names := f.logs()
	for len(names) > logFiles {
		if f.root.Remove(logDir+"/"+names[0]) != nil {
			return
		}
		names = names[1:]
	}
}

// logs are the names of PostgreSQL's logs, oldest first.
func (f *folder) logs() []string {
	entries, err := fs.ReadDir(f.root.FS(), logDir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), "postgres-") {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names
}

// lastLines joins the last n lines of text into one.
func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
