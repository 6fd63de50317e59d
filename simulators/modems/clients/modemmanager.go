package main

import (
	"context"
	"regexp"
	"strings"
)

// playModemManager is the daemon of desktops. Its own tests' switches let it use an abstract socket, without udev.
func playModemManager(ctx context.Context, t *trial) {
	t.withBus(ctx, func() { t.manage(ctx) }, "ModemManager", "--test-session", "--test-enable", "--test-no-udev",
		"--test-no-qrtr", "--test-no-suspend-resume", "--no-auto-scan")
}

func (t *trial) manage(ctx context.Context) {
	const service = "org.freedesktop.ModemManager1"
	if !t.comes(ctx, "start", []string{"method return"}, "dbus-send", "--session", "--print-reply", "--dest="+service,
		"/org/freedesktop/ModemManager1", service+".Test.SetProfile", "string:test0", "string:generic",
		"array:string:"+strings.TrimPrefix(t.device, "@")) ||
		!t.comes(ctx, "enable", []string{"successfully enabled"}, "mmcli", "-m", "any", "-e") {
		return
	}
	state := t.modem.State()
	t.comes(ctx, "identify", []string{state.IMEI, "Drover"}, "mmcli", "-m", "any", "-K")
	t.comes(ctx, "network info", []string{": registered", state.Operator},
		"mmcli", "-m", "any", "-K")
	said := t.program(ctx, "mmcli", "-m", "any",
		"--messaging-create-sms=text='from ModemManager',number='"+peer+"',delivery-report-request=yes")
	sms := regexp.MustCompile(`/SMS/(\d+)`).FindStringSubmatch(said)
	if sms == nil {
		t.step("send", false, said)
		return
	}
	t.sees("send", t.program(ctx, "mmcli", "-s", sms[1], "--send"), "successfully sent")
	t.step("ledger", t.ledger("delivered", "from ModemManager"), said)
	if err := t.modem.Text(peer, short); err != nil { // one only: it drops a +CMTI that comes soon after another
		t.step("receive", false, err.Error())
	}
	words := ""
	eventually(func() bool {
		words = t.messages(ctx)
		return strings.Contains(words, short) && strings.Contains(words, "completed-received")
	})
	t.sees("receive", words, short)
	t.sees("delivery report", words, "completed-received")
	t.sees("USSD", t.program(ctx, "mmcli", "-m", "any", "--3gpp-ussd-initiate=*100#"), "20.00 EUR")
}

// messages are all that ModemManager has.
func (t *trial) messages(ctx context.Context) string {
	var all strings.Builder
	list := t.program(ctx, "mmcli", "-m", "any", "--messaging-list-sms")
	for _, sms := range regexp.MustCompile(`/SMS/(\d+)`).FindAllStringSubmatch(list, -1) {
		all.WriteString(t.program(ctx, "mmcli", "-s", sms[1], "-K"))
	}
	return all.String()
}
