package postgres

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"
)

// The variables that make the test binary a Drover of its own, to be killed or run as someone else.
const (
	helperDir   = "DROVER_POSTGRES_HELPER_DIR"
	helperLimit = time.Minute
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		os.Exit(helper(dir))
	}
	code := m.Run()
	if seedMade {
		dir, _ := seed() // made, so without an error
		if err := os.RemoveAll(dir); err != nil {
			fmt.Println(err)
			code = 1
		}
	}
	os.Exit(code)
}

// seed is a folder with a stopped cluster, made once for all tests, because making one takes more than a second.
var (
	seed = sync.OnceValues(func() (string, error) {
		seedMade = true
		dir, err := os.MkdirTemp("", "drover-postgres-seed-")
		if err != nil {
			return "", err
		}
		if err := os.Chmod(dir, 0o755); err != nil {
			return "", err
		}
		ctx := context.Background()
		c, err := Start(ctx, Config{Dir: filepath.Join(dir, "postgres"), Log: zerolog.Nop()})
		if err != nil {
			return "", err
		}
		return dir, c.Stop(ctx)
	})
	seedMade bool
)

// planted is the folder of a stopped cluster for one test.
func planted(t *testing.T) string {
	t.Helper()
	from, err := seed()
	must(t, err)
	to := filepath.Join(publicDir(t), "postgres")
	if out, err := exec.Command("cp", "-a", filepath.Join(from, "postgres"), to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to
}

// helper starts the cluster in dir, says its URL, and stops it when its input ends.
func helper(dir string) int {
	c, err := Start(context.Background(), Config{Dir: dir, Log: zerolog.Nop()})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(c.URL())
	_, _ = io.Copy(io.Discard, os.Stdin) // ends with the pipe
	if err := c.Stop(context.Background()); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

type drover struct {
	cmd  *exec.Cmd
	in   io.Closer
	said string // its first line
}

func startHelper(t *testing.T, dir string, as *syscall.Credential) *drover {
	t.Helper()
	binary := filepath.Join(publicDir(t), "drover")
	copyFile(t, os.Args[0], binary)
	cmd := exec.Command(binary)
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), helperDir+"="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	limit := time.AfterFunc(helperLimit, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() { limit.Stop(); in.Close() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	return &drover{cmd: cmd, in: in, said: strings.TrimSpace(line)}
}

func (d *drover) kill(t *testing.T) {
	t.Helper()
	must(t, d.cmd.Process.Kill())
	_ = d.cmd.Wait() // killed
}

// publicDir is a new folder that any user may pass.
func publicDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "drover-postgres-test-")
	must(t, err)
	must(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	must(t, err)
	must(t, os.WriteFile(to, data, 0o755))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func start(t *testing.T, dir string) *Cluster {
	t.Helper()
	c, err := Start(t.Context(), Config{Dir: dir, Log: zerolog.Nop()})
	must(t, err)
	t.Cleanup(func() {
		if err := c.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c
}

func query(t *testing.T, url, sql string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	must(t, err)
	defer conn.Close(ctx)
	var value string
	must(t, conn.QueryRow(ctx, sql).Scan(&value))
	return value
}

// serverPID is the process of the server in dir.
func serverPID(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, pidName))
	must(t, err)
	pid, _ := parsePidFile(string(text))
	return pid
}

// eventually waits until what holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	limit := time.Now().Add(30 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if time.Now().After(limit) {
			t.Fatalf("not within 30 s: %s", what)
		}
		<-tick.C
	}
}

func TestStartKeepsDataAndStops(t *testing.T) {
	dir := filepath.Join(publicDir(t), "data", "postgres")
	c, err := Start(t.Context(), Config{Dir: dir, Log: zerolog.Nop()})
	must(t, err)
	if got := query(t, c.URL(), "SELECT postgis_version()"); !strings.HasPrefix(got, "3.") {
		t.Errorf("PostGIS %q, want 3.x", got)
	}
	execute(t, c.URL(), "CREATE TABLE note (text text)", "INSERT INTO note VALUES ('kept')")
	pid := serverPID(t, dir)
	must(t, c.Stop(t.Context()))
	must(t, c.Stop(t.Context()))
	if syscall.Kill(pid, 0) == nil {
		t.Errorf("process %d still runs after Stop", pid)
	}
	again := start(t, dir)
	if got := query(t, again.URL(), "SELECT text FROM note"); got != "kept" {
		t.Errorf("after a restart the note is %q", got)
	}
}

