package postgres

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// port names the socket's file; there is no TCP port.
const port = 5432

// socketPathLimit is the longest path of a Unix socket, in bytes, that both Linux (107) and macOS (103) take.
const socketPathLimit = 103

// socketDir is the folder for the socket of the cluster in dir: its own, or one under temp if a socket could not be
// named there.
func socketDir(dir, temp string) string {
	own := filepath.Join(dir, "run")
	if len(socketFile(own)) <= socketPathLimit && !strings.ContainsAny(own, `,"'\`+"\n") {
		return own
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(temp, "drover-"+hex.EncodeToString(sum[:8]))
}

func socketFile(dir string) string { return filepath.Join(dir, fmt.Sprintf(".s.PGSQL.%d", port)) }

// databaseURL is how pgx and libpq reach a database through the socket in dir.
func databaseURL(dir, database string) string {
	return "postgres://" + superuser + "@/" + url.PathEscape(database) + "?host=" + url.QueryEscape(dir)
}

// makeSocketDir makes the folder, or checks that the one that is there cannot have been laid by someone else.
func makeSocketDir(dir string, as account) error {
	if err := os.Mkdir(dir, 0o700); err == nil {
		return os.Lchown(dir, as.uid, as.gid)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if uid, _ := owner(info); !info.IsDir() || uid != as.uid || info.Mode().Perm() != 0o700 {
		return fmt.Errorf("%s should be a folder of user %s with mode 0700, for the database's socket: remove it",
			dir, userName(as.uid))
	}
	return nil
}
