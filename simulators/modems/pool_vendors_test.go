package modems_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"drover/modem"
	"drover/simulators/modems"
)

// TestPoolOfAllVendors: one pool has a modem of each profile, with a PIN. All work at once, and each is asked all that a
// pool may ask.
func TestPoolOfAllVendors(t *testing.T) {
	t.Parallel()
	var names []string
	for _, p := range modems.Profiles() {
		names = append(names, p.Name)
	}
	b := start(t, modems.Config{Count: len(names), Profiles: names, PIN: "1234"}, (*modems.Bank).URL)
	b.ready()
	var work sync.WaitGroup
	for i, name := range names {
		work.Go(func() {
			t.Run(name, func(t *testing.T) {
				b := b.in(t)
				b.exchange(fmt.Sprintf("m%d", i), "  getinfo "+name)
				b.knows(i)
				b.asks(i)
				b.hears(i)
			})
		})
	}
	work.Wait()
}

// knows: the pool knows the modem, its SIM and its network.
func (b *bench) knows(i int) {
	b.Helper()
	s, want := b.pool.States()[i], b.bank.Modem(i).State()
	if s.IMEI != want.IMEI || s.ICCID != want.ICCID || s.IMSI != want.IMSI || s.MSISDN != want.MSISDN ||
		s.Operator != want.Operator || s.PLMN != want.IMSI[:5] || s.Registration != modem.Home || s.SignalDBM == nil {
		b.Errorf("%+v\nwant %+v", s, want)
	}
}

// asks: each way in which operators answer codes.
func (b *bench) asks(i int) {
	b.Helper()
	name := fmt.Sprintf("m%d", i)
	operator := b.bank.Modem(i).State().Operator
	for _, code := range []string{modems.CodeBalance, modems.CodeReleased, modems.CodeLines, modems.CodeMenu, modems.CodeBeforeOK} {
		want := "20" // the balance, with a comma or a point
		switch code {
		case modems.CodeLines:
			want = operator + "\n> "
		case modems.CodeMenu:
			want = "1: Balance\n2: Tariff"
		}
		if text, err := b.pool.USSD(context.Background(), name, code); err != nil || !strings.Contains(text, want) {
			b.Errorf("%s: %q, %v", code, text, err)
		}
	}
	for _, code := range []string{modems.CodeEmpty, modems.CodeTimeout} {
		if text, err := b.pool.USSD(context.Background(), name, code); err == nil {
			b.Errorf("%s: %q", code, text)
		}
	}
}

// hears: a message in another script, and one of several parts.
func (b *bench) hears(i int) {
	b.Helper()
	me := b.bank.Modem(i).State().MSISDN
	wide, long := "Скорость "+me, strings.Repeat("0123456789", 31)+me
	for _, text := range []string{wide, long} {
		if err := b.bank.Network().Send(vehicle, me, text); err != nil {
			b.Fatal(err)
		}
	}
	b.until("they are kept", func() bool { return b.kept()[wide] == 1 && b.joined(i, long) })
}

// joined reports whether the parts that a modem got make up a text.
func (b *bench) joined(i int, want string) bool {
	parts := map[int]string{}
	for _, m := range b.incoming() {
		if m.Modem == fmt.Sprintf("m%d", i) && m.Part.Total > 1 {
			parts[m.Part.Number] = m.Text
		}
	}
	text := ""
	for n := range len(parts) {
		text += parts[n+1]
	}
	return text == want
}
