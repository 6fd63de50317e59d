package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// rootAccount is the user a new cluster runs as when Drover runs as root.
const rootAccount = "postgres"

// account is the user a cluster runs as and its files belong to.
type account struct {
	uid, gid int
	switched bool // Drover is root and becomes this user for every program it starts
}

// accountFor chooses the user for the cluster in dir: the folder's owner, if there is one yet.
func accountFor(dir string) (account, error) {
	euid, egid := os.Geteuid(), os.Getegid()
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return account{}, fmt.Errorf("postgres: %w", err)
	case !info.IsDir():
		return account{}, fmt.Errorf("postgres: %s is not a folder", dir)
	}
	if euid != 0 {
		if uid, _ := owner(info); info != nil && uid != euid {
			return account{}, fmt.Errorf("postgres: %s belongs to user %s, but Drover runs as %s: "+
				"start it as the same user as before (or as root), or choose another data folder",
				dir, userName(uid), userName(euid))
		}
		return account{uid: euid, gid: egid}, nil
	}
	if uid, gid := owner(info); info != nil && uid != 0 {
		return account{uid: uid, gid: gid, switched: true}, nil
	}
	found, err := user.Lookup(rootAccount)
	if err != nil {
		return account{}, fmt.Errorf("postgres: Drover runs as root, PostgreSQL refuses to, and there is no user %q "+
			"to run it as: create it (useradd --system %[1]s), or start Drover as an ordinary user", rootAccount)
	}
	uid, errUID := strconv.Atoi(found.Uid)
	gid, errGID := strconv.Atoi(found.Gid)
	if err := errors.Join(errUID, errGID); err != nil || uid == 0 {
		return account{}, fmt.Errorf("postgres: user %q has the ids %s and %s, which PostgreSQL cannot run as",
			rootAccount, found.Uid, found.Gid)
	}
	return account{uid: uid, gid: gid, switched: true}, nil
}

// command is a program run as the account in dir, in a session of its own, without a caller's PG… variables.
func (a account) command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TZ=UTC", "LC_MESSAGES=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.switched {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return cmd
}

// blocked names the first folder on the way to dir that the account may not pass, judged by the permission bits;
// "" if there is none.
func (a account) blocked(dir string) string {
	var first string
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return at
		}
		uid, gid := owner(info)
		pass := info.Mode().Perm()
		switch {
		case uid == a.uid:
			pass &= 0o100
		case gid == a.gid:
			pass &= 0o010
		default:
			pass &= 0o001
		}
		if pass == 0 {
			first = at
		}
		if at == filepath.Dir(at) {
			return first
		}
	}
}

func owner(info os.FileInfo) (uid, gid int) {
	if info == nil {
		return -1, -1
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return -1, -1
	}
	return int(stat.Uid), int(stat.Gid)
}

func userName(uid int) string {
	if found, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return found.Username
	}
	return strconv.Itoa(uid)
}