func execute(t *testing.T, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	must(t, err)
	defer conn.Close(t.Context())
	for _, sql := range statements {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

func TestSettings(t *testing.T) {
	c := start(t, planted(t))
	for name, want := range map[string]string{
		"listen_addresses":   "",
		"synchronous_commit": "on",
		"fsync":              "on",
		"full_page_writes":   "on",
		"data_checksums":     "on",
		"jit":                "off",
		"TimeZone":           "UTC",
		"max_wal_size":       "2GB",
		"checkpoint_timeout": "15min",
		"server_encoding":    "UTF8",
		"logging_collector":  "on",
		"log_rotation_size":  "10MB",
	} {
		if got := query(t, c.URL(), "SHOW "+name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if got := query(t, c.URL(), "SHOW wal_compression"); got != "lz4" && got != "pglz" {
		t.Errorf("wal_compression = %q", got)
	}
	if got := query(t, c.URL(), "SELECT lower('ÉCLAIR ЖУК')"); got != "éclair жук" {
		t.Errorf("lower case of other scripts is %q", got)
	}
	info, err := os.Stat(filepath.Join(c.folder.path, "run"))
	must(t, err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the socket's folder has mode %v", info.Mode())
	}
}

// orphan is a server whose Drover was killed after it had written a note, and its process.
func orphan(t *testing.T) (dir string, pid int) {
	t.Helper()
	dir = planted(t)
	killed := startHelper(t, dir, nil)
	execute(t, killed.said, "CREATE TABLE note (text text)", "INSERT INTO note VALUES ('kept')")
	pid = serverPID(t, dir)
	killed.kill(t)
	return dir, pid
}

func TestAdoptAfterKill(t *testing.T) {
	dir, pid := orphan(t)
	c, err := Start(t.Context(), Config{Dir: dir, Log: zerolog.Nop()})
	must(t, err)
	if got := serverPID(t, dir); got != pid {
		t.Errorf("process %d was replaced by %d, not adopted", pid, got)
	}
	if got := query(t, c.URL(), "SELECT text FROM note"); got != "kept" {
		t.Errorf("the note is %q", got)
	}
	must(t, c.Stop(t.Context()))
	if c.folder.identify(pid) != gone {
		t.Errorf("the adopted process %d still runs after Stop", pid)
	}
}

func TestBothKilled(t *testing.T) {
	dir, pid := orphan(t)
	must(t, syscall.Kill(pid, syscall.SIGKILL))
	eventually(t, "the end of the process", func() bool { return syscall.Kill(pid, 0) != nil })
	c := start(t, dir)
	if got := query(t, c.URL(), "SELECT text FROM note"); got != "kept" {
		t.Errorf("after recovery the note is %q", got)
	}
}

func TestStalePidFileOfAnotherProcess(t *testing.T) {
	dir := planted(t)
	stale := fmt.Sprintf("%d\n%s/cluster\n0\n5432\n%s/run\n\n", os.Getpid(), dir, dir)
	must(t, os.WriteFile(filepath.Join(dir, pidName), []byte(stale), 0o600))
	start(t, dir)
	if serverPID(t, dir) == os.Getpid() {
		t.Error("the stale pid file is still there")
	}
}

func TestStartedAgainWhenItDies(t *testing.T) {
	dir := planted(t)
	c := start(t, dir)
	pid := serverPID(t, dir)
	must(t, syscall.Kill(pid, syscall.SIGKILL))
	eventually(t, "a new server", func() bool {
		return ping(t.Context(), c.socket) == nil && serverPID(t, dir) != pid
	})
}

func TestSecondDroverIsRefused(t *testing.T) {
	dir := planted(t)
	start(t, dir)
	_, err := Start(t.Context(), Config{Dir: dir, Log: zerolog.Nop()})
	want := fmt.Sprintf("another Drover (process %d) uses the data folder %s", os.Getpid(), dir)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q", err, want)
	}
}

func TestLongPath(t *testing.T) {
	dir := filepath.Join(publicDir(t), strings.Repeat("long", 25), "a,b", "postgres")
	must(t, os.MkdirAll(filepath.Dir(dir), 0o755))
	must(t, os.Rename(planted(t), dir))
	c := start(t, dir)
	if got := query(t, c.URL(), "SELECT 'reached'"); got != "reached" {
		t.Error(got)
	}
	must(t, c.Stop(t.Context()))
	if _, err := os.Stat(c.socket); err == nil {
		t.Errorf("%s is left after Stop", c.socket)
	}
}

func TestOtherSession(t *testing.T) {
	dir := planted(t)
	start(t, dir)
	pid := serverPID(t, dir)
	group, err := syscall.Getpgid(pid)
	must(t, err)
	if group != pid {
		t.Errorf("the server is in process group %d and would get the terminal's Ctrl-C", group)
	}
}

func TestCancelledStartLeavesNothing(t *testing.T) {
	dir := planted(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, Config{Dir: dir, Log: zerolog.Nop()}); err == nil {
		t.Fatal("a cancelled Start succeeded")
	}
	if _, err := os.Stat(filepath.Join(dir, pidName)); err == nil {
		t.Error("a server was left running")
	}
	start(t, dir)
}
