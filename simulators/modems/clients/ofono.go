package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// playOfono is the telephony daemon of embedded systems, whose plugin for simulated modems dials over TCP.
func playOfono(ctx context.Context, t *trial) {
	host, port, err := net.SplitHostPort(strings.TrimPrefix(t.device, "//"))
	config := filepath.Join(t.folder, "phonesim.conf")
	if err == nil {
		text := fmt.Sprintf("[phonesim]\nDriver=phonesim\nAddress=%s\nPort=%s\n", host, port)
		err = os.WriteFile(config, []byte(text), 0o600)
	}
	if err != nil {
		t.step("configuration", false, err.Error())
		return
	}
	t.env = append(t.env, "OFONO_PHONESIM_CONFIG="+config)
	t.withBus(ctx, func() { t.phone(ctx) }, "ofonod", "--nodetach")
}

func (t *trial) phone(ctx context.Context) {
	call := func(method string, args ...string) []string {
		return append([]string{"--session", "--print-reply", "--dest=org.ofono", "/phonesim", "org.ofono." + method}, args...)
	}
	done := []string{"method return"}
	stop, err := t.daemon(ctx, "dbus-monitor", "--session", "type='signal',sender='org.ofono'")
	if err != nil {
		t.step("start", false, err.Error())
		return
	}
	defer stop()
	for _, property := range []string{"Powered", "Online"} {
		if !t.comes(ctx, property, done, "dbus-send",
			call("Modem.SetProperty", "string:"+property, "variant:boolean:true")...) {
			return
		}
	}
	state := t.modem.State()
	t.comes(ctx, "identify", []string{state.IMEI, "Drover"}, "dbus-send", call("Modem.GetProperties")...)
	t.comes(ctx, "network info", []string{`"registered"`, state.Operator}, "dbus-send",
		call("NetworkRegistration.GetProperties")...)
	t.comes(ctx, "ask for reports", done, "dbus-send",
		call("MessageManager.SetProperty", "string:UseDeliveryReports", "variant:boolean:true")...)
	said := t.program(ctx, "dbus-send", call("MessageManager.SendMessage", "string:"+peer, "string:from oFono")...)
	t.step("send", t.ledger("delivered", "from oFono"), said)
	t.step("delivery report", t.ledger("reported", "from oFono"), said)
	if err := t.inject(); err != nil {
		t.step("receive", false, err.Error())
	}
	t.seesFiles("receive", ".", short)
	t.seesFiles("receive long", ".", long())
	t.seesFiles("receive UCS-2", ".", wide)
	t.sees("USSD", t.program(ctx, "dbus-send", call("SupplementaryServices.Initiate", "string:*100#")...), "20,00 EUR")
}
