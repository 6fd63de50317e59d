package wialon

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// checksum names the option that says what becomes of a line with a wrong checksum.
const checksum = "checksum"

// codec is the server's side of one conversation.
type codec struct {
	flag  bool // take lines with a wrong checksum
	asked int  // commands that have no answer yet
}

// Know takes the policy of checksums.
func (c *codec) Know(d protocols.Device) { c.flag = d.Options[checksum] == "flag" }

// Decode reads one line, with its block, or compressed ones.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	if len(frame) > 0 && frame[0] == packed {
		return c.unpack(frame)
	}
	return c.line(frame)
}

// line reads one line.
func (c *codec) line(frame []byte) (protocols.Message, error) {
	l := open(frame)
	if l.kind == nil {
		return c.words(l.data)
	}
	m := protocols.Message{Device: device(l.prefix)}
	var err error
	switch string(l.kind) {
	case "L":
		err = c.login(&l, &m)
	case "D":
		err = c.data(&l, &m, dataFields)
	case "SD":
		err = c.data(&l, &m, shortFields)
	case "B":
		err = c.blackBox(&l, &m)
	case "P":
		m.Reply = []byte("#AP#\r\n")
	case "M":
		err = c.message(&l, &m)
	case "I", "T", "IT":
		err = c.block(&l, &m, frame)
	default:
		err = &wire.Error{Field: "packet type", Offset: len(l.prefix) + 1, Err: wire.ErrUnknown}
	}
	return m, err
}

// device is the id before the first #: 2.0 writes its version and a semicolon before it.
func device(prefix []byte) string {
	if version, id, ok := bytes.Cut(prefix, semicolon); ok && bytes.IndexByte(version, '.') >= 0 {
		prefix = id
	}
	prefix, _, _ = bytes.Cut(prefix, semicolon)
	if !isID(prefix) {
		return ""
	}
	return string(prefix)
}

// maxID is the most characters of an id.
const maxID = 50

// isID is whether b can be an id: printable, without what parts fields.
func isID(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c > '~' || c == '#' || c == ';' || c == '|' {
			return false
		}
	}
	return len(b) > 0 && len(b) <= maxID
}

// words are a line that is no packet: the answer to a command, if one waits for it.
func (c *codec) words(data []byte) (protocols.Message, error) {
	if c.asked == 0 || len(data) == 0 {
		return protocols.Message{}, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	c.asked--
	return protocols.Message{Result: &protocols.Result{Text: string(data)}}, nil
}

// wrong is the error of a wrong checksum.
func (l *line) wrong() error {
	return &wire.Error{Field: "crc16", Offset: l.at + len(l.body) + 1, Err: wire.ErrChecksum}
}

// login reads imei;password, or version;imei;password;checksum.
func (c *codec) login(l *line, m *protocols.Message) error {
	id, right := l.field(0), true
	if bytes.IndexByte(id, '.') >= 0 {
		id = l.field(1)
		_, right = l.seal(3, ';')
	}
	if !isID(id) {
		m.Reply = []byte("#AL#0\r\n")
		return &wire.Error{Field: "imei", Offset: l.at, Err: wire.ErrValue}
	}
	m.Device = string(id)
	m.Refusal = []byte("#AL#0\r\n")
	if !right && !c.flag {
		m.Reply = []byte("#AL#10\r\n")
		return l.wrong()
	}
	m.Reply = []byte("#AL#1\r\n")
	return nil
}

// message reads M: the answer to a command if one waits for it, else what the driver wrote.
func (c *codec) message(l *line, m *protocols.Message) error {
	if _, right := l.seal(1, ';'); !right && !c.flag {
		m.Reply = []byte("#AM#01\r\n")
		return l.wrong()
	}
	m.Reply = []byte("#AM#1\r\n")
	if c.asked > 0 {
		c.asked--
		m.Result = &protocols.Result{Text: string(l.body)}
		return nil
	}
	m.Positions = []protocols.Position{{Attributes: []protocols.Attribute{
		protocols.Attr("text", protocols.Text(string(l.body))),
	}}}
	return nil
}

// block reads I (bytes, index, last index, date, time, name), IT (date, time, driver, code, count) and T (code, bytes,
// index). Each block is given as it comes, so that nothing that was acknowledged lies in memory alone.
func (c *codec) block(l *line, m *protocols.Message, frame []byte) error {
	kind, fields := string(l.kind), 6
	switch kind {
	case "IT":
		fields = 5
	case "T":
		fields = 3
	}
	_, right := l.seal(fields, ';')
	index := l.field(1)
	if kind == "T" {
		index = l.field(2)
	}
	if _, ok := whole(index); !ok && kind != "IT" {
		m.Reply = []byte("#A" + kind + "#NA;0\r\n")
		return &wire.Error{Field: "index", Offset: l.at, Err: wire.ErrValue}
	}
	answer := string(index) + ";1"
	if kind == "IT" {
		answer = "1"
	}
	if !right && !c.flag {
		m.Reply = []byte("#A" + kind + "#" + answer[:len(answer)-1] + "01\r\n")
		return l.wrong()
	}
	end := bytes.IndexByte(frame, '\n') + 1
	if size, _ := whole(l.field(blockSize[kind])); end > 0 && kind != "IT" && len(frame)-end < size {
		m.Reply = []byte("#A" + kind + "#" + answer[:len(answer)-1] + "0\r\n")
		return &wire.Error{Field: "block", Offset: len(frame), Err: wire.ErrShort}
	}
	m.Reply = []byte("#A" + kind + "#" + answer + "\r\n")
	p := protocols.Position{}
	names := blockNames[kind]
	for i, name := range names {
		if v := l.field(i); len(v) > 0 && name != "" {
			p.Note(name, value(v, string(v)))
		}
	}
	if kind == "I" {
		p.Time = moment(l.field(3), l.field(4))
		if bytes.Equal(index, l.field(2)) {
			m.Reply = append(m.Reply, "#AI#1\r\n"...)
		}
	}
	if end > 0 && end < len(frame) {
		p.Note("file", protocols.Bytes(frame[end:]))
	}
	m.Positions = []protocols.Position{p}
	return nil
}

// blockSize is the field that says how long a block is.
var blockSize = map[string]int{"I": 0, "T": 1}

// blockNames are the names of the fields of blocks; "" for those that are read otherwise.
var blockNames = map[string][]string{
	"I":  {"file_bytes", "file_part", "file_last_part", "", "", "file_name"},
	"IT": {"date", "time", "driver_id", "file_code", "file_parts"},
	"T":  {"file_code", "file_bytes", "file_part"},
}

// number appends a number to an answer and ends the line.
func number(b []byte, n int) []byte {
	return append(strconv.AppendInt(b, int64(n), 10), '\r', '\n')
}
