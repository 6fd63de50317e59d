package modems

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/warthog618/sms/encoding/gsm7/charset"
	"github.com/warthog618/sms/encoding/pdumode"
	"github.com/warthog618/sms/encoding/tpdu"
)

// warmCharsets fills the tables that the library fills on first use without a lock, before goroutines need them.
var warmCharsets = sync.OnceFunc(func() {
	const languages = 13 // national language identifiers of 3GPP TS 23.038, clause 6.2.1.2.4
	charset.DefaultDecoder()
	charset.DefaultEncoder()
	charset.DefaultExtEncoder()
	for language := range languages + 1 {
		charset.NewDecoder(language)
		charset.NewExtDecoder(language)
		charset.NewEncoder(language)
		charset.NewExtEncoder(language)
	}
})

// Types of number of an address, with the numbering plan (3GPP TS 23.040, clause 9.1.2.5).
const (
	toaInternational = 0x91
	toaUnknown       = 0x81
	toaWords         = 0xd0
)

// addressOf is a number's address: international with a plus, else as it is dialled; what has letters is words.
func addressOf(number string) tpdu.Address {
	if digits, ok := strings.CutPrefix(number, "+"); ok {
		return tpdu.Address{TOA: toaInternational, Addr: digits}
	}
	if number == "" || strings.Trim(number, "0123456789*#") != "" {
		return tpdu.Address{TOA: toaWords, Addr: number}
	}
	return tpdu.Address{TOA: toaUnknown, Addr: number}
}

// bodiesOf cuts a text into the user data of as many messages as it takes, in GSM 7 bit if that has all letters.
func bodiesOf(text string, concat tpdu.Counter) ([]tpdu.TPDU, error) {
	template, err := tpdu.NewDeliver()
	if err != nil {
		return nil, err
	}
	ud, _, alphabet := tpdu.EncodeUserData([]byte(text))
	dcs, err := tpdu.DCS(0).WithAlphabet(alphabet)
	if err != nil {
		return nil, err
	}
	template.SetDCS(byte(dcs))
	if len(ud) == 0 {
		return []tpdu.TPDU{*template}, nil
	}
	return template.Segment(ud, tpdu.WithConcatRef(concat)), nil
}

// textOf is the text of messages in order; of 8-bit data it is hexadecimal digits.
func textOf(parts ...tpdu.TPDU) string {
	var ud []byte
	for _, p := range parts {
		ud = append(ud, p.UD...)
	}
	alphabet, err := parts[0].Alphabet()
	if err != nil || alphabet == tpdu.Alpha8Bit {
		return fmt.Sprintf("%X", ud)
	}
	text, err := tpdu.DecodeUserData(ud, parts[0].UDH, alphabet, tpdu.WithAllCharsets)
	if err != nil {
		return fmt.Sprintf("%X", ud)
	}
	return string(text)
}

// networkTime has a zone that is neither UTC nor often the machine's own: who forgets it is found out.
func networkTime(t time.Time) tpdu.Timestamp {
	return tpdu.Timestamp{Time: t.In(time.FixedZone("", 2*60*60))}
}

// deliverPDU is an SMS-DELIVER as a modem gives it out.
func deliverPDU(m *message, smsc string) (stored, error) {
	t := m.body
	if err := t.SetSmsType(tpdu.SmsDeliver); err != nil {
		return stored{}, err
	}
	t.FirstOctet |= tpdu.FoMMS // the bit says that there are no more
	t.OA, t.SCTS = addressOf(m.from), networkTime(m.at)
	return packed(&t, smsc)
}

// reportPDU is an SMS-STATUS-REPORT as a modem gives it out (3GPP TS 23.040, clause 9.2.2.3).
func reportPDU(m *message, status byte, done time.Time, smsc string) (stored, error) {
	t := tpdu.TPDU{MR: m.reference, RA: addressOf(m.to), SCTS: networkTime(m.at), DT: networkTime(done), ST: status}
	if err := t.SetSmsType(tpdu.SmsStatusReport); err != nil {
		return stored{}, err
	}
	t.FirstOctet |= tpdu.FoMMS
	return packed(&t, smsc)
}

func packed(t *tpdu.TPDU, smsc string) (stored, error) {
	octets, err := t.MarshalBinary()
	if err != nil {
		return stored{}, err
	}
	p := pdumode.PDU{SMSC: pdumode.SMSCAddress{Address: addressOf(smsc)}, TPDU: octets}
	pdu, err := p.MarshalBinary()
	return stored{pdu: pdu, tpdu: len(octets)}, err
}

// submitOf reads what a client wants to send: a PDU with the message centre before it, and the octets after that.
func submitOf(pdu []byte) (t tpdu.TPDU, octets int, err error) {
	p, err := pdumode.UnmarshalBinary(pdu)
	if err != nil {
		return t, 0, err
	}
	t.Direction = tpdu.MO
	if err := t.UnmarshalBinary(p.TPDU); err != nil {
		return t, 0, err
	}
	if t.SmsType() != tpdu.SmsSubmit {
		return t, 0, fmt.Errorf("a message of type %s is not sent", t.SmsType())
	}
	return t, len(p.TPDU), nil
}

// receivedOf reads a stored message that came from the network.
func receivedOf(pdu []byte) (t tpdu.TPDU, err error) {
	p, err := pdumode.UnmarshalBinary(pdu)
	if err != nil {
		return t, err
	}
	t.Direction = tpdu.MT
	return t, t.UnmarshalBinary(p.TPDU)
}
