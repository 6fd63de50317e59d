package ruptela

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// readTroubleCodes reads command 9: the number of codes, then a reserved byte, time, longitude, latitude, whether it is
// from the archive (2), and five characters of each.
func readTroubleCodes(r wire.Reader, m *protocols.Message) error {
	count := int(r.U8("number of trouble codes"))
	for i := 0; i < count && r.Err() == nil; i++ {
		r.Skip("reserved", 1)
		at := r.U32("timestamp")
		longitude, latitude := r.U32("longitude"), r.U32("latitude")
		archive := r.U8("source")
		code := r.Bytes("trouble code", 5)
		if r.Err() != nil {
			break
		}
		p := protocols.Position{Time: time.Unix(int64(at), 0).UTC()}
		place(&p, int32(latitude), int32(longitude))
		p.Note("dtc", words(bytes.Trim(code, "\x00 ")))
		if archive == 2 {
			p.Note("archive", protocols.Bool(true))
		}
		m.Positions = append(m.Positions, p)
	}
	m.Reply = codesTaken
	return r.Err()
}

// The sub-commands of command 37.
const filePart = 2

// readFile reads command 37. A part of a file is the source, the name of eight bytes, how many parts there are, which
// this is, and its bytes; the server asks for the next one. Each part is given as it comes, so that nothing that was
// asked for lies in memory alone.
func readFile(r wire.Reader, m *protocols.Message) error {
	sub := r.U8("file sub-command")
	if sub != filePart {
		if rest := r.Rest(); r.Err() == nil && len(rest) > 0 {
			m.Positions = remark("file_"+strconv.Itoa(int(sub)), protocols.Bytes(rest))
		}
		return r.Err()
	}
	source := r.U8("file source")
	name := r.Bytes("file name", 8)
	parts, part := r.U16("file parts"), r.U16("file part")
	if err := r.Err(); err != nil {
		return err
	}
	m.Positions = []protocols.Position{{Attributes: []protocols.Attribute{
		protocols.Attr("file_name", words(bytes.TrimRight(name, "\x00"))),
		protocols.Attr("file_source", protocols.Int(int64(source))),
		protocols.Attr("file_part", protocols.Int(int64(part))),
		protocols.Attr("file_parts", protocols.Int(int64(parts))),
		protocols.Attr("file", protocols.Bytes(r.Rest())),
	}}}
	if int(part) < int(parts)-1 {
		next := append([]byte{filePart, source}, name...)
		next = append(next, byte((part+1)>>8), byte(part+1))
		m.Reply = appendPacket(nil, kindFiles+fromServer, next...)
	}
	return nil
}

// readDriverCard reads command 36: a sub-command, time, whether the driver is registered, the card's state, and its
// three tracks, each behind its length.
func readDriverCard(r wire.Reader, m *protocols.Message) error {
	m.Reply = cardTaken
	r.Skip("card sub-command", 1)
	p := protocols.Position{Time: time.Unix(int64(r.U32("timestamp")), 0).UTC()}
	p.Note("driver_registered", protocols.Int(int64(r.U8("driver registration status"))))
	p.Note("card_status", protocols.Int(int64(r.U8("card status"))))
	r.Skip("track identifier", 1)
	if err := r.Err(); err != nil {
		return err
	}
	for track := 1; track <= 3 && r.Len() > 0 && r.Err() == nil; track++ {
		if data := r.Bytes("track", int(r.U16("track length"))); len(data) > 0 {
			p.Note("card_track_"+strconv.Itoa(track), words(bytes.Trim(data, "\x00 ")))
		}
	}
	m.Positions = []protocols.Position{p}
	return r.Err()
}

// readOther keeps what a command without a layout here carries. The data of the transparent channel is acknowledged.
func readOther(p packet, m *protocols.Message) {
	if len(p.payload) > 0 {
		m.Positions = remark("payload", protocols.Bytes(p.payload))
		m.Positions[0].Note("message_type", protocols.Int(int64(p.kind)))
	}
	if p.kind == kindTransparent {
		m.Reply = dataTaken
	}
}

// result is the answer to a command: words, or the number that it ended with.
func result(kind byte, payload []byte) *protocols.Result {
	text := bytes.Trim(payload, "\x00\r\n ")
	if kind == kindSetIO && len(payload) == 1 {
		return &protocols.Result{Text: strconv.Itoa(int(payload[0]))}
	}
	if !wire.Printable(text) {
		return &protocols.Result{Data: bytes.Clone(payload)}
	}
	refused := false
	for _, word := range [...]string{"incorrect", "FAIL", "ERROR", "error", "unknown"} {
		refused = refused || bytes.Contains(text, []byte(word))
	}
	return &protocols.Result{Text: string(text), Nack: refused}
}
