package ruptela

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	imei   uint64 // of the last packet, and
	device string // the same in digits

	password    string // for commands in words
	immobiliser int    // the output that cuts the engine
}

// immobiliserOutput names the option that says which output cuts the engine.
const immobiliserOutput = "immobiliser_output"

// Know takes the password of the commands and the output of the immobiliser.
func (c *codec) Know(d protocols.Device) {
	c.password = d.Password
	c.immobiliser = immobiliserOf(d)
}

func immobiliserOf(d protocols.Device) int {
	if d.Options[immobiliserOutput] == "2" {
		return 2
	}
	return 1
}

// Decode reads one packet.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	p, err := open(frame)
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.name(p.imei)}
	r := wire.NewReader(frame[:headSize+len(p.payload)])
	r.Skip("head", headSize)
	switch p.kind {
	case kindRecords, kindExtended:
		err = readRecords(p, r, &m)
	case kindTroubleCodes:
		err = readTroubleCodes(r, &m)
	case kindFiles:
		err = readFile(r, &m)
	case kindDriverCard:
		err = readDriverCard(r, &m)
	case kindIdentification, kindHeartbeat:
		m.Reply, m.Refusal = answer(p.kind+fromServer, ack), answer(p.kind+fromServer, nack)
		if len(p.payload) > 0 {
			m.Positions = remark("identification", protocols.Bytes(p.payload))
		}
	case kindConfiguration, kindVersion, kindFirmware, kindConnection, kindOdometer, kindText, kindSetIO:
		m.Result = result(p.kind, p.payload)
	default:
		readOther(p, &m)
	}
	if p.cut { // it comes again
		m.Reply, m.Refusal = nil, nil
		if err == nil {
			err = &wire.Error{Field: "packet", Offset: len(frame), Err: wire.ErrShort}
		}
	}
	if p.spoilt {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// name gives the IMEI in 15 digits, the last one's again if it is the same.
func (c *codec) name(imei uint64) string {
	if imei != c.imei {
		var digits [15]byte
		rest := imei
		for i := len(digits) - 1; i >= 0; i-- {
			digits[i] = '0' + byte(rest%10)
			rest /= 10
		}
		c.imei, c.device = imei, string(digits[:])
	}
	return c.device
}

// remark is a position that has only an attribute.
func remark(name string, v protocols.Value) []protocols.Position {
	return []protocols.Position{{Attributes: []protocols.Attribute{protocols.Attr(name, v)}}}
}
