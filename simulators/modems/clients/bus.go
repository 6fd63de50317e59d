package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// withBus starts a message bus that is the trial's own, and a program on it, and calls play while both run.
func (t *trial) withBus(ctx context.Context, play func(), name string, args ...string) {
	stopBus, err := t.daemon(ctx, "dbus-daemon", "--session", "--nofork", "--print-address=1")
	if err != nil {
		t.step("message bus", false, err.Error())
		return
	}
	defer stopBus()
	address := ""
	if !eventually(func() bool {
		said, err := os.ReadFile(filepath.Join(t.folder, "dbus-daemon.output"))
		for line := range strings.Lines(string(said)) {
			if strings.HasPrefix(line, "unix:") && strings.HasSuffix(line, "\n") {
				address = strings.TrimSpace(line)
			}
		}
		return err == nil && address != ""
	}) {
		t.step("message bus", false, t.files("."))
		return
	}
	t.env = append(t.env, "DBUS_SESSION_BUS_ADDRESS="+address, "DBUS_SYSTEM_BUS_ADDRESS="+address)
	stop, err := t.daemon(ctx, name, args...)
	if err != nil {
		t.step("start", false, err.Error())
		return
	}
	defer stop()
	play()
}

// comes runs a program again and again until it says all that is wanted.
func (t *trial) comes(ctx context.Context, step string, wanted []string, name string, args ...string) bool {
	words := ""
	eventually(func() bool {
		words = t.program(ctx, name, args...)
		for _, w := range wanted {
			if !strings.Contains(words, w) {
				return false
			}
		}
		return true
	})
	before := t.failed
	t.sees(step, words, wanted...)
	return t.failed == before
}
