package modems

import (
	"encoding/hex"
	"strings"

	"github.com/warthog618/sms/encoding/gsm7"
	"github.com/warthog618/sms/encoding/ucs2"
)

// alphabet is the character set of AT+CSCS, in which texts and names travel over the line.
func (m *Modem) alphabet() string { return strings.ToUpper(unquote(m.settings["+CSCS"])) }

// encode is a text in the alphabet: UCS2 and HEX are digits. What GSM 7 bit has not becomes a question mark.
func (m *Modem) encode(text string) string { return encodeIn(m.alphabet(), text) }

func encodeIn(alphabet, text string) string {
	switch alphabet {
	case "UCS2":
		return strings.ToUpper(hex.EncodeToString(ucs2.Encode([]rune(text))))
	case "HEX":
		return strings.ToUpper(hex.EncodeToString(septets(text)))
	case "IRA":
		return text
	}
	return string(septets(text))
}

// decode is false for what the alphabet has not.
func (m *Modem) decode(said string) (string, bool) {
	switch m.alphabet() {
	case "UCS2":
		octets, err := hex.DecodeString(said)
		if err != nil {
			return "", false
		}
		runes, err := ucs2.Decode(octets)
		return string(runes), err == nil
	case "HEX":
		octets, err := hex.DecodeString(said)
		if err != nil {
			return "", false
		}
		return fromSeptets(octets)
	case "IRA":
		return said, true
	}
	return fromSeptets([]byte(said))
}

// septets are a text's letters in the default alphabet of 3GPP TS 23.038, one a byte.
func septets(text string) []byte {
	var all []byte
	for _, r := range text {
		code, err := gsm7.Encode([]byte(string(r)))
		if err != nil {
			code = []byte("?")
		}
		all = append(all, code...)
	}
	return all
}

func fromSeptets(codes []byte) (string, bool) {
	for _, c := range codes {
		if c > 0x7f {
			return "", false
		}
	}
	text, err := gsm7.Decode(codes)
	return string(text), err == nil
}
