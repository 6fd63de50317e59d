package wialoncombine

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	flag  bool // take packets with a wrong checksum
	vega  bool // custom parameters are of Vega's list
	noise int  // bytes passed over since the last packet
}

// Know takes the policy of checksums and the list of sensors.
func (c *codec) Know(d protocols.Device) {
	c.flag = d.Options[checksum] == "flag"
	c.vega = d.Options[sensors] != "none"
}

// Decode reads one packet or one line of text.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	if len(frame) > 0 && frame[0] == '#' {
		return answered(frame), nil
	}
	p, more, ok := open(frame)
	switch {
	case !ok:
		return protocols.Message{}, &wire.Error{Field: "head", Offset: 0, Err: wire.ErrUnknown}
	case !more && p.kind == kindData && len(frame) > p.start && len(frame) < p.whole():
		return c.cut(frame, p)
	case more || len(frame) != p.whole():
		return protocols.Message{}, &wire.Error{Field: "len", Offset: aliveSize, Err: wire.ErrShort}
	}
	var m protocols.Message
	var err error
	right := p.proved(frame)
	switch {
	case p.kind == kindKeepAlive:
		m.Reply = reply(taken, p.seq)
	case p.kind == kindData:
		err = c.data(frame[:p.end], p, &m, right)
	case right || c.flag:
		err = login(frame[:p.end], p, &m)
	}
	if !right && !c.flag {
		m.Reply = reply(spoilt, p.seq)
		err = &wire.Error{Field: "crc16", Offset: p.end, Err: wire.ErrChecksum}
	}
	return m, err
}

// cut gives what is whole of a data packet that was cut at the end of a stream; nothing is answered.
func (c *codec) cut(frame []byte, p packet) (m protocols.Message, err error) {
	_ = c.data(frame[:min(len(frame), p.end)], p, &m, false)
	m.Reply = nil
	return m, &wire.Error{Field: "len", Offset: aliveSize, Err: wire.ErrShort}
}

// reply is the answer to a packet.
func reply(code byte, seq uint16) []byte { return appendReply(make([]byte, 0, aliveSize), code, seq) }

func appendReply(b []byte, code byte, seq uint16) []byte {
	return binary.BigEndian.AppendUint16(append(b, '@', '@', code), seq)
}

// answered is the answer to a command: a line between #, perhaps with a type before its words.
func answered(line []byte) protocols.Message {
	words := bytes.TrimRight(line, "\r\n")
	words = bytes.TrimPrefix(words, []byte("#M#"))
	return protocols.Message{Result: &protocols.Result{Text: string(words)}}
}

// login reads the protocol's version, the types of id and password, and those.
func login(data []byte, p packet, m *protocols.Message) error {
	d := newReader(data, p.start)
	d.extended8("protocol version")
	flags := d.U8("flags")
	at := d.Offset()
	m.Device = d.identity("id", flags>>4)
	d.identity("password", flags&15)
	m.Reply, m.Refusal = reply(taken, p.seq), reply(notWelcome, p.seq)
	err := d.Err()
	if err == nil && m.Device == "" {
		err = &wire.Error{Field: "id", Offset: at, Err: wire.ErrValue}
	}
	if err != nil {
		m.Device, m.Reply = "", reply(notReadable, p.seq)
	}
	return err
}

// reader reads the fields of the paper.
type reader struct{ wire.Reader }

func newReader(data []byte, start int) reader {
	d := reader{wire.NewReader(data)}
	d.Skip("head", start)
	return d
}

// extended8 reads one byte, or two if the top bit of the first is set.
func (d *reader) extended8(field string) int {
	n := int(d.U8(field))
	if n&0x80 != 0 {
		n = n&0x7F<<8 | int(d.U8(field))
	}
	return n
}

// extended16 reads two bytes, or four if the top bit of the first is set.
func (d *reader) extended16(field string) int {
	n := int(d.U16(field))
	if n&0x8000 != 0 {
		n = n&0x7FFF<<16 | int(d.U16(field))
	}
	return n
}

// text reads bytes up to a zero, borrowed.
func (d *reader) text(field string) []byte {
	rest := d.Reader
	end := bytes.IndexByte(rest.Rest(), 0)
	if end < 0 {
		d.Fail(field, wire.ErrShort)
		return nil
	}
	b := d.Bytes(field, end)
	d.Skip(field, 1)
	return b
}

// identity reads an id or password of the type that the flags say. A number as long as an IMEI has 15 digits.
func (d *reader) identity(field string, kind uint8) string {
	switch kind {
	case 0:
		return ""
	case 1, 2:
		return strconv.FormatUint(d.UintN(field, 2*int(kind)), 10)
	case 3:
		n := strconv.FormatUint(d.U64(field), 10)
		if len(n) == 14 {
			n = "0" + n
		}
		return n
	case 4:
		if b := d.text(field); wire.Printable(b) {
			return string(b)
		}
		return ""
	}
	d.Fail(field, wire.ErrUnknown)
	return ""
}
