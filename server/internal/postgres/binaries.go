package postgres

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldest is the oldest major version of PostgreSQL that Drover runs on.
const oldest = 15

// places are where PostgreSQL's programs are installed: Debian and Ubuntu, Red Hat, Homebrew on ARM and on Intel.
var places = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/usr/local/pgsql/bin",
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// binaries are the programs of one installed PostgreSQL.
type binaries struct {
	dir     string
	major   int
	postgis bool
}

func (b binaries) program(name string) string { return filepath.Join(b.dir, name) }

// find chooses the installation to run: the newest with PostGIS, or the one of major version wanted if that is not 0,
// because a cluster can only be run by the version that made it. Only binDir is looked at if it is not "".
func find(binDir string, wanted int) (binaries, error) {
	var found []binaries
	for _, dir := range candidates(binDir) {
		b, err := inspect(dir)
		if err == nil {
			found = append(found, b)
			continue
		}
		if binDir != "" {
			return binaries{}, fmt.Errorf("postgres: %w", err)
		}
	}
	return choose(found, wanted)
}

// choose is find's judgement on what is installed.
func choose(found []binaries, wanted int) (binaries, error) {
	usable := slices.DeleteFunc(slices.Clone(found), func(b binaries) bool {
		return b.major < oldest || !b.postgis || (wanted != 0 && b.major != wanted)
	})
	if len(usable) > 0 {
		return slices.MaxFunc(usable, func(a, b binaries) int { return cmp.Compare(a.major, b.major) }), nil
	}
	if len(found) == 0 {
		return binaries{}, errors.New("postgres: PostgreSQL is not installed, or not where it is looked for: " +
			advice(wanted) + ", or give the URL of an existing PostGIS database")
	}
	newest := slices.MaxFunc(found, func(a, b binaries) int { return cmp.Compare(a.major, b.major) })
	if wanted != 0 {
		have := slices.IndexFunc(found, func(b binaries) bool { return b.major == wanted })
		if have < 0 {
			return binaries{}, fmt.Errorf("postgres: the data folder was made by PostgreSQL %d, and only that version "+
				"can run it, but %d is installed (%s): %s, or move the data with pg_dump or pg_upgrade",
				wanted, newest.major, newest.dir, advice(wanted))
		}
		newest = found[have]
	}
	if newest.major < oldest {
		return binaries{}, fmt.Errorf("postgres: PostgreSQL %d (%s) is too old, %d or newer is needed: %s",
			newest.major, newest.dir, oldest, advice(0))
	}
	return binaries{}, fmt.Errorf("postgres: PostGIS is not installed for PostgreSQL %d (%s): %s",
		newest.major, newest.dir, advice(newest.major))
}

// advice says how to install PostgreSQL with PostGIS; of major version, unless that is 0.
func advice(major int) string {
	if runtime.GOOS == "darwin" {
		if major == 0 {
			major = 17
		}
		return fmt.Sprintf("brew install postgresql@%d postgis", major)
	}
	if major == 0 {
		return "apt-get install postgresql postgresql-postgis"
	}
	return fmt.Sprintf("apt-get install postgresql-%d postgresql-%[1]d-postgis-3", major)
}

func candidates(binDir string) []string {
	if binDir != "" {
		return []string{binDir}
	}
	var dirs []string
	if config, err := exec.LookPath("pg_config"); err == nil {
		if dir, err := exec.Command(config, "--bindir").Output(); err == nil {
			dirs = append(dirs, strings.TrimSpace(string(dir)))
		}
	}
	for _, place := range places {
		matches, _ := filepath.Glob(place) // fails only on a malformed pattern, and ours are constant
		dirs = append(dirs, matches...)
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// inspect asks the programs in dir for their version and their folder of extensions.
func inspect(dir string) (binaries, error) {
	b := binaries{dir: dir}
	if _, err := exec.LookPath(b.program("initdb")); err != nil {
		return b, fmt.Errorf("%s has no initdb: it is not the folder of a PostgreSQL server's programs", dir)
	}
	out, err := exec.Command(b.program("postgres"), "--version").Output()
	if err != nil {
		return b, fmt.Errorf("%s does not run: %w", b.program("postgres"), err)
	}
	if b.major = parseVersion(string(out)); b.major == 0 {
		return b, fmt.Errorf("%s --version says %q", b.program("postgres"), strings.TrimSpace(string(out)))
	}
	shared, err := exec.Command(b.program("pg_config"), "--sharedir").Output()
	if err != nil {
		return b, fmt.Errorf("%s does not run: %w", b.program("pg_config"), err)
	}
	_, err = os.Stat(filepath.Join(strings.TrimSpace(string(shared)), "extension", "postgis.control"))
	b.postgis = !errors.Is(err, fs.ErrNotExist)
	return b, nil
}

func parseVersion(text string) int {
	match := versionPattern.FindStringSubmatch(text)
	if match == nil {
		return 0
	}
	major, _ := strconv.Atoi(match[1]) // digits only, by the pattern
	return major
}
