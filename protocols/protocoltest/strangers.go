package protocoltest

import (
	"testing"

	"drover/protocols"
)

// strangers: greetings of scanners are no family's proof, and none of them gets a position out of a codec.
func strangers(t *testing.T, p *protocols.Protocol) {
	for name, greeting := range map[string]string{
		"tls":    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"ssh":    "SSH-2.0-OpenSSH_9.2\r\n",
		"rdp":    "\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03\x00\x00\x00",
		"smb":    "\x00\x00\x00\x2f\xff\x53\x4d\x42\x72\x00\x00\x00\x00\x18",
		"mqtt":   "\x10\x10\x00\x04MQTT\x04\x02\x00\x3c\x00\x04abcd",
		"sip":    "OPTIONS sip:nm SIP/2.0\r\n",
		"redis":  "*1\r\n$4\r\nPING\r\n",
		"telnet": "\xff\xfd\x18\xff\xfd\x20",
		"http":   "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"empty":  "\r\n",
	} {
		if m := p.Sniff([]byte(greeting)); m.Level >= protocols.LevelShape {
			t.Errorf("%s is taken for this family at level %d", name, m.Level)
		}
		codec := p.Codec(protocols.TCP)
		_, _ = protocols.Frames(codec, []byte(greeting), true, func(frame []byte) error {
			if m, _ := codec.Decode(frame, Arrival); len(m.Positions) > 0 {
				t.Errorf("%s gave a position: %+v", name, m.Positions)
			}
			return nil
		})
	}
}
