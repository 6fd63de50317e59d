// Package oidctest runs a real OpenID Connect provider for tests: the npm package oidc-provider, which the OpenID
// Foundation certified, in a process of its own. The first start on a machine installs it with npm ci.
//
// Only tests import this package.
package oidctest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What the provider knows Drover by.
const (
	ClientID     = "drover"
	ClientSecret = "the secret of drover"
)

// Account is somebody whom the provider knows.
type Account struct {
	Email    string `json:"email,omitempty"`
	Verified bool   `json:"email_verified"`
	Name     string `json:"name,omitempty"`
}

// Start runs a provider until the test ends, and gives its issuer. redirect is the only address that it sends browsers
// back to; accounts are by subject.
func Start(t testing.TB, redirect string, accounts map[string]Account) (issuer string) {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("oidctest: where is this file?")
	}
	folder := filepath.Join(filepath.Dir(file), "testdata", "provider")
	if err := install(folder); err != nil {
		t.Fatal(err)
	}
	what, err := json.Marshal(map[string]any{"redirect": redirect, "accounts": accounts})
	if err != nil {
		t.Fatal(err)
	}
	provider := exec.Command("node", "provider.mjs", string(what))
	provider.Dir = folder
	var said bytes.Buffer
	provider.Stderr = &said
	alive, err := provider.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := provider.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := provider.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	t.Cleanup(func() {
		alive.Close()
		if err := provider.Wait(); err != nil {
			t.Errorf("the provider: %v\n%s", err, &said)
		}
	})
	if err != nil {
		t.Fatalf("the provider did not start: %v\n%s", err, &said)
	}
	return strings.TrimSpace(line)
}

// install runs npm ci once for each lock file, however many tests want it at once.
func install(folder string) error {
	lock, err := os.OpenFile(filepath.Join(folder, "package-lock.json"), os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("oidctest: %w", err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return fmt.Errorf("oidctest: %w", err)
	}
	wanted, err := lock.Stat()
	if err != nil {
		return fmt.Errorf("oidctest: %w", err)
	}
	there, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	if err == nil && !there.ModTime().Before(wanted.ModTime()) {
		return nil
	}
	npm := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
	npm.Dir = folder
	if said, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("oidctest: npm ci: %w\n%s", err, said)
	}
	return nil
}

// SignIn goes as a browser from an authorization address to the provider as somebody, and gives the address that it
// sends the browser back to, without going there.
func SignIn(authorization, subject string) (back *url.URL, err error) {
	at, err := url.Parse(authorization)
	if err != nil {
		return nil, err
	}
	query := at.Query()
	home := query.Get("redirect_uri")
	query.Set("login_hint", subject)
	at.RawQuery = query.Encode()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	browser := http.Client{Jar: jar, Timeout: 20 * time.Second}
	browser.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), home) {
			back = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}
	response, err := browser.Get(at.String())
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if back == nil {
		return nil, errors.New("the provider did not send the browser back: " + response.Status)
	}
	return back, nil
}
