package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// balance is what the modem's operator answers: the word in Cyrillic, in the UCS-2 digits that +CUSD has for it.
const balance = "04110430043B0430043D0441003A0020"

// playSMSD is the daemon of smstools.
func playSMSD(ctx context.Context, t *trial) {
	for _, name := range []string{"outgoing", "checked", "incoming", "failed", "sent", "report", "stats"} {
		if err := os.Mkdir(filepath.Join(t.folder, name), 0o755); err != nil {
			t.step("configuration", false, err.Error())
			return
		}
	}
	config := filepath.Join(t.folder, "smsd.conf")
	text := fmt.Sprintf(`devices = SIM
loglevel = 7
logfile = %[1]s/log
outgoing = %[1]s/outgoing
checked = %[1]s/checked
incoming = %[1]s/incoming
failed = %[1]s/failed
sent = %[1]s/sent
report = %[1]s/report
stats = %[1]s/stats
infofile = %[1]s/info
pidfile = %[1]s/pid
delaytime = 1
incoming_utf8 = yes
decode_unicode_text = yes
errorsleeptime = 1

[SIM]
device = %[2]s
init = AT+CNMI=2,0,0,2,1
incoming = yes
report = yes
baudrate = 115200
regular_run_interval = 3
regular_run_cmd = AT+CUSD=1,"*100#",15
regular_run_logfile = %[1]s/ussd
`, t.folder, t.device)
	message := fmt.Sprintf("To: %s\nReport: yes\n\nfrom smsd\n", peer[1:])
	for path, content := range map[string]string{config: text, filepath.Join(t.folder, "outgoing", "first"): message} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.step("configuration", false, err.Error())
			return
		}
	}
	stop, err := t.daemon(ctx, "/usr/sbin/smsd", "-c", config, "-t")
	if err != nil {
		t.step("start", false, err.Error())
		return
	}
	defer stop()
	t.step("send", t.ledger("delivered", "from smsd"), t.files("."))
	if err := t.inject(); err != nil {
		t.step("receive", false, err.Error())
	}
	t.seesFiles("receive", "incoming", short)
	t.seesFiles("receive long", "incoming", long())
	t.seesFiles("receive UCS-2", "incoming", wide)
	t.seesFiles("delivery report", "report", "short message received by the SME")
	t.seesFiles("identify", ".", t.modem.State().IMSI)
	t.seesFiles("network info", ".", "registered to the network")
	t.seesFiles("USSD", ".", balance)
}
