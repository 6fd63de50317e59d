package modem_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/warthog618/sms/encoding/gsm7"
	"github.com/warthog618/sms/encoding/tpdu"
)

// smsc is the service centre's address as modems put it before a TPDU.
const smsc = "0891889209000000F0"

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.FixedZone("", 3600))

// deliver is a message to us, in hexadecimal; alter may change it.
func deliver(t *testing.T, from, text string, alter ...func(*tpdu.TPDU)) string {
	t.Helper()
	p, err := tpdu.NewDeliver()
	if err != nil {
		t.Fatal(err)
	}
	p.OA = tpdu.Address{TOA: 0x91, Addr: strings.TrimPrefix(from, "+")}
	if !strings.HasPrefix(from, "+") {
		p.OA.TOA = 0x81
	}
	p.SCTS = tpdu.Timestamp{Time: noon}
	if p.UD, err = gsm7.Encode([]byte(text)); err != nil {
		p.SetDCS(byte(tpdu.DcsUCS2Data))
		for _, u := range utf16.Encode([]rune(text)) {
			p.UD = append(p.UD, byte(u>>8), byte(u))
		}
	}
	for _, a := range alter {
		a(p)
	}
	raw, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return smsc + strings.ToUpper(hex.EncodeToString(raw))
}

// part makes a message the n-th of total.
func part(reference, n, total byte) func(*tpdu.TPDU) {
	return func(p *tpdu.TPDU) {
		p.SetUDH(tpdu.UserDataHeader{{ID: 0, Data: []byte{reference, total, n}}})
	}
}

func at(when time.Time) func(*tpdu.TPDU) {
	return func(p *tpdu.TPDU) { p.SCTS = tpdu.Timestamp{Time: when} }
}

// report is a status report on a message to +8829900000002.
func report(reference, status byte) string {
	const scts, done = "62111221000040", "62111221100040"
	return smsc + fmt.Sprintf("06%02X0D91889209000000F2%s%s%02X", reference, scts, done, status)
}

// tpduOctets is the length that a modem announces with a PDU.
func tpduOctets(pdu string) int { return len(pdu)/2 - len(smsc)/2 }
