package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// playGammu is gammu's command line.
func playGammu(ctx context.Context, t *trial) {
	config := filepath.Join(t.folder, "gammurc")
	text := fmt.Sprintf("[gammu]\ndevice = %s\nconnection = at115200\n", t.device)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.step("configuration", false, err.Error())
		return
	}
	gammu := func(args ...string) string {
		return t.program(ctx, "gammu", append([]string{"-c", config}, args...)...)
	}
	state := t.modem.State()
	t.sees("identify", gammu("identify"), state.IMEI, state.IMSI, "Drover")
	t.sees("network info", gammu("networkinfo"), "home network", state.Operator, "001 01")

	gammu("monitor", "1") // turns on what tells of reports
	said := gammu("sendsms", "TEXT", peer, "-text", "from gammu", "-report")
	t.sees("send", said, "message reference=")
	t.step("ledger", t.ledger("delivered", "from gammu"), said)
	if err := t.inject(); err != nil {
		t.step("receive", false, err.Error())
	}
	said = gammu("geteachsms")
	t.sees("receive", said, short, peer)
	t.sees("receive long", said, long())
	t.sees("receive UCS-2", said, wide)
	t.sees("delivery report", said, "SMS status report", "Delivered")
	t.sees("USSD", gammu("getussd", "*100#"), "Your balance is 20.00 EUR")
}

// playGammuSMSD is gammu's daemon, with folders of files as its mailboxes.
func playGammuSMSD(ctx context.Context, t *trial) {
	for _, name := range []string{"inbox", "outbox", "sent", "error"} {
		if err := os.Mkdir(filepath.Join(t.folder, name), 0o755); err != nil {
			t.step("configuration", false, err.Error())
			return
		}
	}
	config := filepath.Join(t.folder, "smsdrc")
	text := fmt.Sprintf(`[gammu]
device = %[2]s
connection = at115200

[smsd]
service = files
logfile = %[1]s/log
debuglevel = 1
inboxpath = %[1]s/inbox/
outboxpath = %[1]s/outbox/
sentsmspath = %[1]s/sent/
errorsmspath = %[1]s/error/
inboxformat = standard
deliveryreport = sms
commtimeout = 1
receivefrequency = 1
statusfrequency = 5
loopsleep = 1
checksecurity = 0
hangupcalls = 0
`, t.folder, t.device)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.step("configuration", false, err.Error())
		return
	}
	stop, err := t.daemon(ctx, "gammu-smsd", "-c", config)
	if err != nil {
		t.step("start", false, err.Error())
		return
	}
	defer stop()
	said := t.program(ctx, "gammu-smsd-inject", "-c", config, "TEXT", peer, "-text", "from gammu-smsd", "-report")
	t.step("send", t.ledger("delivered", "from gammu-smsd"), said+t.files("."))
	t.step("delivery report", t.ledger("reported", "from gammu-smsd"), t.files("."))
	if err := t.inject(); err != nil {
		t.step("receive", false, err.Error())
	}
	t.seesFiles("receive", "inbox", short)
	t.seesFiles("receive long", "inbox", "part of a long message, part of")
	t.seesFiles("receive UCS-2", "inbox", wide)
	t.seesFiles("report's message", "inbox", "Delivered")
	said = t.program(ctx, "gammu-smsd-monitor", "-c", config, "-n", "1", "-d", "1")
	t.sees("identify", said, t.modem.State().IMEI)
}
