package postgres

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"
)

func TestChoose(t *testing.T) {
	p14, p15 := binaries{"/14", 14, true}, binaries{"/15", 15, true}
	p16, bare17 := binaries{"/16", 16, true}, binaries{"/17", 17, false}
	for _, c := range []struct {
		name   string
		found  []binaries
		wanted int
		dir    string
		err    string
	}{
		{"newest", []binaries{p15, p16, p14}, 0, "/16", ""},
		{"newest with PostGIS", []binaries{p15, p16, bare17}, 0, "/16", ""},
		{"the data folder's", []binaries{p15, p16}, 15, "/15", ""},
		{"none", nil, 0, "", "PostgreSQL is not installed"},
		{"too old", []binaries{p14}, 0, "", "PostgreSQL 14 (/14) is too old, 15 or newer is needed"},
		{"no PostGIS", []binaries{bare17, p14}, 0, "", "PostGIS is not installed for PostgreSQL 17 (/17)"},
		{"data of a newer one", []binaries{p15, p16}, 18, "", "made by PostgreSQL 18, and only that version can run it, " +
			"but 16 is installed"},
		{"data of one without PostGIS", []binaries{p15, bare17}, 17, "", "PostGIS is not installed for PostgreSQL 17"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := choose(c.found, c.wanted)
			if got.dir != c.dir {
				t.Errorf("chose %q, want %q", got.dir, c.dir)
			}
			if (err == nil) != (c.err == "") || (err != nil && !strings.Contains(err.Error(), c.err)) {
				t.Errorf("error %v, want %q", err, c.err)
			}
		})
	}
}

func TestParseVersion(t *testing.T) {
	for text, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n": 15,
		"postgres (PostgreSQL) 18beta1":                          18,
		"mariadb 11":                                             0,
	} {
		if got := parseVersion(text); got != want {
			t.Errorf("%q is version %d, want %d", text, got, want)
		}
	}
}

func TestNoPrograms(t *testing.T) {
	dir := filepath.Join(publicDir(t), "postgres")
	_, err := Start(t.Context(), Config{Dir: dir, BinDir: "/usr/share", Log: zerolog.Nop()})
	if err == nil || !strings.Contains(err.Error(), "/usr/share has no initdb") {
		t.Errorf("error %v", err)
	}
}

func TestNewerDataFolder(t *testing.T) {
	dir := planted(t)
	must(t, os.WriteFile(filepath.Join(dir, clusterDir, "PG_VERSION"), []byte("99\n"), 0o600))
	_, err := Start(t.Context(), Config{Dir: dir, Log: zerolog.Nop()})
	if err == nil || !strings.Contains(err.Error(), "the data folder was made by PostgreSQL 99") {
		t.Errorf("error %v", err)
	}
}

func TestParsePidFile(t *testing.T) {
	for text, want := range map[string]struct {
		pid    int
		socket string
	}{
		"":        {0, ""},
		"garbage": {0, ""},
		"-5\n":    {0, ""},
		"1\n":     {0, ""},
		"4711\n/data/cluster\n1700000000\n5432\n":                              {4711, ""},
		"4711\n/data/cluster\n1700000000\n5432\n/data/run\n\n 1 2\nready   \n": {4711, "/data/run"},
	} {
		if pid, socket := parsePidFile(text); pid != want.pid || socket != want.socket {
			t.Errorf("%q says %d %q, want %v", text, pid, socket, want)
		}
	}
}

func TestPrune(t *testing.T) {
	f, err := openFolder(filepath.Join(publicDir(t), "postgres"), account{uid: os.Getuid(), gid: os.Getgid()})
	must(t, err)
	defer f.root.Close()
	for _, name := range strings.Split("abcdefghijklm", "") {
		must(t, f.root.WriteFile(logDir+"/postgres-"+name+".log", nil, 0o600))
	}
	f.prune()
	names := f.logs()
	if len(names) != logFiles || names[0] != "postgres-d.log" {
		t.Errorf("kept %v, want the newest %d", names, logFiles)
	}
}

func TestSettingsFitTheMachine(t *testing.T) {
	for memory, want := range map[int64]string{
		512 * mebibyte:   "shared_buffers = 128MB\n",
		4096 * mebibyte:  "shared_buffers = 512MB\n",
		65536 * mebibyte: "shared_buffers = 1024MB\n",
	} {
		if text := settings("/run", memory, true); !strings.Contains(text, want) {
			t.Errorf("with %d MB: no %q in\n%s", memory/mebibyte, want, text)
		}
	}
	if machineMemory() < 64*mebibyte {
		t.Errorf("this machine has %d bytes of memory", machineMemory())
	}
}
