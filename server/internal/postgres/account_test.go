package postgres

import (
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rs/zerolog"
)

// ordinary is a user other than root to run a helper as: nobody when the tests run as root, else nil, themselves.
func ordinary(t *testing.T) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	found, err := user.Lookup("nobody")
	must(t, err)
	uid, err := strconv.ParseUint(found.Uid, 10, 32)
	must(t, err)
	gid, err := strconv.ParseUint(found.Gid, 10, 32)
	must(t, err)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func TestOrdinaryUser(t *testing.T) {
	parent := publicDir(t)
	as := ordinary(t)
	if as != nil {
		must(t, os.Chown(parent, int(as.Uid), int(as.Gid)))
	}
	d := startHelper(t, filepath.Join(parent, "postgres"), as)
	if got := query(t, d.said, "SELECT postgis_version()"); !strings.HasPrefix(got, "3.") {
		t.Errorf("PostGIS %q", got)
	}
	d.in.Close()
	must(t, d.cmd.Wait())

	// Root keeps the cluster its owner's.
	c := start(t, filepath.Join(parent, "postgres"))
	info, err := os.Stat(filepath.Join(c.folder.path, clusterDir, "postmaster.pid"))
	must(t, err)
	parentInfo, err := os.Stat(parent)
	must(t, err)
	uid, _ := owner(info)
	if want, _ := owner(parentInfo); uid != want {
		t.Errorf("the cluster of user %d runs as %d", want, uid)
	}
}

func TestRefusedFolders(t *testing.T) {
	closed := filepath.Join(publicDir(t), "closed")
	must(t, os.Mkdir(closed, 0o700))
	if os.Geteuid() != 0 {
		must(t, os.Chmod(closed, 0o600))
	}
	foreign := publicDir(t)
	must(t, os.WriteFile(filepath.Join(foreign, "letter.txt"), nil, 0o600))
	file := filepath.Join(publicDir(t), "file")
	must(t, os.WriteFile(file, nil, 0o600))

	for _, c := range []struct{ name, dir, want string }{
		{"not passable", filepath.Join(closed, "postgres"), "closed"},
		{"other files", foreign, "holds other files (letter.txt)"},
		{"a file", file, "is not a folder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Start(t.Context(), Config{Dir: c.dir, Log: zerolog.Nop()})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestRefusedFolderOfAnotherUser(t *testing.T) {
	d := startHelper(t, "/", ordinary(t))
	if !strings.Contains(d.said, "/ belongs to user root") {
		t.Errorf("said %q", d.said)
	}
}

func TestRootMayNotPass(t *testing.T) {
	as := account{uid: 4242, gid: 4242}
	open := publicDir(t)
	if at := as.blocked(open); at != "" {
		t.Errorf("%s blocks the way to %s", at, open)
	}
	closed := filepath.Join(open, "closed")
	must(t, os.MkdirAll(filepath.Join(closed, "data"), 0o700))
	if at := as.blocked(filepath.Join(closed, "data")); at != closed {
		t.Errorf("%q blocks, want %s", at, closed)
	}
}
