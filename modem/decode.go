package modem

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/warthog618/sms/encoding/pdumode"
	"github.com/warthog618/sms/encoding/tpdu"
)

// stored is a TPDU that came from a modem; exactly one of its fields is set.
type stored struct {
	message *Incoming
	report  *Report
}

// unwrap takes the service centre's address off a PDU in hexadecimal. length is the TPDU's as the modem said it,
// below 0 if it did not.
func unwrap(line string, length int) ([]byte, error) {
	var p pdumode.PDU
	if err := p.UnmarshalHexString(strings.TrimSpace(line)); err != nil {
		return nil, fmt.Errorf("pdu: %w", err)
	}
	if length >= 0 && len(p.TPDU) != length {
		return nil, fmt.Errorf("pdu: %d octets, the modem announced %d", len(p.TPDU), length)
	}
	return p.TPDU, nil
}

// decode reads a TPDU that was sent to us. It never fails: what cannot be decoded is a message with Err.
func decode(raw []byte) stored {
	if len(raw) > 0 && tpdu.FirstOctet(raw[0]).MTI() == tpdu.MtCommand {
		if r, err := decodeReport(raw); err == nil {
			return stored{report: &r}
		}
	}
	m, err := decodeMessage(raw)
	if err != nil {
		m = Incoming{Err: err.Error()}
	}
	m.Raw = raw
	return stored{message: &m}
}

func decodeMessage(raw []byte) (Incoming, error) {
	t, err := unmarshal(raw)
	if err != nil {
		return Incoming{}, err
	}
	if t.SmsType() != tpdu.SmsDeliver {
		return Incoming{}, fmt.Errorf("first octet 0x%02x: not a message to us", raw[0])
	}
	m := Incoming{From: number(t.OA), Sent: t.SCTS.UTC(), Port: portOf(t.UDH)}
	if total, n, ref, ok := t.ConcatInfo(); ok && total > 1 {
		m.Part = Part{Reference: ref, Number: n, Total: total}
		if n < 1 || n > total {
			return Incoming{}, fmt.Errorf("part %d of %d: no such part", n, total)
		}
	}
	if a, _ := t.Alphabet(); a == tpdu.Alpha8Bit {
		m.Data = t.UD
		return m, nil
	}
	m.Text, err = text(t)
	return m, err
}

// unmarshal reads an SMS-DELIVER or SMS-STATUS-REPORT. Fuzzing has shown no fault of the library that panics; if
// there is one all the same, a stranger's message must not end the server each time that the SIM is read.
func unmarshal(raw []byte) (t *tpdu.TPDU, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("malformed TPDU: %v", p)
		}
	}()
	t = &tpdu.TPDU{Direction: tpdu.MT}
	return t, t.UnmarshalBinary(raw)
}

func text(t *tpdu.TPDU) (string, error) {
	if a, _ := t.Alphabet(); a == tpdu.AlphaUCS2 {
		return utf16BE(t.UD), nil
	}
	b, err := tpdu.DecodeUserData(t.UD, t.UDH, tpdu.Alpha7Bit, tpdu.WithAllCharsets)
	return string(b), err
}

// utf16BE reads big-endian UTF-16, which is what phones send as UCS-2; half a pair of surrogates becomes U+FFFD.
func utf16BE(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}

// Join is the text of a message from all its parts' Raw in order. It differs from the parts' texts one after another
// where a pair of surrogates was cut in two. Parts that cannot be decoded are left out.
func Join(raws [][]byte) string {
	var out strings.Builder
	var wide []byte
	flush := func() {
		out.WriteString(utf16BE(wide))
		wide = nil
	}
	for _, raw := range raws {
		t, err := unmarshal(raw)
		if err != nil {
			continue
		}
		if a, _ := t.Alphabet(); a == tpdu.AlphaUCS2 {
			wide = append(wide, t.UD...)
			continue
		}
		flush()
		s, _ := text(t)
		out.WriteString(s)
	}
	flush()
	return out.String()
}

// number is an address as Incoming.From has it.
func number(a tpdu.Address) string {
	return a.Number()
}

// portOf is the destination of an application port addressing element: 0x04 has 8-bit ports, 0x05 16-bit ones.
func portOf(h tpdu.UserDataHeader) int {
	if ie, ok := h.IE(0x05); ok && len(ie.Data) == 4 {
		return int(ie.Data[0])<<8 | int(ie.Data[1])
	}
	if ie, ok := h.IE(0x04); ok && len(ie.Data) == 2 {
		return int(ie.Data[0])
	}
	return 0
}

// decodeReport reads an SMS-STATUS-REPORT (TS 23.040 §9.2.2.3) by hand, as far as TP-ST. What follows is of no use, and
// service centres get it wrong (a parameter indicator of 0xFF, a time of all ones).
func decodeReport(raw []byte) (Report, error) {
	t, _ := unmarshal(raw)
	if len(raw) < 4 {
		return Report{}, errors.New("report: too short")
	}
	times := 4 + (int(raw[2])+1)/2
	if len(raw) < times+15 {
		return Report{}, fmt.Errorf("report: %d octets, its status is at %d", len(raw), times+14)
	}
	r := Report{To: number(t.RA), Reference: raw[1], Status: raw[times+14], Raw: raw}
	r.Sent, r.Done = timestamp(raw[times:]), timestamp(raw[times+7:])
	r.State = deliveryState(r.Status)
	return r, nil
}

func timestamp(b []byte) time.Time {
	var t tpdu.Timestamp
	if err := t.UnmarshalBinary(b[:7]); err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func deliveryState(st byte) DeliveryState {
	switch {
	case st < 0x20:
		return Delivered
	case st < 0x40:
		return Trying
	}
	return Failed
}

// key names a message for ever: the TPDU has the sender, the words and the network's time.
func key(iccid string, raw []byte) string {
	h := sha256.New()
	h.Write([]byte(iccid))
	h.Write([]byte{0})
	h.Write(raw)
	return hex.EncodeToString(h.Sum(nil))
}
